import { createStore, type StoreApi } from 'zustand';
import type { CheckReport } from '../../../../../scenario-dsl/checks/check-source.ts';
import type { BlockTypeDescription } from '../../../../../scenario-dsl/document/describe-block-types-schema.ts';
import type { CanvasEdit } from '../../../../../scenario-dsl/edit/canvas-edit.ts';
import type { Graph } from '../../../../../scenario-dsl/edit/describe-graph.ts';
import type { WayOut } from '../../../../../scenario-dsl/edit/edit-canvas.ts';
import type { NamedVariable } from '../language/variables-thread.ts';
import type { Language } from '../language/handlers-thread.ts';
import type { Traffic } from './traffic.ts';
import { beginHistory, redo, undo, write, type TextHistory } from './text-history.ts';

export type BuilderTab = 'properties' | 'yaml' | 'versions' | 'try' | 'tests';

/** What the blocks and their ways have been through, as the trace, the tests or the traffic tells it. */
export interface Marks {
  ran: ReadonlySet<string>;
  live: string | undefined;
  missing: ReadonlySet<string>;
  /** At the chips, by block and way: how often it was taken. */
  counts: ReadonlyMap<string, string>;
  /** Of real conversations, where their traffic is shown. */
  traffic?: Traffic['blocks'];
}

export interface BuilderState {
  history: TextHistory;
  graph: Graph;
  /** The text cannot be read: the picture is that of the last one which could, and is not edited. */
  isStale: boolean;
  types: readonly BlockTypeDescription[];
  variables: readonly NamedVariable[];
  report: CheckReport | undefined;
  selected: readonly string[];
  /** A block that is to come into view, each time anew. */
  revealed: { id: string; turn: number } | undefined;
  /** A line of the text that is to come into view. */
  shownLine: { line: number; turn: number } | undefined;
  /** A way out that waits for a block to be chosen for it. */
  pending: { from: string; way: WayOut; name: string } | undefined;
  tab: BuilderTab;
  marks: Marks | undefined;
  /** What could not be done, in the language's words. */
  refusal: string | undefined;
  isReadOnly: boolean;
}

export interface BuilderActions {
  edit: (edit: CanvasEdit) => Promise<readonly string[]>;
  type: (text: string) => void;
  /** Another text as one step: a restored version, a file. */
  replace: (text: string) => void;
  undo: () => void;
  redo: () => void;
  select: (ids: readonly string[]) => void;
  reveal: (id: string) => void;
  showLine: (line: number) => void;
  set: (changes: Partial<BuilderState>) => void;
  /** Draws and checks what is there, from now on; `close` ends it. */
  open: () => void;
  close: () => void;
}

export type BuilderStore = StoreApi<BuilderState & BuilderActions>;

const CHECK_AFTER_MS = 300;
const DRAW_AFTER_MS = 40;

const noGraph: Graph = { scenario: undefined, title: undefined, blocks: [] };

/** What the page needs of the language: one thread answers edits, another one checks. */
export interface Languages {
  edits: Language;
  checks: Language;
}

/** The state of one builder: the text with its history, and what follows from it. */
export function createBuilderStore(text: string, { edits, checks }: Languages, now: () => number): BuilderStore {
  let checking: ReturnType<typeof setTimeout> | undefined;
  let drawing: ReturnType<typeof setTimeout> | undefined;
  const store: BuilderStore = createStore((set, get) => {
    const textOf = (): string => get().history.text;
    const draw = async (): Promise<void> => {
      const asked = textOf();
      const { graph } = await edits.describeGraph(asked);
      if (asked === textOf()) set(graph ? { graph, isStale: false } : { isStale: true });
    };
    const check = async (): Promise<void> => {
      const asked = textOf();
      const [report, variables] = await Promise.all([checks.check(asked, {}), checks.variables(asked)]);
      if (asked === textOf()) set({ report, variables });
    };
    const follow = (drawAfterMs: number): void => {
      clearTimeout(checking);
      clearTimeout(drawing);
      checking = setTimeout(() => void check(), CHECK_AFTER_MS);
      drawing = setTimeout(() => void draw(), drawAfterMs);
    };
    const change = (history: TextHistory, drawAfterMs = 0): void => {
      if (history === get().history || get().isReadOnly) return;
      set({ history, refusal: undefined });
      follow(drawAfterMs);
    };
    return {
      history: beginHistory(text),
      graph: noGraph,
      isStale: false,
      types: [],
      variables: [],
      report: undefined,
      selected: [],
      revealed: undefined,
      shownLine: undefined,
      pending: undefined,
      tab: 'properties',
      marks: undefined,
      refusal: undefined,
      isReadOnly: false,
      async edit(edit) {
        const { isStale, isReadOnly } = get();
        if (isStale || isReadOnly) return [];
        const asked = textOf();
        const edited = await edits.edit(asked, edit);
        // Somebody typed meanwhile: the edit is of a text that is no more.
        if (asked !== textOf()) return get().edit(edit);
        if ('problem' in edited) {
          set({ refusal: edited.problem });
          return [];
        }
        change(write(get().history, edited.source, { kind: 'edit', at: now() }));
        if (edited.graph) set({ graph: edited.graph, isStale: false });
        if (edited.added.length > 0) set({ selected: edited.added, tab: 'properties', pending: undefined });
        return edited.added;
      },
      type: (typed) => change(write(get().history, typed, { kind: 'typing', at: now() }), DRAW_AFTER_MS),
      replace: (other) => change(write(get().history, other, { kind: 'edit', at: now() })),
      undo: () => change(undo(get().history)),
      redo: () => change(redo(get().history)),
      select: (selected) => set({ selected, ...(get().tab === 'versions' && { tab: 'properties' }) }),
      reveal: (id) =>
        set({ selected: [id], revealed: { id, turn: (get().revealed?.turn ?? 0) + 1 }, refusal: undefined }),
      showLine: (line) => set({ shownLine: { line, turn: (get().shownLine?.turn ?? 0) + 1 } }),
      set,
      open: () => follow(0),
      close() {
        clearTimeout(checking);
        clearTimeout(drawing);
      },
    };
  });
  void edits.describeTypes().then((types) => store.setState({ types }));
  return store;
}
