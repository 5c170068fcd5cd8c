import type { BlockMap } from '../../contracts/scenario-move.ts';
import { listAsked } from '../blocks/collect.ts';
import { listQuestions } from '../blocks/request-input.ts';
import type { CompiledScenario } from '../compile/compile-scenario.ts';
import type { ScenarioBlock } from '../document/document.ts';
import type { Standing } from './live-state.ts';

/**
 * Where every block's runs go: as it is given, else to the block of the same id; of a block that is gone, to the only one that is
 * new and says the same (it was given another id).
 */
export function planBlocks(from: CompiledScenario, to: CompiledScenario, given: BlockMap = {}): BlockMap {
  const [old, now] = [idsOf(from), idsOf(to)];
  const added = groupByContent(to.blocks.filter(({ id }) => !old.has(id)));
  const gone = groupByContent(from.blocks.filter(({ id }) => !now.has(id)));
  const kept = from.blocks.flatMap(({ id }) => (now.has(id) ? [[id, id] as const] : []));
  const renamed = [...gone].flatMap(([content, [block, ...others]]) => {
    const [other, ...more] = added.get(content) ?? [];
    return block && other && others.length + more.length === 0 ? [[block.id, other.id] as const] : [];
  });
  return { ...Object.fromEntries([...kept, ...renamed]), ...given };
}

function idsOf({ blocks }: CompiledScenario): Set<string> {
  return new Set(blocks.map(({ id }) => id));
}

function groupByContent(blocks: readonly ScenarioBlock[]): Map<string, ScenarioBlock[]> {
  const groups = new Map<string, ScenarioBlock[]>();
  for (const block of blocks) {
    const content = contentOf(block);
    groups.set(content, [...(groups.get(content) ?? []), block]);
  }
  return groups;
}

function contentOf({ type, fields }: ScenarioBlock): string {
  return JSON.stringify([type, fields]);
}

/** The way back of a map, for `planBlocks`: whoever was sent to a block comes back from it, unless others were sent there as well. */
export function invertMap(blocks: BlockMap): BlockMap {
  const rows = Object.entries(blocks).flatMap(([from, to]) => (to === null ? [] : [{ from, to }]));
  const single = rows.filter(({ to }) => rows.filter((row) => row.to === to).length === 1);
  return Object.fromEntries(single.map(({ from, to }) => [to, from]));
}

/**
 * Whether a run goes on in the middle of another version's block as if it had always been in that one: it is the same block, whatever
 * has changed in it, or says the same. Whoever is sent to another one begins there, but for a customer who talks with an agent.
 */
export function isGoneOnIn(block: ScenarioBlock, other: ScenarioBlock, standing: Standing): boolean {
  if (block.type !== other.type) return false;
  if (block.id !== other.id && standing !== 'with-agent' && contentOf(block) !== contentOf(other)) return false;
  // A run counts the questions: what it was asked must be what it is asked there.
  return JSON.stringify(questionsIn(block)) === JSON.stringify(questionsIn(other));
}

function questionsIn(block: ScenarioBlock): (string | undefined)[] {
  if (block.type === 'collect') return listAsked(block.fields).map(({ into }) => into);
  if (block.type === 'request-input') return listQuestions(block.fields).map(({ into }) => into);
  return [];
}
