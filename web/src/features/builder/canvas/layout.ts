import ELK, { type ElkNode } from 'elkjs/lib/elk-api.js';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';
import type { Graph, GraphBlock, GraphExit } from '../../../../../scenario-dsl/edit/describe-graph.ts';

export const BLOCK_WIDTH = 208;
export const BLOCK_HEIGHT = 60;
const CHIP_GAP = 4;
const CHIP_PADDING = 18;
const MOST_CHIP = 132;

export interface Point {
  x: number;
  y: number;
}

/** Where everything stands: blocks by id, and the bends of each way by its edge's id. */
export interface Layout {
  places: ReadonlyMap<string, Point>;
  routes: ReadonlyMap<string, readonly Point[]>;
}

/** A way out as it is drawn on the bottom edge of its block. */
export interface Chip {
  exit: GraphExit;
  label: string;
  /** It leads nowhere, and goes on where nobody might expect it. */
  isOpen: boolean;
  width: number;
  /** Its middle, from the block's left edge. */
  x: number;
}

let ruler: CanvasRenderingContext2D | null | undefined;

function widthOf(label: string): number {
  ruler ??= document.createElement('canvas').getContext('2d');
  if (!ruler) return label.length * 6;
  ruler.font = '500 11px "Inter Variable"';
  return ruler.measureText(label).width;
}

/**
 * The chips of a block. A failure that nobody wired is what every block has: it is not drawn, and can be wired beside the
 * canvas.
 */
export function chipsOf(block: GraphBlock, nameOf: (block: GraphBlock, exit: GraphExit) => string): Chip[] {
  const drawn = block.exits.filter(({ kind, target }) => kind !== 'failure' || target !== undefined);
  const chips = drawn.map((exit) => {
    const label = nameOf(block, exit);
    const isOpen = exit.kind === 'outcome' && exit.target === undefined;
    return {
      exit,
      label,
      isOpen,
      width: Math.min(MOST_CHIP, Math.ceil(widthOf(label)) + CHIP_PADDING + (isOpen ? 16 : 0)),
    };
  });
  const whole = chips.reduce((sum, { width }) => sum + width + CHIP_GAP, -CHIP_GAP);
  let left = (BLOCK_WIDTH - whole) / 2;
  return chips.map((chip) => {
    const x = left + chip.width / 2;
    left += chip.width + CHIP_GAP;
    return { ...chip, x };
  });
}

export const edgeId = (block: string, exit: GraphExit): string => `${block}→${exit.key}`;

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.spacing.nodeNodeBetweenLayers': '44',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '10',
  'elk.spacing.nodeNode': '56',
  'elk.spacing.edgeNode': '20',
  'elk.spacing.componentComponent': '56',
};

/** Lays scenarios out in a thread of its own. */
export function createLayouter(): {
  layOut: (graph: Graph, chips: ReadonlyMap<string, Chip[]>) => Promise<Layout>;
  close: () => void;
} {
  const elk = new ELK({ workerUrl });
  return {
    async layOut(graph, chips) {
      const laid = await elk.layout(toElk(graph, chips));
      return toLayout(laid, chips);
    },
    close: () => elk.terminateWorker(),
  };
}

/** What overhangs a block on each side. */
function overhangOf(chips: readonly Chip[]): number {
  const [first] = chips;
  return first ? Math.max(0, first.width / 2 - first.x) : 0;
}

function toElk({ blocks }: Graph, chips: ReadonlyMap<string, Chip[]>): ElkNode {
  const known = new Set(blocks.map(({ id }) => id));
  return {
    id: 'scenario',
    layoutOptions: OPTIONS,
    children: blocks.map(({ id }) => {
      const own = chips.get(id) ?? [];
      const over = overhangOf(own);
      const height = BLOCK_HEIGHT + (own.length > 0 ? 10 : 0);
      return {
        id,
        width: BLOCK_WIDTH + 2 * over,
        height,
        layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
        ports: [
          { id: `${id}⇥`, x: over + BLOCK_WIDTH / 2, y: 0, layoutOptions: { 'elk.port.side': 'NORTH' } },
          ...own.map(({ exit, x }) => ({
            id: edgeId(id, exit),
            x: over + x,
            y: height,
            layoutOptions: { 'elk.port.side': 'SOUTH' },
          })),
        ],
      };
    }),
    edges: blocks.flatMap(({ id }) =>
      (chips.get(id) ?? []).flatMap(({ exit }) =>
        exit.target !== undefined && known.has(exit.target)
          ? [{ id: edgeId(id, exit), sources: [edgeId(id, exit)], targets: [`${exit.target}⇥`] }]
          : [],
      ),
    ),
  };
}

function toLayout({ children = [], edges = [] }: ElkNode, chips: ReadonlyMap<string, Chip[]>): Layout {
  const places = new Map(
    children.map(({ id, x = 0, y = 0 }) => [id, { x: x + overhangOf(chips.get(id) ?? []), y }] as const),
  );
  const routes = new Map(
    edges.map(({ id, sections = [] }) => [
      id,
      sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]),
    ]),
  );
  return { places, routes };
}

/** A way through these points, its corners rounded. */
export function toPath(points: readonly Point[], radius = 8): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const parts = [`M${first.x} ${first.y}`];
  rest.forEach((point, index) => {
    const [before, after] = [points[index], rest[index + 1]];
    if (!before || !after) {
      parts.push(`L${point.x} ${point.y}`);
      return;
    }
    const r = Math.min(radius, distance(before, point) / 2, distance(point, after) / 2);
    const [a, b] = [towards(point, before, r), towards(point, after, r)];
    parts.push(`L${a.x} ${a.y}`, `Q${point.x} ${point.y} ${b.x} ${b.y}`);
  });
  return parts.join(' ');
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

function towards(from: Point, to: Point, by: number): Point {
  const all = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * by) / all, y: from.y + ((to.y - from.y) * by) / all };
}
