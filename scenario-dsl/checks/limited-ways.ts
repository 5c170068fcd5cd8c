import type { ScenarioBlock } from '../document/document.ts';
import type { Expression } from '../expression/expression.ts';
import { getCondition } from '../expression/parse-condition.ts';
import { getValueExpression } from '../expression/value-expression.ts';
import { findComponents } from './components.ts';
import type { Flow, FlowWay } from './flow.ts';
import { leadsBack, withLinks, type Round } from './rounds.ts';
import { addTo, indexByVariable } from './variable-index.ts';

/** A list that a search or an answer has given holds so many records at most. */
const MAX_RECORDS = 100;

/**
 * Ways that a run of silence can take only so often, each with how often: Get Next Record takes a record off a list that
 * nothing in the round fills again, and an If asks a counter that every round moves one way and nothing in it sets back.
 * Found component by component: what is limited is taken out, and what is left is looked at again.
 */
export function findLimitedWays(flow: Flow, ways: readonly FlowWay[]): Map<FlowWay, number> {
  const limited = new Map<FlowWay, number>();
  const most = Math.max(10, Math.floor(MOST_LOOKS / (ways.length + 1)));
  const limiters = listAllLimiters(flow).slice(0, most);
  for (let depth = 0; depth < MOST_DEPTH && limiters.length > 0; depth += 1) {
    const rounds = listRounds(ways.filter((way) => !limited.has(way)));
    const roundOf = new Map(rounds.flatMap((round) => withLinks(round)));
    const found = limiters.flatMap((limiter) => listLimited(roundOf.get(limiter.way), limiter));
    if (found.length === 0) break;
    for (const { way, times } of found) limited.set(way, times);
  }
  return limited;
}

/** Rounds within rounds are looked at so deep, and ways so often: a hostile file costs a bounded time, and is reported. */
const MOST_DEPTH = 10;
const MOST_LOOKS = 2_000_000;

/** What bounds how often a way is taken: a round through it moves `variable` towards the limit. */
interface Limiter {
  /** Blocks that give the variable a value. */
  setters: ReadonlySet<string>;
  way: FlowWay;
  times: number;
  /** True for a block that only moves the variable on. */
  isMove: (block: string) => boolean;
}

function listAllLimiters(flow: Flow): Limiter[] {
  const settersOf = groupSetters(flow);
  const assignments = new Map<string, Assignment[]>();
  for (const assignment of flow.document.blocks.flatMap(listAssignments))
    addTo(assignments, assignment.variable, assignment);
  const counters = new Map(
    [...assignments].flatMap(([name, all]): [string, Counter][] =>
      all.some(({ step }) => step !== undefined) ? [[name, { assignments: all, setters: settersOf(name) }]] : [],
    ),
  );
  return flow.document.blocks.flatMap((block) => listLimiters(flow, block, { counters, settersOf }));
}

interface Known {
  counters: ReadonlyMap<string, Counter>;
  settersOf: SettersOf;
}

function listLimiters(flow: Flow, block: ScenarioBlock, { counters, settersOf }: Known): Limiter[] {
  if (block.type === 'get-next-record') {
    const [way] = flow.waysFrom(block.id).filter((each) => each.way === 'next');
    if (!way) return [];
    const setters = new Set(settersOf(block.fields.from));
    return [{ setters, way, times: MAX_RECORDS, isMove: (id) => id === block.id }];
  }
  if (block.type !== 'if' || counters.size === 0) return [];
  const ways = flow.waysFrom(block.id);
  const conditions = block.fields.flatMap(({ when }) => (when === undefined ? [] : [getCondition(when)]));
  return conditions.flatMap((condition, index) => {
    const later = ways.slice(index + 1).filter(({ by }) => by === 'scenario');
    const bound = (holds: boolean, limitedWays: readonly FlowWay[]): Limiter[] =>
      listBounds(condition, holds).flatMap((each) => {
        const counter = counters.get(each.variable);
        return counter && isOnlyCounted(flow, counter) ? toLimiters(each, counter, limitedWays) : [];
      });
    return [...bound(true, ways.slice(index, index + 1)), ...bound(false, later)];
  });
}

/** Within it the variable is below (`up`) or above (`down`) a number. */
interface Bound {
  variable: string;
  direction: 'up' | 'down';
  limit: number;
  /** It has to become the limit itself. */
  isExact?: boolean;
}

/** What must hold of numbers where a condition holds, or, for `holds` false, where it does not. */
function listBounds(condition: Expression, holds: boolean): Bound[] {
  if (condition.kind === 'not') return listBounds(condition.operand, !holds);
  if (condition.kind === (holds ? 'and' : 'or')) {
    return [...listBounds(condition.left, holds), ...listBounds(condition.right, holds)];
  }
  return condition.kind === 'compare' && !condition.negated ? boundsOf(condition, holds) : [];
}

function boundsOf({ left, operator, right }: Extract<Expression, { kind: 'compare' }>, holds: boolean): Bound[] {
  const variable = readVariable(left);
  const limit = readNumber(right);
  if (variable === undefined || limit === undefined) return [];
  // A counter that goes up by one comes past every whole number.
  if (operator === '==' && !holds) return [{ variable, limit, direction: 'up', isExact: true }];
  const isBelow = operator === '<' || operator === '<=';
  const isAbove = operator === '>' || operator === '>=';
  return isBelow || isAbove ? [{ variable, limit, direction: isBelow === holds ? 'up' : 'down' }] : [];
}

