import type { BlockChange } from '../../contracts/publication-report.ts';
import { describeGraph, type Graph, type GraphBlock } from './describe-graph.ts';

const noGraph: Graph = { scenario: undefined, title: undefined, blocks: [] };

/** What became of the blocks from one text to the next; of a text that cannot be read there are none. `undefined`: there was none before. */
export function compareSources(before: string | undefined, after: string): BlockChange[] {
  return compareGraphs(draw(before), draw(after));
}

function draw(source: string | undefined): Graph {
  return (source === undefined ? undefined : describeGraph(source)) ?? noGraph;
}

/** The blocks that are not as they were, in the order of the later version; those that are gone stand last. */
export function compareGraphs(before: Graph, after: Graph): BlockChange[] {
  const old = new Map(own(before).map((block) => [block.id, block]));
  const now = new Set(own(after).map(({ id }) => id));
  const changed = own(after).flatMap((block): BlockChange[] => {
    const was = old.get(block.id);
    if (!was) return [changeOf(block, 'added')];
    const parts = partsOf(was, block);
    return parts.length === 0 ? [] : [changeOf(block, 'changed', parts)];
  });
  const gone = own(before).filter(({ id }) => !now.has(id));
  return [...changed, ...gone.map((block) => changeOf(block, 'removed'))];
}

function changeOf(
  { id, title, type }: GraphBlock,
  kind: BlockChange['kind'],
  parts: BlockChange['parts'] = [],
): BlockChange {
  return { block: id, title: title ?? null, type: type ?? null, kind, parts };
}

function own({ blocks }: Graph): GraphBlock[] {
  return blocks.filter(({ isBuiltIn }) => !isBuiltIn);
}

function partsOf(before: GraphBlock, after: GraphBlock): BlockChange['parts'] {
  const parts: BlockChange['parts'][number][] = [];
  if (before.title !== after.title) parts.push('title');
  if (before.type !== after.type) parts.push('type');
  else if (JSON.stringify(before.fields) !== JSON.stringify(after.fields)) parts.push('settings');
  if (waysOf(before) !== waysOf(after)) parts.push('ways');
  return parts;
}

function waysOf({ exits }: GraphBlock): string {
  return JSON.stringify(exits.map(({ key, target }) => [key, target]));
}
