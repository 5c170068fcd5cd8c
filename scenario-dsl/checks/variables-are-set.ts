import type { Check, CheckFinding } from './check-report.ts';
import { findPath } from './find-path.ts';
import type { Flow, FlowWay } from './flow.ts';
import { tellPath } from './tell-path.ts';
import { listVariableReads, type VariableRead } from './variable-reads.ts';

const name = 'variables-are-set';

/** Each is told with a path of its own; whoever has so many has made one mistake many times. */
const maxFindings = 200;

/** Everything under these comes from the customer's profile, the configuration and the interaction. */
const providedRoots = new Set(['customer', 'page', 'entry', 'service', 'item']);

/** A variable without a fallback has a value on every path to where it is read. */
export const variablesAreSet: Check = {
  name,
  promise: 'Every variable without a fallback is set on every path before it is read.',
  certainty: 'sound',
  run: (flow) => {
    const unset = createUnsetSearch(flow);
    const reads = flow.document.blocks.flatMap((block) => listVariableReads(block));
    const early = reads.filter((read) => isOwn(read) && unset(read.variable).has(read.block));
    return { findings: early.slice(0, maxFindings).map((read) => toFinding(flow, read)) };
  },
};

function isOwn({ variable }: VariableRead): boolean {
  return !providedRoots.has(variable.split('.', 1)[0] ?? '');
}

/** For each variable the blocks that can be reached without it being set; looked for once per variable. */
function createUnsetSearch(flow: Flow): (variable: string) => Set<string> {
  const known = new Map<string, Set<string>>();
  return (variable) => {
    const earlier = known.get(variable);
    if (earlier) return earlier;
    const reached = new Set([flow.start]);
    for (const block of reached) {
      for (const { to, sets } of flow.waysFrom(block)) if (!areSetting(sets, variable)) reached.add(to);
    }
    known.set(variable, reached);
    return reached;
  };
}

/**
 * Setting `agent.name` also sets `agent`, which is then a map; setting `agent` to a text makes no `agent.name`. `order.*` is a
 * map whose parts nobody knows here: the author does.
 */
function areSetting(sets: readonly string[], variable: string): boolean {
  return sets.some(
    (set) =>
      set === variable ||
      set.startsWith(`${variable}.`) ||
      (set.endsWith('.*') && variable.startsWith(set.slice(0, -1))),
  );
}

function toFinding(flow: Flow, { block, variable, path, at, length }: VariableRead): CheckFinding {
  const isGoal = (candidate: string): boolean => candidate === block;
  const keepsUnset = ({ sets }: FlowWay): boolean => !areSetting(sets, variable);
  const usual = findPath(flow, { isGoal, mayTake: (way) => keepsUnset(way) && !isUnwiredLimit(flow, way) });
  const way = usual ?? findPath(flow, { isGoal, mayTake: keepsUnset }) ?? [];
  const route = [flow.start, ...way.map(({ to }) => to)].join(' → ');
  return {
    check: name,
    severity: usual ? 'error' : 'warning',
    code: 'variable-not-set',
    message: `$(${variable}) is read here, but not set on the way ${route}.`,
    remedy: usual
      ? `Set it on that way, or write what to say without it: $(${variable}|…).`
      : 'Wire the exit "queue-limit" on that way, or write what to say without the variable.',
    path: ['blocks', block, ...path],
    ...(at === undefined ? {} : { at }),
    ...(length === undefined ? {} : { length }),
    transcript: tellPath(flow, way),
  };
}

/** A full queue nobody thought of: it falls to the next block, which reads oddly then, but is no reason to hold a scenario back. */
function isUnwiredLimit(flow: Flow, { way, from }: FlowWay): boolean {
  return way === 'queue-limit' && !Object.hasOwn(flow.blocks.get(from)?.exits ?? {}, way);
}
