/** A stream of numbers of at least 0 and below 1. */
export type RandomStream = () => number;

/** Where everything random of one world comes from: streams by name, so that one story more disturbs no other. */
export interface Random {
  stream(name: string, of?: string): RandomStream;
  /** The same stream from its beginning, whoever has drawn from it before. */
  freshStream(name: string): RandomStream;
}

/** Creates the streams of one seed. The same seed and name give the same numbers. */
export function createRandom(seed: number): Random {
  const streamsByName = new Map<string, Map<string, RandomStream>>();
  const streamsOf = (name: string): Map<string, RandomStream> => {
    const known = streamsByName.get(name);
    if (known) return known;
    const created = new Map<string, RandomStream>();
    streamsByName.set(name, created);
    return created;
  };
  return {
    stream(name, of = '') {
      const streams = streamsOf(name);
      const known = streams.get(of);
      if (known) return known;
      const created = createStream(hash(seed, of === '' ? name : `${name} ${of}`));
      streams.set(of, created);
      return created;
    },
    freshStream: (name) => createStream(hash(seed, name)),
  };
}

/** An integer of at least `from` and at most `to`. */
export function pickInteger(next: RandomStream, from: number, to: number): number {
  return from + Math.floor(next() * (to - from + 1));
}

/** One of the items, each as likely as the other. */
export function pickOne<Item>(next: RandomStream, items: readonly Item[]): Item {
  const item = items[Math.floor(next() * items.length)];
  if (item === undefined) throw new Error('Nothing to pick from');
  return item;
}

/** True with the probability given. */
export function isLucky(next: RandomStream, probability: number): boolean {
  return next() < probability;
}

/** FNV-1a over the name, begun with the seed. */
function hash(seed: number, name: string): number {
  let value = (2_166_136_261 ^ seed) >>> 0;
  for (let index = 0; index < name.length; index += 1) {
    value = Math.imul(value ^ name.charCodeAt(index), 16_777_619);
  }
  return value >>> 0;
}

/** Mulberry32: 32 bits of state are plenty for one stream of one world. */
function createStream(state: number): RandomStream {
  let current = state;
  return () => {
    current = (current + 0x6d2b79f5) | 0;
    let mixed = Math.imul(current ^ (current >>> 15), 1 | current);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
