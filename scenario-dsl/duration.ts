const unitMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A number, which may have decimals, and a unit. */
export const durationPattern = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)$/;

/** No wait is longer: Messenger itself lets nobody answer for so long. */
const longestDurationMs = 30 * 86_400_000;

/**
 * Gives the milliseconds of `500ms`, `1.5s`, `2m`, `24h` or `1d`; undefined for anything else,
 * for zero and for more than 30 days, because every wait has a bound.
 */
export function parseDuration(text: string): number | undefined {
  const match = durationPattern.exec(text);
  if (!match) return undefined;
  const ms = Math.round(Number(match[1]) * (unitMs[match[2] ?? ''] ?? 0));
  return ms > 0 && ms <= longestDurationMs ? ms : undefined;
}

/** As `parseDuration`, for text that a check has let through already. */
export function getDurationMs(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) throw new Error(`Unchecked duration "${text}": parse the scenario before compiling it.`);
  return ms;
}
