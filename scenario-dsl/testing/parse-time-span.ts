import { parseDuration } from '../../contracts/duration.ts';

/** Gives the milliseconds of `23h59m` or `1d 30s`: durations of the language one after the other. Undefined for anything else. */
export function parseTimeSpan(text: string): number | undefined {
  const parts = text.match(/\d+(?:\.\d+)?(?:ms|[smhd])/g) ?? [];
  if (parts.length === 0 || parts.join('') !== text.replaceAll(/\s/g, '')) return undefined;
  return parts.reduce<number | undefined>((sum, part) => {
    const ms = parseDuration(part);
    return sum === undefined || ms === undefined ? undefined : sum + ms;
  }, 0);
}
