/** Does some work and tells how much processor time it took: unlike time on the wall, a busy machine adds none. */
export function measureProcessorMs<Result>(work: () => Result): { result: Result; tookMs: number } {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, tookMs: (user + system) / 1000 };
}
