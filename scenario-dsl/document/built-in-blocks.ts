import { runState } from '../machine/run-setup.ts';
import type { ScenarioBlock } from './document.ts';

/** Ids that mean something without a block of that name, and what: `next: end`. A block of the author's own goes first. */
const builtInTypes = { end: 'exit', return: 'return' } as const;

export const BUILT_IN_IDS: readonly string[] = Object.keys(builtInTypes);

/** The built-in blocks that are among the targets and that no block of the author's stands for. */
export function listBuiltInBlocks(targets: ReadonlySet<string>, written: ReadonlySet<string>): ScenarioBlock[] {
  return Object.entries(builtInTypes)
    .filter(([id]) => targets.has(id) && !written.has(id))
    .map(([id, type]) => ({ id, type, fields: {}, exits: {}, isBuiltIn: true }));
}

/**
 * The block that one goes on at: the one that its `next` names, else the one below it that somebody wrote; behind the last
 * one is the end.
 */
export function getFollower(blocks: readonly ScenarioBlock[], index: number): string {
  return findFollower(blocks, index) ?? runState.done;
}

/** The same, undefined behind the last block. */
export function findFollower(blocks: readonly ScenarioBlock[], index: number): string | undefined {
  const named = blocks[index]?.next;
  if (named !== undefined) return named;
  for (let below = index + 1; below < blocks.length; below += 1) {
    const block = blocks[below];
    if (block && !block.isBuiltIn) return block.id;
  }
  return undefined;
}
