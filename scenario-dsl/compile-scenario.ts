import { ENGINE_VERSION } from '../contracts/engine-version.ts';
import { createBlockState, getBlockWays } from './blocks/block-behaviours.ts';
import type { BlockExit, BlockWiring } from './blocks/block-behaviour.ts';
import type { ScenarioBlock, ScenarioDocument } from './document.ts';
import { asBlockState, createRunMachine, type RunMachine } from './run-machine.ts';
import { runState } from './run-setup.ts';

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
  const firstBlock = document.blocks[0]?.id ?? runState.done;
  const states = document.blocks.map((block, index) => {
    const next = document.blocks[index + 1]?.id ?? runState.done;
    return [
      block.id,
      asBlockState(block.id, createBlockState(block, { ...wire(block, next), engineVersion })),
    ] as const;
  });
  return { name: document.scenario, firstBlock, machine: createRunMachine(firstBlock, Object.fromEntries(states)) };
}

function wire(block: ScenarioBlock, next: string): Pick<BlockWiring, 'next' | 'exit'> {
  const { exits } = getBlockWays(block);
  return {
    next: { state: next, name: 'next' },
    exit: (name) => {
      const exit = exits.find((candidate) => candidate.name === name);
      if (!exit) throw new Error(`Block type "${block.type}" takes an exit "${name}" that it does not declare.`);
      return { state: getExitTarget(block, exit, next), name };
    },
  };
}

/** Where an exit leads: to its block, or, where the author did not wire it, as its kind says. */
export function getExitTarget(block: ScenarioBlock, { name, kind }: BlockExit, next: string): string {
  if (Object.hasOwn(block.exits, name)) return block.exits[name] ?? next;
  return kind === 'outcome' ? next : runState.onError;
}
