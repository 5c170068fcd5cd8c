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

/** What has come since the moment before, and not after this one. */
export function between<Event extends { at: string }>(
  events: readonly Event[],
  moments: readonly MomentView[],
  index: number,
): Event[] {
  // A decision is written a moment after what led to it: it belongs to the moment that it came behind.
  const [from, to] = [moments[index]?.at, moments[index + 1]?.at];
  if (from === undefined) return [];
  return events.filter(({ at }) => {
    const isBehind = Date.parse(at) >= Date.parse(from);
    return isBehind && (to === undefined || Date.parse(at) < Date.parse(to));
  });
}
