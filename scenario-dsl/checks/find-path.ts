import type { Flow, FlowWay } from './flow.ts';

interface Search {
  /** Where the path begins; the scenario's first block where left out. */
  from?: string;
  /** Whether the path may use the way; any where left out. */
  mayTake?: (way: FlowWay) => boolean;
  isGoal: (block: string) => boolean;
}

/** The shortest path (fewest blocks) from the first block to a goal; empty when it begins at one, undefined when none leads there. */
export function findPath(
  flow: Flow,
  { from = flow.start, mayTake = () => true, isGoal }: Search,
): FlowWay[] | undefined {
  const cameBy = new Map<string, FlowWay | undefined>([[from, undefined]]);
  const open = [from];
  for (const block of open) {
    if (isGoal(block)) return traceBack(cameBy, block);
    for (const way of flow.waysFrom(block)) {
      if (cameBy.has(way.to) || !mayTake(way)) continue;
      cameBy.set(way.to, way);
      open.push(way.to);
    }
  }
  return undefined;
}

function traceBack(cameBy: ReadonlyMap<string, FlowWay | undefined>, goal: string): FlowWay[] {
  const path: FlowWay[] = [];
  for (let way = cameBy.get(goal); way; way = cameBy.get(way.from)) path.unshift(way);
  return path;
}
