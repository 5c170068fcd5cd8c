import type { Edited } from '../../../scenario-dsl/edit/change.ts';
import type { Graph } from '../../../scenario-dsl/edit/describe-graph.ts';
import {
  addLooseBlock,
  deleteBlock,
  duplicateBlock,
  editList,
  freeId,
  insertOnWay,
  moveBlock,
  wireWay,
} from '../../../scenario-dsl/edit/edit-canvas.ts';
import { renameBlock, setEnvelope, setField } from '../../../scenario-dsl/edit/edit-scenario.ts';

/** What one of the canvas's edits touches beside what refers to it. */
interface RandomEdit {
  result: Edited;
  touched: string[];
}

export type Dice = readonly [number, number, number, number];

const TARGETS = ['end'];

export const message = { 'send-message': { text: 'New' } };

export function pick<Item>(items: readonly Item[], dice: number): Item {
  const item = items[dice % items.length];
  if (item === undefined) throw new Error('Nothing to pick from');
  return item;
}

/** Every kind of edit, on blocks and places that the numbers choose. */
export function editAtRandom(source: string, graph: Graph, [kind, a, b, c]: Dice): RandomEdit {
  const own = graph.blocks.filter(({ isBuiltIn }) => !isBuiltIn);
  const ids = own.map(({ id }) => id);
  const block = pick(own, a);
  const target = pick([...ids, ...TARGETS], b);
  const exit = block.exits.length > 0 ? pick(block.exits, c) : undefined;
  const way = exit?.path ? { path: exit.path } : { exit: exit?.name ?? 'next' };
  const id = freeId(`new-${c % 5}`, new Set(ids));
  const last = ids.at(-1) ?? '';
  const edits: (() => RandomEdit)[] = [
    () => ({ result: wireWay(source, { block: block.id, way, target }), touched: [block.id] }),
    () => ({ result: wireWay(source, { block: block.id, way, target: undefined }), touched: [block.id] }),
    () => ({ result: addLooseBlock(source, { id, block: message }), touched: [last, id] }),
    () => ({
      result: insertOnWay(source, { from: block.id, way, target: exit?.target, id, block: message }),
      touched: [last, id, block.id],
    }),
    () => ({
      result: deleteBlock(source, block.id),
      touched: [block.id, ids[a % ids.length === 0 ? 0 : (a % ids.length) - 1] ?? ''],
    }),
    () => ({ result: moveBlock(source, { id: block.id, by: c % 2 === 0 ? 1 : -1 }), touched: ids }),
    () => ({ result: duplicateBlock(source, block.id), touched: [last] }),
    () => ({
      result: setEnvelope(source, {
        block: block.id,
        key: b % 2 === 0 ? 'title' : 'note',
        value: pick(['', 'A: b', 'It’s "x" # y', 'Ü'], c),
      }),
      touched: [block.id],
    }),
    () => ({
      result: setField(source, { block: block.id, path: ['text'], value: pick(['Hi', "It's: # $(x|y)", 'a\nb'], c) }),
      touched: [block.id],
    }),
    () => ({ result: renameBlock(source, { id: block.id, to: id }), touched: [block.id, id] }),
    () => ({
      result: editList(source, {
        block: block.id,
        path: [],
        change: { kind: 'insert-item', index: 0, value: { when: '$(x) == 1', go: target } },
      }),
      touched: [block.id],
    }),
    () => ({
      result: editList(source, { block: block.id, path: [], change: { kind: 'move-item', from: 0, to: 1 } }),
      touched: [block.id],
    }),
    () => ({
      result: editList(source, { block: block.id, path: [], change: { kind: 'remove-item', index: 0 } }),
      touched: [block.id],
    }),
  ];
  return pick(edits, kind)();
}
