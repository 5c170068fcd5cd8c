/** Below this a number is seconds: as milliseconds it would lie before March 1973. */
const SECONDS_BELOW = 1e11;
/** From here on (year 5138) a number is no time Messenger means. */
const ABSURD_FROM = 1e14;

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/**
 * Gives epoch milliseconds for a time Messenger wrote as milliseconds or seconds, as number or string, or in ISO 8601 (the form of Graph's answers).
 * Gives undefined where there is none: missing, 0, negative, or no time at all.
 */
export function epochMs(value: unknown): number | undefined {
  if (typeof value === 'string' && ISO_TIME.test(value)) return epochMs(Date.parse(value));
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number <= 0 || number >= ABSURD_FROM) return undefined;
  return Math.round(number < SECONDS_BELOW ? number * 1000 : number);
}
