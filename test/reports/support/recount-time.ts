/** Time by Intl, for the recount: the product has a table of its own. */
export interface RecountSettings {
  from: number;
  to: number;
  now: number;
  zone: string;
  bucket: string;
  targetMs: (service: string) => number;
  teamsOf: (agent: string) => string[];
}

export function labelTime(ms: number, { zone, bucket }: Pick<RecountSettings, 'zone' | 'bucket'>): string {
  if (bucket === 'all') return 'all';
  const parts = partsOf(ms, zone);
  const day = `${parts['year']}-${parts['month']}-${parts['day']}`;
  if (bucket === 'hour') return `${day} ${parts['hour']} ${parts['timeZoneName']}`;
  if (bucket === 'day') return day;
  if (bucket === 'month') return day.slice(0, 7);
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return `week of ${date.toISOString().slice(0, 10)}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, Record<string, string>>();

function partsOf(ms: number, zone: string): Record<string, string> {
  // Clocks change at full minutes.
  const key = `${zone} ${Math.floor(ms / 60_000)}`;
  const earlier = known.get(key);
  if (earlier) return earlier;
  let format = formats.get(zone);
  if (!format) {
    const two = '2-digit' as const;
    const fields = {
      year: 'numeric',
      month: two,
      day: two,
      hour: two,
      hourCycle: 'h23',
      timeZoneName: 'shortOffset',
    } as const;
    format = new Intl.DateTimeFormat('en', { timeZone: zone, ...fields });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
  known.set(key, parts);
  return parts;
}

/** A stretch by the labels of its time: halved until one label is left. */
export function split(from: number, to: number, settings: RecountSettings): { from: number; to: number }[] {
  const [begin, end] = [Math.max(from, settings.from), Math.min(to, settings.to)];
  if (begin >= end) return [];
  // No bucket comes twice.
  if (labelTime(begin, settings) === labelTime(end - 1, settings)) return [{ from: begin, to: end }];
  const middle = Math.floor((begin + end) / 2);
  return [...split(begin, middle, settings), ...split(middle, end, settings)];
}
