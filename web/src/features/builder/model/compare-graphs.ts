import type { Graph, GraphBlock } from '../../../../../scenario-dsl/edit/describe-graph.ts';

/** What became of a block from one version to the next. */
export interface BlockChange {
  block: GraphBlock;
  kind: 'added' | 'removed' | 'changed';
  /** Of a changed one: what is not as it was. */
  parts: readonly ('title' | 'type' | 'settings' | 'ways')[];
}

/** The blocks that are not as they were, in the order of the later version; those that are gone stand last. */
export function compareGraphs(before: Graph, after: Graph): BlockChange[] {
  const old = new Map(own(before).map((block) => [block.id, block]));
  const now = new Set(own(after).map(({ id }) => id));
  const changed = own(after).flatMap((block): BlockChange[] => {
    const was = old.get(block.id);
    if (!was) return [{ block, kind: 'added', parts: [] }];
    const parts = partsOf(was, block);
    return parts.length === 0 ? [] : [{ block, kind: 'changed', parts }];
  });
  const gone = own(before).filter(({ id }) => !now.has(id));
  return [...changed, ...gone.map((block): BlockChange => ({ block, kind: 'removed', parts: [] }))];
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
