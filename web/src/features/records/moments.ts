import type { MomentView } from '../../../../contracts/time-travel-schema.ts';

/** The variables as they are after a moment, by name, as JSON. */
export function variablesAt(moments: readonly MomentView[], index: number): [name: string, value: string][] {
  const variables = new Map<string, string>();
  for (const { changes } of moments.slice(0, index + 1)) {
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) variables.delete(name);
      else variables.set(name, value);
    }
  }
  return [...variables].toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** The blocks that it has been in up to a moment. */
export function visitedAt(moments: readonly MomentView[], index: number): ReadonlySet<string> {
  return new Set(moments.slice(0, index + 1).flatMap(({ left, block }) => [...left, block]));
}

/**
 * What has come since the moment before, up to this one; behind the last everything. Whoever decides something writes it before the scenario
 * is told of it.
 */
export function upTo<Event extends { at: string }>(
  events: readonly Event[],
  moments: readonly MomentView[],
  index: number,
): Event[] {
  const from = Date.parse(moments[index - 1]?.at ?? '0000-01-01T00:00:00Z');
  const to = index >= moments.length - 1 ? Infinity : Date.parse(moments[index]?.at ?? '');
  return events.filter(({ at }) => Date.parse(at) > from && Date.parse(at) <= to);
}
