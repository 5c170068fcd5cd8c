import { listRequiredInputs, listSetByInputs } from '../document/parameters.ts';
import type { Flow, FlowWay } from './flow.ts';

/** For each variable the blocks that can be reached without it being set; looked for once per variable. */
export function createUnsetSearch(flow: Flow): (variable: string) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>();
  const setters = collectSetters(flow);
  const everywhere = reachWithout(flow, new Set());
  const given = listSetByInputs(flow.document, listRequiredInputs(flow.document));
  return (variable) => {
    if (areSetting(given, variable)) return new Set();
    const setting = namesThatSet(variable).flatMap((set) => [...(setters.get(set) ?? [])]);
    if (setting.length === 0) return everywhere;
    const earlier = known.get(variable) ?? reachWithout(flow, new Set(setting));
    known.set(variable, earlier);
    return earlier;
  };
}

/** The variable itself, and `order.*` for the parts of a map that nobody knows here. */
function namesThatSet(variable: string): string[] {
  const parts = variable.split('.');
  return [variable, ...parts.slice(1).map((_, index) => `${parts.slice(0, index + 1).join('.')}.*`)];
}

/** The ways that set a variable, or a part of it. */
function collectSetters({ ways }: Flow): Map<string, Set<FlowWay>> {
  const setters = new Map<string, Set<FlowWay>>();
  for (const way of ways) {
    for (const part of way.sets.flatMap((set) =>
      set.split('.').map((_, index, parts) => parts.slice(0, index + 1).join('.')),
    )) {
      setters.set(part, (setters.get(part) ?? new Set()).add(way));
    }
  }
  return setters;
}

function reachWithout(flow: Flow, ways: ReadonlySet<FlowWay>): Set<string> {
  const reached = new Set([flow.start]);
  for (const block of reached) {
    for (const way of flow.waysFrom(block)) if (!ways.has(way)) reached.add(way.to);
  }
  return reached;
}

/**
 * Setting `agent.name` also sets `agent`, which is then a map; setting `agent` to a text makes no `agent.name`. `order.*` is a
 * map whose parts nobody knows here: the author does.
 */
export function areSetting(sets: readonly string[], variable: string): boolean {
  return sets.some(
    (set) =>
      set === variable ||
      set.startsWith(`${variable}.`) ||
      (set.endsWith('.*') && variable.startsWith(set.slice(0, -1))),
  );
}
