/** Prints lines with the time since the start in front. */
export function createProgress(print: (line: string) => void): (line: string) => void {
  const startedAt = performance.now();
  return (line) => print(`[${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(5)} s] ${line}`);
}
