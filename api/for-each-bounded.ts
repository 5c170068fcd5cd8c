/**
 * Runs `task` over all items, at most `width` at once. The first failure stops the taking of new items; it is thrown
 * once those under way have ended.
 */
export async function forEachBounded<Item>(
  items: Iterable<Item>,
  width: number,
  task: (item: Item) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  let failure: { error: unknown } | undefined;

  async function work(): Promise<void> {
    for (let next = iterator.next(); !next.done && !failure; next = iterator.next()) {
      try {
        await task(next.value);
      } catch (error) {
        failure ??= { error };
      }
    }
  }

  await Promise.all(Array.from({ length: width }, work));
  if (failure) throw failure.error;
}
