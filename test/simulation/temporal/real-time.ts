/** What a simulated world needs of the real one; taken before the world puts its own clock in place. */
const realSetImmediate = globalThis.setImmediate;

/** Resolves when every promise that can go on has gone on. */
export function drainMicrotasks(): Promise<void> {
  return new Promise((resolve) => {
    realSetImmediate(resolve);
  });
}
