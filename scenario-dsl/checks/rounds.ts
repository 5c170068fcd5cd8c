import type { FlowWay } from './flow.ts';
import { addTo } from './variable-index.ts';

/** The ways of a component, by their blocks. */
export interface Round {
  forward: ReadonlyMap<string, readonly string[]>;
  backward: ReadonlyMap<string, readonly string[]>;
}

/** Every way of a component with the whole of it. */
export function withLinks(ways: readonly FlowWay[]): [FlowWay, Round][] {
  const round = {
    forward: groupEnds(ways.map(({ from, to }) => [from, to])),
    backward: groupEnds(ways.map(({ from, to }) => [to, from])),
  };
  return ways.map((way) => [way, round]);
}

function groupEnds(pairs: readonly (readonly [string, string])[]): Map<string, string[]> {
  const ends = new Map<string, string[]>();
  for (const [from, to] of pairs) addTo(ends, from, to);
  return ends;
}

/**
 * Whether a way's end leads to its beginning without a move. Looked for from both sides at once, because a move is near to
 * one of them as a rule, and the rest of a large round is not looked at then.
 */
export function leadsBack(
  { forward, backward }: Round,
  { from, to }: FlowWay,
  isMove: (block: string) => boolean,
): boolean {
  if (from === to) return true;
  const ahead = createFront(to, (block) => (isMove(block) ? [] : (forward.get(block) ?? [])));
  const behind = createFront(from, (block) => (backward.get(block) ?? []).filter((before) => !isMove(before)));
  for (;;) {
    for (const [front, other] of [
      [ahead, behind],
      [behind, ahead],
    ] as const) {
      const found = front.advance();
      if (!found) return false;
      if (found.some((block) => other.seen.has(block))) return true;
    }
  }
}

interface Front {
  seen: ReadonlySet<string>;
  /** What is next to one more block; nothing where all of it was seen. */
  advance: () => readonly string[] | undefined;
}

function createFront(start: string, nextTo: (block: string) => readonly string[]): Front {
  const seen = new Set([start]);
  const open = seen.values();
  return {
    seen,
    advance: () => {
      const next = open.next();
      if (next.done) return undefined;
      const found = nextTo(next.value);
      for (const block of found) seen.add(block);
      return found;
    },
  };
}
