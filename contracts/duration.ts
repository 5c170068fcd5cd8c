/** From the longest to the shortest, as a duration is shown. */
const UNITS_MS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
];

/** A number, which may have decimals, and a unit. */
export const DURATION_PATTERN = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)$/;

/** No wait is longer: Messenger itself lets nobody answer for so long. */
export const LONGEST_DURATION_MS = 30 * 86_400_000;

/**
 * Gives the milliseconds of `500ms`, `1.5s`, `2m`, `24h` or `1d`; undefined for anything else,
 * for zero and for more than 30 days, because every wait has a bound.
 */
export function parseDuration(text: string): number | undefined {
  const [, number, unit] = DURATION_PATTERN.exec(text) ?? [];
  const unitMs = UNITS_MS.find(([name]) => name === unit)?.[1];
  if (unitMs === undefined) return undefined;
  const ms = Math.round(Number(number) * unitMs);
  return ms > 0 && ms <= LONGEST_DURATION_MS ? ms : undefined;
}

/** As `parseDuration`, for text that a check has let through already. */
export function getDurationMs(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) throw new Error(`Unchecked duration "${text}": parse the scenario before compiling it.`);
  return ms;
}

/** Milliseconds as people read them: `1h 30m`, `10s`, `0s`. */
export function formatDuration(ms: number): string {
  let rest = ms;
  const parts: string[] = [];
  for (const [name, unitMs] of UNITS_MS) {
    const count = Math.floor(rest / unitMs);
    rest -= count * unitMs;
    if (count > 0) parts.push(`${count}${name}`);
  }
  return parts.join(' ') || '0s';
}

/** Gives whole milliseconds as one number and one unit, the largest that leaves no rest: `90s`. `parseDuration` reads it back. */
export function writeDuration(ms: number): string {
  const [name, unitMs] = UNITS_MS.find(([, each]) => ms % each === 0) ?? ['ms', 1];
  return `${ms / unitMs}${name}`;
}
