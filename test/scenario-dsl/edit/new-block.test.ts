import { expect, it } from 'vitest';
import { blockTypes, type BlockType } from '../../../scenario-dsl/blocks/block-types-schema.ts';
import { applyCanvasEdit } from '../../../scenario-dsl/edit/canvas-edit.ts';
import { describeGraph } from '../../../scenario-dsl/edit/describe-graph.ts';

const source =
  'attendant: 2\nscenario: x\nblocks:\n  hello:\n    send-message: { text: Hello }\n  bye:\n    exit: {}\n';

it.each(Object.keys(blockTypes) as BlockType[])('a new %s is one that the language takes', (type) => {
  const edited = applyCanvasEdit(source, { do: 'add', type, after: 'hello' });
  if ('problem' in edited) throw new Error(edited.problem);
  const made = describeGraph(edited.source)?.blocks.find(({ id }) => id === edited.added[0]);
  expect(made).toMatchObject({ type, isBroken: false });
});
