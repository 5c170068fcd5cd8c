import type { Flow, FlowWay } from './flow.ts';

/** What a way does to many questions at once, each by its number: it makes them so behind itself, or no longer so. */
export interface Turns {
  on?: readonly number[];
  off: readonly number[];
}

/**
 * Of many questions, such as "is the variable still unset?", in which blocks the answer can be yes: at the first block all of
 * them are, and each way turns some. The same as a search of its own for each, in one, a bit for each: 2,000 blocks with as
 * many variables would else be four million steps. Gives whether it can be so for a question as a run comes to a block.
 */
export function spread(
  flow: Flow,
  size: number,
  turn: (way: FlowWay) => Turns,
): (question: number, block: string) => boolean {
  const words = Math.ceil(size / BITS);
  const order = listInOrder(flow);
  const states = new Map<string, Uint32Array>([[flow.start, new Uint32Array(words).fill(ALL)]]);
  const turns = new Map<FlowWay, { on: Mask; off: Mask }>();
  const masksOf = (way: FlowWay): { on: Mask; off: Mask } => {
    const known = turns.get(way);
    if (known) return known;
    const { on = [], off } = turn(way);
    const masks = { on: toMask(on), off: toMask(off) };
    turns.set(way, masks);
    return masks;
  };
  /** Whether more is known of the way's end than before. */
  const follow = (way: FlowWay, state: Uint32Array): boolean => {
    const known = states.get(way.to);
    const target = known ?? new Uint32Array(words);
    states.set(way.to, target);
    return merge(target, state, masksOf(way)) || !known;
  };
  for (let open = new Set([flow.start]); open.size > 0;) {
    const changed = new Set<string>();
    for (const block of order) {
      const state = states.get(block);
      if (!state || !(open.has(block) || changed.has(block))) continue;
      changed.delete(block);
      for (const way of flow.waysFrom(block).filter((each) => follow(each, state))) changed.add(way.to);
    }
    open = changed;
  }
  return (question, block) => {
    const word = states.get(block)?.[Math.floor(question / BITS)] ?? 0;
    return (word & (1 << (question % BITS))) !== 0;
  };
}

const BITS = 32;
const ALL = 0xff_ff_ff_ff;

/** The words of a set that are not empty, by their place. */
type Mask = ReadonlyMap<number, number>;

function toMask(questions: readonly number[]): Mask {
  const mask = new Map<number, number>();
  for (const question of questions) {
    const word = Math.floor(question / BITS);
    mask.set(word, (mask.get(word) ?? 0) | (1 << (question % BITS)));
  }
  return mask;
}

/** Puts what comes along a way to what is known of its end; whether that is more than before. */
function merge(target: Uint32Array, source: Uint32Array, { on, off }: { on: Mask; off: Mask }): boolean {
  let isMore = false;
  for (let word = 0; word < target.length; word += 1) {
    const before = target[word] ?? 0;
    const along = ((source[word] ?? 0) & ~(off.get(word) ?? 0)) | (on.get(word) ?? 0);
    const after = (before | along) >>> 0;
    if (after === before) continue;
    target[word] = after;
    isMore = true;
  }
  return isMore;
}

/** The blocks that are reached, each behind those that lead to it as far as there is no round: what is known of it is complete then. */
function listInOrder(flow: Flow): string[] {
  const left: string[] = [];
  const seen = new Set([flow.start]);
  const trail = [{ block: flow.start, ways: [...flow.waysFrom(flow.start)] }];
  for (let top = trail.at(-1); top; top = trail.at(-1)) {
    const way = top.ways.pop();
    if (!way) {
      left.push(top.block);
      trail.pop();
    } else if (!seen.has(way.to)) {
      seen.add(way.to);
      trail.push({ block: way.to, ways: [...flow.waysFrom(way.to)] });
    }
  }
  return left.toReversed();
}
