import { ENGINE_VERSION } from '../contracts/engine-version.ts';
import { createBlockState, getBlockWays } from './blocks/block-behaviours.ts';
import type { BlockExit, BlockWiring } from './blocks/block-behaviour.ts';
import { findCatches } from './catches.ts';
import type { ScenarioBlock, ScenarioDocument } from './document.ts';
import { asBlockState, createRunMachine, withCustomerLeft, type RunMachine } from './run-machine.ts';
import { runState, type BlockState } from './run-setup.ts';
import { currentVersion, upgradeFields } from './upgrade/upgrade-fields.ts';

/** A scenario ready to be stepped. Costs milliseconds to make and holds no state of any run: make it once per version. */
export interface CompiledScenario {
  name: string;
  firstBlock: string;
  machine: RunMachine;
}

export interface CompileOptions {
  /** Blocks behave as this engine had them; the newest where absent. */
  engineVersion?: number;
}

/**
 * Compiles a document that `parseScenario` let through: every block becomes a state, every exit a transition.
 * An unchecked document with an unknown target or a bad condition throws a plain Error.
 */
export function compileScenario(document: ScenarioDocument, options: CompileOptions = {}): CompiledScenario {
  const { engineVersion = ENGINE_VERSION } = options;
  const blocks = upgradeBlocks(document);
  const firstBlock = blocks[0]?.id ?? runState.done;
  const catches = findCatches(blocks);
  const states = blocks.map((block, index) => {
    const next = blocks[index + 1]?.id ?? runState.done;
    const around = { next, catchBlock: catches.get(block.id), engineVersion };
    return [block.id, asBlockState(block.id, compileBlock(block, around))] as const;
  });
  return { name: document.scenario, firstBlock, machine: createRunMachine(firstBlock, Object.fromEntries(states)) };
}

/** A document that an older version of the language was stored in means what it meant then. */
function upgradeBlocks({ attendant, blocks }: ScenarioDocument): ScenarioBlock[] {
  if (attendant === currentVersion) return blocks;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an upgrade gives the fields that its type has today
  return blocks.map(
    (block) => ({ ...block, fields: upgradeFields(attendant, block.type, block.fields) }) as ScenarioBlock,
  );
}

/** What surrounds a block: the block behind it, and the one that catches its errors. */
interface Surroundings {
  next: string;
  catchBlock: string | undefined;
}

function compileBlock(block: ScenarioBlock, around: Surroundings & { engineVersion: number }): BlockState {
  const state = createBlockState(block, wire(block, around));
  if (around.catchBlock === undefined || !canCustomerLeave(block)) return state;
  return withCustomerLeft(state, around.catchBlock);
}

/** Whether the customer's side can end while the run is in the block: it waits for something there. */
export function canCustomerLeave(block: ScenarioBlock): boolean {
  return getBlockWays(block).ways.some(({ by }) => by !== 'scenario');
}

function wire(block: ScenarioBlock, around: Surroundings & { engineVersion: number }): BlockWiring {
  const { exits } = getBlockWays(block);
  return {
    block: block.id,
    engineVersion: around.engineVersion,
    next: { state: around.next, name: 'next' },
    exit: (name) => {
      const exit = exits.find((candidate) => candidate.name === name);
      if (!exit) throw new Error(`Block type "${block.type}" takes an exit "${name}" that it does not declare.`);
      const isCaught = isCaughtExit(block, exit, around);
      return { state: getExitTarget(block, exit, around), name, ...(isCaught ? { isCaught } : {}) };
    },
  };
}

/** Where an exit leads: to its block, or, where the author did not wire it, as its kind says. */
export function getExitTarget(block: ScenarioBlock, { name, kind }: BlockExit, around: Surroundings): string {
  if (Object.hasOwn(block.exits, name)) return block.exits[name] ?? around.next;
  return kind === 'outcome' ? around.next : (around.catchBlock ?? runState.onError);
}

/** A failure that the author did not wire, inside of an Exception Handler. */
export function isCaughtExit(block: ScenarioBlock, { name, kind }: BlockExit, { catchBlock }: Surroundings): boolean {
  return kind === 'failure' && catchBlock !== undefined && !Object.hasOwn(block.exits, name);
}
