/**
 * Waits until a look gives something true, and gives it. Looks every 20 ms; fails with what it saw last after
 * `withinMs`, so that a test says what was missing and not just that it took long.
 */
export async function until<Result>(
  what: string,
  look: () => Result | Promise<Result>,
  withinMs = 60_000,
): Promise<NonNullable<Result>> {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > giveUpAt) throw new Error(`Not seen within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
