// What a clock on the wall shows in a time zone. By a table of our own, which comes with the version of this program: Intl's
// changes with Node, and a step that is replayed has to come to the same (docs/decisions.md).
import { toDays } from './calendar-days.ts';
import { irregularChanges, zonesByRule } from './zone-table.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Where summer or standard time begins: the week counts the weekday in its month, 5 is the last; 0 is Sunday. */
interface ClockChange {
  month: number;
  week: number;
  weekday: number;
  /** Of the clock until then; it may lie on another day. */
  minutes: number;
}

interface Zone {
  standardMs: number;
  summer?: { offsetMs: number; begin: ClockChange; end: ClockChange };
  /** Changes that follow no rule, the earliest first. */
  irregular?: readonly { at: number; offsetMs: number }[];
}

/** The zones' rules by their names in small letters; made once. */
let rules: ReadonlyMap<string, string> | undefined;

/** The names of all zones, for suggestions. */
export function listZones(): string[] {
  return Object.values(zonesByRule).flatMap((names) => names.split(' '));
}

function findRule(name: string): string | undefined {
  rules ??= new Map(
    Object.entries(zonesByRule).flatMap(([rule, names]) => names.split(' ').map((each) => [each.toLowerCase(), rule])),
  );
  return rules.get(name.toLowerCase());
}

/** Whether there is a zone of the name, `Europe/Vienna`; letters' case does not count. */
export function isKnownZone(name: string): boolean {
  return findRule(name) !== undefined;
}

const known = new Map<string, Zone>();

/** A zone that is not in the table is UTC. */
function getZone(name: string): Zone {
  const earlier = known.get(name);
  if (earlier) return earlier;
  const rule = findRule(name);
  if (rule === undefined) return { standardMs: 0 };
  const zone = { ...readRule(rule), ...readIrregular(name) };
  known.set(name, zone);
  return zone;
}

function readRule(rule: string): Zone {
  const [standard = '0', summer, begin, end] = rule.split(' ');
  const standardMs = Number(standard) * MINUTE_MS;
  if (summer === undefined) return { standardMs };
  return {
    standardMs,
    summer: { offsetMs: Number(summer) * MINUTE_MS, begin: readChange(begin), end: readChange(end) },
  };
}

function readChange(change = ''): ClockChange {
  const [month = 1, week = 1, weekday = 0, minutes = 0] = change.split(/[./]/).map(Number);
  return { month, week, weekday, minutes };
}

function readIrregular(name: string): Pick<Zone, 'irregular'> {
  const [, changes] =
    Object.entries(irregularChanges).find(([each]) => each.toLowerCase() === name.toLowerCase()) ?? [];
  if (changes === undefined) return {};
  const irregular = changes.split(' ').map((change) => {
    const [at = 0, minutes = 0] = change.split(':').map(Number);
    return { at: at * MINUTE_MS, offsetMs: minutes * MINUTE_MS };
  });
  return { irregular };
}

/** How far a zone's clock is before UTC at a moment, in milliseconds. A zone that nobody knows is UTC. */
export function getOffsetMs(zoneName: string, ms: number): number {
  if (zoneName === 'UTC') return 0;
  const { standardMs, summer, irregular } = getZone(zoneName);
  const last = irregular?.at(-1);
  if (irregular && last && ms < last.at) {
    const change = irregular.findLast(({ at }) => at <= ms);
    if (change) return change.offsetMs;
  }
  if (!summer) return standardMs;
  const year = new Date(ms + standardMs).getUTCFullYear();
  const begin = momentOf(summer.begin, year) - standardMs;
  const end = momentOf(summer.end, year) - summer.offsetMs;
  const isSummer = begin < end ? begin <= ms && ms < end : !(end <= ms && ms < begin);
  return isSummer ? summer.offsetMs : standardMs;
}

/** When the clock is changed in a year, in its own time until then. */
function momentOf({ month, week, weekday, minutes }: ClockChange, year: number): number {
  const first = toDays(year, month, 1) ?? 0;
  // 1 January 1970 was a Thursday.
  const toWeekday = (((weekday - first - 4) % 7) + 7) % 7;
  const nextMonth = (month === 12 ? toDays(year + 1, 1, 1) : toDays(year, month + 1, 1)) ?? 0;
  let day = first + toWeekday + (week - 1) * 7;
  while (day >= nextMonth) day -= 7;
  return day * DAY_MS + minutes * MINUTE_MS;
}

/**
 * The moment at which a zone's clock shows a time (milliseconds since 1970, as if it were UTC). Of a time that there is twice
 * it is the first; of one that a spring night skips, the one as long after the change.
 */
export function toInstant(zoneName: string, localMs: number): number {
  const before = getOffsetMs(zoneName, localMs - DAY_MS);
  if (getOffsetMs(zoneName, localMs - before) === before) return localMs - before;
  const after = getOffsetMs(zoneName, localMs + DAY_MS);
  return getOffsetMs(zoneName, localMs - after) === after ? localMs - after : localMs - before;
}
