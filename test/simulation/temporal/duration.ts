const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of a duration as Temporal takes it: a number, or text as `'8s'`. */
export function toMs(duration: string | number | undefined): number | undefined {
  if (duration === undefined || typeof duration === 'number') return duration;
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)/.exec(duration) ?? [];
  if (amount === undefined || unit === undefined) throw new Error(`Unknown duration "${duration}"`);
  return Number(amount) * UNITS[unit as keyof typeof UNITS];
}
