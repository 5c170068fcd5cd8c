import { useReactFlow } from '@xyflow/react';
import type { KeyboardEvent } from 'react';
import type { GraphBlock } from '../../../../../scenario-dsl/edit/describe-graph.ts';
import { useActions, useBuilder, useBuilderContext } from '../builder-context.tsx';

/** The keys of the canvas: everything that a pointer can do there, but for the drawing of ways, which the forms do. */
export function useCanvasKeys(): (event: KeyboardEvent) => void {
  const { languages, store } = useBuilderContext();
  const { edit, select, undo, redo, reveal } = useActions();
  const blocks = useBuilder((state) => state.graph.blocks);
  const { fitView, zoomTo } = useReactFlow();

  /** What a key acts on: what is chosen at this moment; the focused block where it is not among that, as right after a click. */
  function chosenBlocks(focused: string | undefined): string[] {
    const { selected } = store.getState();
    return focused === undefined || selected.includes(focused) ? [...selected] : [focused];
  }

  const withCtrl: Record<string, (focused: string | undefined) => void> = {
    z: undo,
    y: redo,
    Z: redo,
    a: () => select(blocks.map(({ id }) => id)),
    c: (focused) =>
      void languages.edits
        .copy(store.getState().history.text, chosenBlocks(focused))
        .then((text) => navigator.clipboard.writeText(text)),
    x: (focused) => {
      const taken = chosenBlocks(focused);
      void languages.edits.copy(store.getState().history.text, taken).then(async (text) => {
        await navigator.clipboard.writeText(text);
        await edit({ do: 'delete', blocks: taken });
      });
    },
    v: () => void navigator.clipboard.readText().then((text) => edit({ do: 'paste', text })),
    d: (focused) => void edit({ do: 'duplicate', blocks: chosenBlocks(focused) }),
    f: () => focusOn('.pal input'),
  };
  const alone: Record<string, (focused: string | undefined) => void> = {
    Delete: (focused) => void edit({ do: 'delete', blocks: chosenBlocks(focused) }),
    Backspace: (focused) => void edit({ do: 'delete', blocks: chosenBlocks(focused) }),
    a: () => focusOn('.pal input'),
    f: () => void fitView({ padding: 0.1, maxZoom: 1 }),
    '0': () => void zoomTo(1),
    Escape: () => select([]),
  };
  return (event) => {
    if (event.target instanceof HTMLElement && /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const focused =
      event.target instanceof HTMLElement
        ? event.target.closest<HTMLElement>('.react-flow__node')?.dataset['id']
        : undefined;
    const act = event.ctrlKey || event.metaKey ? withCtrl[event.key] : event.altKey ? undefined : alone[event.key];
    const move = focused !== undefined && !event.ctrlKey && !event.altKey ? onFocused(event.key, focused) : undefined;
    const chosen = act ?? move;
    if (!chosen) return;
    event.preventDefault();
    event.stopPropagation();
    chosen(focused);
  };

  function onFocused(key: string, id: string): (() => void) | undefined {
    if (key === 'Enter' || key === ' ')
      return () => {
        select([id]);
        store.setState({ tab: 'properties' });
        setTimeout(() => focusOn('.insp .props input, .insp .props textarea'), 60);
      };
    const to = neighbourOf(blocks, id, key);
    return to === undefined ? undefined : () => reveal(to);
  }
}

function focusOn(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}

/** Down: where a block leads first; up: what leads to it; to the sides: the others that the same block leads to. */
function neighbourOf(blocks: readonly GraphBlock[], id: string, key: string): string | undefined {
  const block = blocks.find((each) => each.id === id);
  const before = blocks.find(({ exits }) => exits.some(({ target }) => target === id));
  if (key === 'ArrowDown') return block?.exits.find(({ target }) => target !== undefined)?.target;
  if (key === 'ArrowUp') return before?.id;
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
  const siblings = [...new Set(before?.exits.flatMap(({ target }) => target ?? []))];
  return siblings[(siblings.indexOf(id) + (key === 'ArrowRight' ? 1 : -1) + siblings.length) % siblings.length];
}
