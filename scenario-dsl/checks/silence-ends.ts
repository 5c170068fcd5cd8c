import { formatDuration } from '../../contracts/duration.ts';
import { showRoute } from '../problems/finding.ts';
import { listCapable } from './agents-can-be-found.ts';
import type { Check, CheckFinding, CheckOptions } from './check-report.ts';
import { findPath } from './find-path.ts';
import type { Flow, FlowWay } from './flow.ts';
import { findLimitedWays } from './limited-ways.ts';
import { tellPath } from './tell-path.ts';

const name = 'silence-ends';

/** How many agents may refuse one after the other, where no configuration tells how many there are. */
const ASSUMED_AGENTS = 3;

/**
 * Nobody is left hanging: while the customer is silent, agents refuse and sends fail, every path comes to an agent or to
 * the end, within the bound that the note tells. An agent who refuses becomes Not ready, so each refuses once at most.
 */
export const silenceEnds: Check = {
  name,
  promise: 'Under silence, refused offers and failing sends every path reaches an agent or the end.',
  certainty: 'sound',
  run: (flow, options) => {
    const silent = buildSilentFlow(flow);
    const loop = findSilentLoop(silent);
    if (loop) return { findings: [toFinding(flow, loop)] };
    const refusals = countRefusals(flow, options);
    const rounds = 1 + [...silent.limited.values()].reduce((sum, times) => sum + times, 0);
    const bound = formatDuration(rounds * getLongestSilence(silent, refusals));
    return {
      findings: [],
      note: `within ${bound}${hasSearch(flow) ? `, even when ${describeRefusals(refusals)}` : ''}`,
    };
  },
};

/** A block, and whether an agent is reserved there: a Connect Chat that has nobody to offer the chat to is left at once. */
interface SilentNode {
  block: string;
  isReserved: boolean;
}

interface SilentWay {
  way: FlowWay;
  to: SilentNode;
  maxMs: number;
  /** An agent was asked and refused; that happens once per agent. */
  isRefusal: boolean;
}

interface SilentFlow {
  flow: Flow;
  nodes: SilentNode[];
  /** Without the limited ones: each of those begins a stretch of its own. */
  waysFrom: (node: SilentNode) => SilentWay[];
  /** Ways that a counter or the end of a list of records limits, and how often each is taken at most. */
  limited: ReadonlyMap<FlowWay, number>;
}

function buildSilentFlow(flow: Flow): SilentFlow {
  const limited = findLimitedWays(
    flow,
    flow.ways.filter((way) => !isSpoken(way)),
  );
  // The window closes once in a silence, from wherever the run is then.
  flow.ways.filter(({ by }) => by === 'window').forEach((way, index) => limited.set(way, index === 0 ? 1 : 0));
  const waysFrom = (node: SilentNode): SilentWay[] =>
    waysOn(flow, node).filter(({ way }) => !isSpoken(way) && !limited.has(way));
  return { flow, nodes: listNodes(flow), waysFrom, limited };
}

/** Every block as a run can come to it, the customer's answers and the agents' included. */
function listNodes(flow: Flow): SilentNode[] {
  const first = { block: flow.start, isReserved: false };
  const nodes = new Map([[keyOf(first), first]]);
  for (const node of nodes.values())
    for (const { to } of waysOn(flow, node)) nodes.set(keyOf(to), nodes.get(keyOf(to)) ?? to);
  return [...nodes.values()];
}

function waysOn(flow: Flow, { block, isReserved }: SilentNode): SilentWay[] {
  return flow.waysFrom(block).map((way) => {
    const isRefusal = way.by === 'refusal' && isReserved;
    const maxMs = way.by === 'refusal' && !isReserved ? 0 : way.maxMs;
    return { way, maxMs, isRefusal, to: { block: way.to, isReserved: staysReserved(flow, way, isReserved) } };
  });
}

/** Somebody acts. The customer's side ends at most once in a silence, and in a chat at that: an agent was reached. */
function isSpoken({ by }: FlowWay): boolean {
  return by === 'customer' || by === 'anywhere' || by === 'chat-end' || by === 'customer-left';
}

/** A search that succeeds reserves an agent; the next search and a refused offer give them back. */
function staysReserved(flow: Flow, { by, from }: FlowWay, isReserved: boolean): boolean {
  if (by === 'reservation') return true;
  return isReserved && by !== 'refusal' && by !== 'chat-end' && flow.blocks.get(from)?.type !== 'find-agent';
}

/** A round that nobody's refusal bounds, as the ways it takes. */
function findSilentLoop({ nodes, waysFrom }: SilentFlow): SilentWay[] | undefined {
  const closed = new Set<string>();
  for (const node of nodes) {
    const loop = findLoopFrom(node, waysFrom, closed);
    if (loop) return loop;
  }
  return undefined;
}

