import type { BlockExit, BlockWiring } from '../blocks/block-behaviour.ts';
import { createBlockState, getBlockExits, getBlockWays } from '../blocks/block-behaviours.ts';
import { nameRule } from '../document/anywhere.ts';
import { getFollower } from '../document/built-in-blocks.ts';
import { findCatches } from '../document/catches.ts';
import type { ScenarioBlock, ScenarioDocument } from '../document/document.ts';
import { expandScenarios, type ScenarioLibrary } from '../document/expand-scenarios.ts';
import { withLanguages } from '../expression/place.ts';
import type { Variables } from '../expression/variables.ts';
import { runState, type BlockState } from '../machine/run-setup.ts';
import { compileQuestions, type AskedFor } from './compile-questions.ts';
import { compileRules, type CompiledRules } from './compile-rules.ts';
import { asBlockState, createRunMachine, withCustomerLeft, type RunMachine, type WordWay } from './run-machine.ts';

/** A scenario ready to be stepped. Costs milliseconds to make and holds no state of any run: make it once per version. */
export interface CompiledScenario {
  name: string;
  firstBlock: string;
  machine: RunMachine;
  /** The same machine, with an entrance to each block (`run.enter`): made when a run is moved here for the first time. */
  entrances: () => RunMachine;
  /** With those of the scenarios that it starts. */
  blocks: readonly ScenarioBlock[];
  /** What the customer can say anywhere; nothing where the scenario has no such words. */
  rules?: CompiledRules;
  /** What its customers are asked. */
  questions: readonly AskedFor[];
  /** Variables that say where its conversations are, whatever those begin with: the time zone, the locale. */
  place: Variables;
}

export interface CompileOptions {
  /** The scenarios that this one starts, and that they start. Where absent, starting one takes its exit "failed". */
  scenarios?: ScenarioLibrary;
}

/**
 * Compiles a document that `parseScenario` let through: every block becomes a state, every exit a transition.
 * An unchecked document with an unknown target, a scenario that is not in the library or a bad condition throws a plain Error.
 */
export function compileScenario(source: ScenarioDocument, options: CompileOptions = {}): CompiledScenario {
  const { scenarios } = options;
  const expanded = scenarios ? expandScenarios(source, scenarios) : { document: source };
  if ('fault' in expanded) throw new Error(`Unchecked scenario "${source.scenario}": ${expanded.fault.message}`);
  const { blocks } = expanded.document;
  const firstBlock = blocks[0]?.id ?? runState.done;
  const catches = findCatches(blocks);
  const states = blocks.map((block, index) => {
    const next = getFollower(blocks, index);
    const around = { next, catchBlock: catches.get(block.id) };
    return [block.id, asBlockState(block.id, compileBlock(block, around))] as const;
  });
  const rules = compileRules(expanded.document);
  const words = listWordWays(expanded.document);
  const create = (hasEntrances: boolean): RunMachine =>
    createRunMachine(firstBlock, Object.fromEntries(states), { words, hasEntrances });
  let entrances: RunMachine | undefined;
  return {
    name: source.scenario,
    firstBlock,
    machine: create(false),
    entrances: () => (entrances ??= create(true)),
    blocks,
    questions: compileQuestions(expanded.document),
    place: placeOf(source),
    ...(rules && { rules }),
  };
}

/** Where words that work anywhere lead. A search for an agent, which is the one thing that a block that listens begins, is taken back. */
function listWordWays({ anywhere = [], blocks }: ScenarioDocument): WordWay[] {
  if (anywhere.length === 0) return [];
  const searches = new Set(blocks.flatMap(({ id, type }) => (type === 'find-agent' ? [id] : [])));
  return anywhere.map((rule) => ({ target: { state: rule.go, name: nameRule(rule) }, searches }));
}

function placeOf({ timeZone, locale, languages, language }: ScenarioDocument): Variables {
  return {
    ...(timeZone !== undefined && { timeZone }),
    ...(locale !== undefined && { locale }),
    ...(languages && language !== undefined && withLanguages({ languages, language })),
  };
}

/** What surrounds a block: the block behind it, and the one that catches its errors. */
interface Surroundings {
  next: string;
  catchBlock: string | undefined;
}

function compileBlock(block: ScenarioBlock, around: Surroundings): BlockState {
  const state = createBlockState(block, wire(block, around));
  if (around.catchBlock === undefined || !canCustomerLeave(block)) return state;
  return withCustomerLeft(state, around.catchBlock);
}

/** Whether the customer's side can end while the run is in the block: it waits for something there. */
export function canCustomerLeave(block: ScenarioBlock): boolean {
  return getBlockWays(block).ways.some(({ by }) => by !== 'scenario');
}

function wire(block: ScenarioBlock, around: Surroundings): BlockWiring {
  const exits = getBlockExits(block);
  return {
    block: block.id,
    next: { state: around.next, name: 'next' },
    isWired: (name) => Object.hasOwn(block.exits, name),
    exit: (name) => {
      const exit = exits.find((candidate) => candidate.name === name);
      if (!exit) throw new Error(`Block type "${block.type}" takes an exit "${name}" that it does not declare.`);
      const state = getExitTarget(block, exit, around);
      if (exit.kind !== 'failure') return { state, name };
      return { state, name, error: Object.hasOwn(block.exits, name) ? 'wired' : 'caught' };
    },
  };
}

/** Where an exit leads: to its block, or, where the author did not wire it, as its kind says. */
export function getExitTarget(block: ScenarioBlock, { name, kind, unwired }: BlockExit, around: Surroundings): string {
  const wired = findWired(block, name) ?? (typeof unwired === 'object' ? findWired(block, unwired.as) : undefined);
  if (wired !== undefined) return wired;
  return kind === 'outcome' ? around.next : (around.catchBlock ?? runState.onError);
}

function findWired({ exits }: ScenarioBlock, name: string): string | undefined {
  return Object.hasOwn(exits, name) ? exits[name] : undefined;
}