/** A variable that some Set Variable moves by a step. */
interface Counter {
  assignments: readonly Assignment[];
  setters: readonly string[];
}

function isOnlyCounted(flow: Flow, { assignments, setters }: Counter): boolean {
  const isKnown = assignments.every(({ start, step }) => start !== undefined || step !== undefined);
  return isKnown && setters.every((block) => ofType(flow, block, 'set-variable'));
}

function toLimiters(
  { direction, limit, isExact }: Bound,
  { assignments, setters }: Counter,
  ways: readonly FlowWay[],
): Limiter[] {
  const starts = assignments.flatMap(({ start }) => start ?? []);
  const moves = assignments.filter(({ step }) => step !== undefined && step > 0 === (direction === 'up'));
  if (moves.length === 0) return [];
  const isMet = limit >= 0 && [limit, ...starts].every((number) => Number.isInteger(number) && number <= limit);
  if (isExact && !(isMet && assignments.every(({ step }) => step === undefined || step === 1))) return [];
  const smallest = Math.min(...moves.map(({ step }) => Math.abs(step ?? 1)));
  const farthest = Math.max(0, ...starts.map((start) => (direction === 'up' ? limit - start : start - limit)));
  const times = Math.ceil((starts.length === 0 ? Math.abs(limit) : farthest) / smallest) + 1;
  const movers = new Set(moves.map(({ block }) => block));
  const touching = new Set(setters);
  return ways.map((way) => ({ setters: touching, way, times, isMove: (id) => movers.has(id) }));
}

interface Assignment {
  variable: string;
  block: string;
  /** A number as such. */
  start?: number;
  /** By how much the variable is moved. */
  step?: number;
}

function listAssignments(block: ScenarioBlock): Assignment[] {
  if (block.type !== 'set-variable') return [];
  return Object.entries(block.fields).map(([variable, value]) => {
    const expression = typeof value === 'string' ? getValueExpression(value) : undefined;
    const start = typeof value === 'number' ? value : expression && readNumber(expression);
    const step = expression && readStep(expression, variable);
    return {
      variable,
      block: block.id,
      ...(start !== undefined && { start }),
      ...(step !== undefined && { step }),
    };
  });
}

/** `$(tries) + 1`: 1; `$(left) - 1`: -1; nothing for anything else. */
function readStep(expression: Expression, variable: string): number | undefined {
  if (expression.kind !== 'arithmetic' || readVariable(expression.left) !== variable) return undefined;
  const by = readNumber(expression.right);
  if (by === undefined || by === 0) return undefined;
  if (expression.operator === '+') return by;
  return expression.operator === '-' ? -by : undefined;
}

function readVariable(expression: Expression): string | undefined {
  if (expression.kind === 'variable') return expression.path.join('.');
  // A fallback counts on from a number only.
  if (expression.kind !== 'substitution' || Number.isNaN(Number(expression.fallback ?? 0))) return undefined;
  return readVariable(expression.value);
}

function readNumber(expression: Expression): number | undefined {
  if (expression.kind === 'literal') return typeof expression.value === 'number' ? expression.value : undefined;
  if (expression.kind !== 'negative') return undefined;
  const value = readNumber(expression.operand);
  return value === undefined ? undefined : -value;
}

/** The ways of each component that has a round. */
function listRounds(ways: readonly FlowWay[]): FlowWay[][] {
  const componentOf = findComponents(ways);
  const rounds = new Map<number, FlowWay[]>();
  for (const way of ways) {
    const component = componentOf.get(way.from);
    if (component === undefined || component !== componentOf.get(way.to)) continue;
    const round = rounds.get(component) ?? [];
    round.push(way);
    rounds.set(component, round);
  }
  return [...rounds.values()];
}

/** The limiter's way, where no round through it does without a move, and nothing in the component sets the variable back. */
function listLimited(
  round: Round | undefined,
  { setters, way, times, isMove }: Limiter,
): { way: FlowWay; times: number }[] {
  if (!round) return [];
  for (const setter of setters) if (round.forward.has(setter) && !isMove(setter)) return [];
  return isMove(way.from) || !leadsBack(round, way, isMove) ? [{ way, times }] : [];
}

type SettersOf = (variable: string) => readonly string[];

/** Blocks that give a variable, a part of it or a map that holds it a value. What an If or a Switch finds out it does not set. */
function groupSetters(flow: Flow): SettersOf {
  const setting = flow.ways.filter(
    ({ from, sets }) => sets.length > 0 && !ofType(flow, from, 'if') && !ofType(flow, from, 'switch'),
  );
  return indexByVariable(
    setting.flatMap(({ from, sets }) =>
      [...new Set(sets.map((set) => set.replace(/\.\*$/, '')))].map((name) => [name, from] as const),
    ),
  );
}

function ofType(flow: Flow, block: string, type: ScenarioBlock['type']): boolean {
  return flow.blocks.get(block)?.type === type;
}