/** Depth first with a stack of its own, because a scenario may be longer than JavaScript's. */
function findLoopFrom(
  start: SilentNode,
  waysFrom: SilentFlow['waysFrom'],
  closed: Set<string>,
): SilentWay[] | undefined {
  const trail: { key: string; open: SilentWay[]; cameBy?: SilentWay }[] = [];
  const onTrail = new Map<string, number>();
  const enter = (node: SilentNode, cameBy?: SilentWay): void => {
    const key = keyOf(node);
    onTrail.set(key, trail.length);
    trail.push({ key, open: waysFrom(node).filter(({ isRefusal }) => !isRefusal), ...(cameBy ? { cameBy } : {}) });
  };
  if (!closed.has(keyOf(start))) enter(start);
  for (let top = trail.at(-1); top; top = trail.at(-1)) {
    const way = top.open.pop();
    if (!way) {
      closed.add(top.key);
      onTrail.delete(top.key);
      trail.pop();
      continue;
    }
    const index = onTrail.get(keyOf(way.to));
    if (index !== undefined) return [...trail.slice(index + 1).flatMap(({ cameBy }) => cameBy ?? []), way];
    if (!closed.has(keyOf(way.to))) enter(way.to, way);
  }
  return undefined;
}

/** The longest silent path from any block, with at most so many refusals; there are no loops but those through refusals. */
function getLongestSilence({ nodes, waysFrom }: SilentFlow, refusals: number): number {
  let fewer: Map<string, number> | undefined;
  for (let left = 0; left <= refusals; left += 1) {
    const longest = new Map<string, number>();
    for (const node of nodes) findLongestSilence(node, { waysFrom, longest, previous: fewer });
    fewer = longest;
  }
  return Math.max(0, ...(fewer?.values() ?? []));
}

interface Layer {
  waysFrom: SilentFlow['waysFrom'];
  longest: Map<string, number>;
  /** The same with one refusal less; none where nobody refuses any more. */
  previous: ReadonlyMap<string, number> | undefined;
}

function findLongestSilence(start: SilentNode, { waysFrom, longest, previous }: Layer): void {
  const stack = [start];
  for (let node = stack.at(-1); node; node = stack.at(-1)) {
    const ways = waysFrom(node).filter(({ isRefusal }) => !isRefusal);
    const unresolved = ways.filter(({ to }) => !longest.has(keyOf(to)));
    if (unresolved.length > 0 && !longest.has(keyOf(node))) {
      stack.push(...unresolved.map(({ to }) => to));
      continue;
    }
    stack.pop();
    const refused = previous ? waysFrom(node).filter(({ isRefusal }) => isRefusal) : [];
    longest.set(
      keyOf(node),
      Math.max(
        0,
        ...ways.map(({ maxMs, to }) => maxMs + (longest.get(keyOf(to)) ?? 0)),
        ...refused.map(({ maxMs, to }) => maxMs + (previous?.get(keyOf(to)) ?? 0)),
      ),
    );
  }
}

/** Each agent refuses once at most; where a configuration is known, only those whom some search can find. */
function countRefusals(flow: Flow, { configuration }: CheckOptions): number {
  if (!hasSearch(flow)) return 0;
  if (!configuration) return ASSUMED_AGENTS;
  const names = flow.document.blocks.flatMap((block) =>
    block.type === 'find-agent' ? listCapable(block, configuration).map(({ username }) => username) : [],
  );
  return new Set(names).size;
}

function describeRefusals(refusals: number): string {
  return refusals === 1 ? 'one agent refuses' : `${refusals} agents refuse one after the other`;
}

function hasSearch(flow: Flow): boolean {
  return flow.ways.some(({ by }) => by === 'reservation');
}

function toFinding(flow: Flow, loop: readonly SilentWay[]): CheckFinding {
  const ways = loop.map(({ way }) => way);
  const begin = ways[0]?.from ?? flow.start;
  const before = findPath(flow, { isGoal: (block) => block === begin }) ?? [];
  return {
    check: name,
    severity: 'error',
    code: 'endless-silence',
    message: `A silent customer goes round ${showRoute([begin, ...ways.map(({ to }) => to)])} and never comes to an agent or the end.`,
    remedy: 'Lead a timeout or a failure exit of this round to a block that ends the conversation.',
    path: ['blocks', begin],
    atKey: true,
    transcript: [...tellPath(flow, [...before, ...ways]), '(and so on, without end)'],
  };
}

function keyOf({ block, isReserved }: SilentNode): string {
  return isReserved ? `${block} *` : block;
}
