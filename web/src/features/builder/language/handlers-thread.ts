import type { CheckOptions } from '../../../../../scenario-dsl/checks/check-report.ts';
import { checkSource } from '../../../../../scenario-dsl/checks/check-source.ts';
import { describeBlockTypes } from '../../../../../scenario-dsl/document/describe-block-types-schema.ts';
import { applyCanvasEdit, type CanvasEdit, type CanvasEdited } from '../../../../../scenario-dsl/edit/canvas-edit.ts';
import { compareSources } from '../../../../../scenario-dsl/edit/compare-graphs.ts';
import { describeGraph, type Graph } from '../../../../../scenario-dsl/edit/describe-graph.ts';
import { copyBlocks } from '../../../../../scenario-dsl/edit/edit-canvas.ts';
import { editSource } from '../../../../../scenario-dsl/edit/edit-source.ts';
import { listNamedVariables } from './variables-thread.ts';
import { backPlay, beginPlay, playStep, savePlay } from './play-thread.ts';
import { runTestText } from './test-thread.ts';

/** What the page asks of the language. Arguments and results travel as plain data. */
export const handlers = {
  describeTypes: describeBlockTypes,
  describeGraph: (source: string): { graph: Graph | undefined } => ({ graph: describeGraph(source) }),
  /** What became of the blocks; `before` is absent of a first version. */
  compare: compareSources,
  /** The edit, and the picture of what it came to, in one answer. */
  edit(source: string, edit: CanvasEdit): CanvasEdited & { graph?: Graph | undefined } {
    const edited = applyCanvasEdit(source, edit);
    return 'problem' in edited ? edited : { ...edited, graph: describeGraph(edited.source) };
  },
  check: (source: string, options: CheckOptions) => checkSource(source, options),
  copy: (source: string, blocks: readonly string[]) => copyBlocks(source, blocks),
  /** The same scenario under another name and title. */
  saveAs: (source: string, { name, title }: { name: string; title: string }) =>
    editSource(source, [
      { kind: 'set', path: ['scenario'], value: name },
      { kind: 'set', path: ['title'], value: title },
    ]),
  variables: listNamedVariables,
  beginPlay,
  playStep,
  backPlay,
  savePlay,
  runTests: runTestText,
};

type Handlers = typeof handlers;

/** The calls as the page makes them. */
export type Language = {
  [Name in keyof Handlers]: (...args: Parameters<Handlers[Name]>) => Promise<ReturnType<Handlers[Name]>>;
};
