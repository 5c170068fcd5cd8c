import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Graph, GraphBlock, GraphExit } from '../../../../../scenario-dsl/edit/describe-graph.ts';
import { branchName, familyOf, nextNameOf } from '../block-look.ts';
import { useBuilder } from '../builder-context.tsx';
import type { BlockFlowNode } from './block-node.tsx';
import {
  BLOCK_HEIGHT,
  BLOCK_WIDTH,
  chipsOf,
  createLayouter,
  edgeId,
  type Chip,
  type Layout,
  type Point,
} from './layout.ts';
import type { Marks } from '../model/builder-store.ts';
import type { RouteFlowEdge } from './route-edge.tsx';

/** What the canvas draws now. */
export interface Picture {
  nodes: BlockFlowNode[];
  edges: RouteFlowEdge[];
  /** Nothing has been laid out yet. */
  isWaiting: boolean;
  move: (id: string, place: Point) => void;
  /** Forgets what was moved by hand. */
  tidy: () => void;
}

const nothing: Layout = { places: new Map(), routes: new Map() };

/** The picture of the scenario: laid out anew whenever a way or a block has changed. */
export function usePicture(): Picture {
  const graph = useBuilder((state) => state.graph);
  const chips = useChips(graph);
  const { layout, moved, move, tidy } = useLayout(graph, chips);
  const nodes = useNodes(graph, chips, { layout, moved });
  const edges = useEdges(graph, chips, { layout, moved });
  return { nodes, edges, isWaiting: layout === nothing, move, tidy };
}

function useChips(graph: Graph): ReadonlyMap<string, Chip[]> {
  const { t } = useTranslation('builder');
  return useMemo(() => {
    const nameOf = (block: GraphBlock, exit: GraphExit): string => {
      if (exit.kind === 'next') return t(`ways.${nextNameOf(block)}`);
      return exit.kind === 'branch' ? branchName(exit) : exit.name.replaceAll('-', ' ');
    };
    return new Map(graph.blocks.map((block) => [block.id, chipsOf(block, nameOf)]));
  }, [graph, t]);
}

interface Places {
  layout: Layout;
  moved: ReadonlyMap<string, Point>;
}

function useLayout(
  graph: Graph,
  chips: ReadonlyMap<string, Chip[]>,
): Places & { move: Picture['move']; tidy: Picture['tidy'] } {
  const [layout, setLayout] = useState(nothing);
  const [moved, setMoved] = useState<ReadonlyMap<string, Point>>(new Map());
  const layouter = useRef<ReturnType<typeof createLayouter>>(undefined);
  useEffect(() => {
    layouter.current = createLayouter();
    return () => layouter.current?.close();
  }, []);
  // What a block says moves nothing.
  const shape = useMemo(
    () =>
      JSON.stringify(
        graph.blocks.map(({ id }) => [
          id,
          (chips.get(id) ?? []).map(({ exit, x }) => [exit.key, exit.target, Math.round(x)]),
        ]),
      ),
    [graph, chips],
  );
  const latest = useRef({ graph, chips });
  latest.current = { graph, chips };
  useEffect(() => {
    let isOver = false;
    const asked = latest.current;
    if (asked.graph.blocks.length === 0) return undefined;
    void layouter.current?.layOut(asked.graph, asked.chips).then((laid) => {
      if (!isOver) setLayout(laid);
    });
    return () => {
      isOver = true;
    };
  }, [shape]);
  return {
    layout,
    moved,
    move: (id, place) => setMoved((before) => new Map(before).set(id, place)),
    tidy: () => setMoved(new Map()),
  };
}

function useNodes(graph: Graph, chips: ReadonlyMap<string, Chip[]>, { layout, moved }: Places): BlockFlowNode[] {
  const { t } = useTranslation('builder');
  const types = useBuilder((state) => state.types);
  const report = useBuilder((state) => state.report);
  const selected = useBuilder((state) => state.selected);
  const marks = useBuilder((state) => state.marks);
  return useMemo(() => {
    const problems = countProblems(report?.problems ?? []);
    const titles = new Map(types.map(({ type, title }) => [type, title]));
    return graph.blocks.flatMap((block): BlockFlowNode[] => {
      const position = moved.get(block.id) ?? layout.places.get(block.id);
      if (!position) return [];
      const { errors = 0, warnings = 0 } = problems.get(block.id) ?? {};
      const typeTitle = block.type === undefined ? t('unknownType') : (titles.get(block.type) ?? block.type);
      return [
        {
          id: block.id,
          type: 'block',
          width: BLOCK_WIDTH,
          height: BLOCK_HEIGHT,
          position,
          selected: selected.includes(block.id),
          ariaLabel: `${typeTitle}: ${block.title ?? block.id}`,
          data: {
            block,
            chips: chips.get(block.id) ?? [],
            family: familyOf(block.type, types),
            typeTitle,
            errors,
            warnings,
            run: runOf(marks, block.id),
            counts: marks?.counts,
            traffic: marks?.traffic?.get(block.id),
          },
        },
      ];
    });
  }, [graph, chips, layout, moved, types, report, selected, marks, t]);
}

function runOf(marks: Marks | undefined, id: string): BlockFlowNode['data']['run'] {
  if (marks?.live === id) return 'live';
  if (marks?.ran.has(id)) return 'ran';
  return marks?.missing.has(id) ? 'missing' : undefined;
}

function countProblems(
  problems: readonly { path: string; severity: string }[],
): Map<string, { errors: number; warnings: number }> {
  const counts = new Map<string, { errors: number; warnings: number }>();
  for (const { path, severity } of problems) {
    const [, id] = /^blocks\.([^.]+)/.exec(path) ?? [];
    if (id === undefined) continue;
    const count = counts.get(id) ?? { errors: 0, warnings: 0 };
    count[severity === 'error' ? 'errors' : 'warnings'] += 1;
    counts.set(id, count);
  }
  return counts;
}

function useEdges(graph: Graph, chips: ReadonlyMap<string, Chip[]>, { layout, moved }: Places): RouteFlowEdge[] {
  const { t } = useTranslation('builder');
  const selected = useBuilder((state) => state.selected);
  return useMemo(() => {
    const drawn = new Set(graph.blocks.map(({ id }) => id).filter((id) => layout.places.has(id)));
    return graph.blocks.flatMap(({ id }): RouteFlowEdge[] =>
      (chips.get(id) ?? []).flatMap(({ exit, label }): RouteFlowEdge[] => {
        const { target } = exit;
        if (target === undefined || !drawn.has(target) || !drawn.has(id)) return [];
        const key = edgeId(id, exit);
        const isMoved = moved.has(id) || moved.has(target);
        return [
          {
            id: key,
            type: 'route',
            source: id,
            sourceHandle: exit.key,
            target,
            ariaLabel: t('wayFromTo', { from: id, to: target, name: label }),
            data: {
              route: isMoved ? undefined : layout.routes.get(key),
              isFailure: exit.kind === 'failure' || exit.kind === 'outcome',
              isHot: selected.length === 1 && selected[0] === id,
              way: exit.path ? { path: exit.path } : { exit: exit.name },
              label,
            },
          },
        ];
      }),
    );
  }, [graph, chips, layout, moved, selected, t]);
}
