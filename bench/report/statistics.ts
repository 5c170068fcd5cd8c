/** The value below which `share` (0 to 1) of the samples lie, by nearest rank. NaN without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const rank = Math.ceil(share * sorted.length) - 1;
  return sorted[Math.max(0, Math.min(sorted.length - 1, rank))] ?? Number.NaN;
}

/** The middle sample; between two middle ones their mean. NaN without samples. */
export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (upper + lower) / 2;
}

/** Milliseconds that this process has worked, whatever else the machine does meanwhile. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Times `task` until it has run `times` times or `withinMs` have gone, whichever comes first; milliseconds each, by the clock. */
export function timeRepeated(
  task: () => unknown,
  { times, withinMs, clock = () => performance.now() }: { times: number; withinMs: number; clock?: () => number },
): number[] {
  const samples: number[] = [];
  const giveUpAt = performance.now() + withinMs;
  for (let n = 0; n < times && performance.now() < giveUpAt; n += 1) {
    const startedAt = clock();
    task();
    samples.push(clock() - startedAt);
  }
  return samples;
}
