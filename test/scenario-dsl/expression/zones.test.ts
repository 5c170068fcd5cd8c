import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../scenario-dsl/expression/evaluate.ts';
import { dateWords } from '../../../scenario-dsl/expression/date-words.ts';
import { knownLocales } from '../../../scenario-dsl/expression/locales.ts';
import { parseExpression } from '../../../scenario-dsl/expression/parse-expression.ts';
import { withNow } from '../../../scenario-dsl/expression/place.ts';
import type { Variables } from '../../../scenario-dsl/expression/variables.ts';
import { getOffsetMs, isKnownZone, listZones, toInstant } from '../../../scenario-dsl/expression/zones.ts';

function valueOf(source: string, variables: Variables = {}): unknown {
  const parsed = parseExpression(source);
  if ('fault' in parsed) throw new Error(parsed.fault.message);
  return evaluate(parsed.expression, variables);
}

/** What this machine's Node shows in a zone. */
function createIntl(zone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (ms) => {
    const parts = format.formatToParts(ms);
    const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
    return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - ms;
  };
}

/** Whose rules have stood for long; others change by decree, and Node's tables with them. */
const steadyZones = [
  'UTC',
  'Europe/Vienna',
  'Europe/London',
  'Europe/Dublin',
  'Europe/Lisbon',
  'Europe/Athens',
  'America/New_York',
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Santiago',
  'America/Nuuk',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Asia/Jerusalem',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Africa/Casablanca',
  'Antarctica/Troll',
];

/** The moment in UTC at which clocks in Vienna show a time. */
function local(text: string): string {
  return new Date(toInstant('Europe/Vienna', Date.parse(`${text}Z`))).toISOString().slice(0, 16);
}

function faultOf(pattern: string): unknown {
  const parsed = parseExpression(`formatDate(at, '${pattern}')`);
  return 'fault' in parsed ? parsed.fault.remedy : undefined;
}

const HOUR_MS = 60 * 60 * 1000;

describe('A time zone', () => {
  it.each(steadyZones)('%s shows what Intl shows, at every seventh hour of 2026 to 2028', (zone) => {
    const differences: string[] = [];
    const shownByIntl = createIntl(zone);
    for (let ms = Date.UTC(2026, 0); ms < Date.UTC(2029, 0); ms += 7 * HOUR_MS) {
      if (getOffsetMs(zone, ms) !== shownByIntl(ms)) differences.push(new Date(ms).toISOString());
    }
    expect(differences).toEqual([]);
  });

  it('is known by each of its names, whatever the case of its letters', () => {
    expect(['Europe/Kiev', 'Europe/Kyiv', 'asia/calcutta', 'UTC', 'Etc/GMT+5'].map(isKnownZone)).toEqual(
      Array.from({ length: 5 }, () => true),
    );
    expect(['Vienna', '', 'Europe/Wien', '+01:00'].map(isKnownZone)).toEqual([false, false, false, false]);
    expect(listZones().length).toBeGreaterThan(590);
  });

  it('that nobody knows is UTC', () => {
    expect(valueOf(`hour('2026-07-01T10:00Z')`, { timeZone: 'Mars/Olympus' })).toBe(10);
    expect(valueOf(`hour('2026-07-01T10:00Z')`, { timeZone: 5 })).toBe(10);
  });

  it('has one moment for each time on its clock', () => {
    expect(local('2026-07-01T12:00')).toBe('2026-07-01T10:00');
    // Skipped by a spring night, and there twice in autumn.
    expect(local('2026-03-29T02:30')).toBe('2026-03-29T01:30');
    expect(local('2026-10-25T02:30')).toBe('2026-10-25T00:30');
    expect(local('2026-10-25T03:00')).toBe('2026-10-25T02:00');
  });
});

describe('In a time zone', () => {
  const vienna = { timeZone: 'Europe/Vienna', at: '2026-12-23T23:30:00Z' };

  it.each([
    ['date(at)', '2026-12-24'],
    ['hour(at)', 0],
    ['weekday(at)', 4],
    [`formatDate(at, 'd.M. HH:mm')`, '24.12. 00:30'],
    [`daysBetween('2026-12-24', at)`, 0],
    [`at on '2026-12-24'`, true],
    [`at before '2026-12-24'`, false],
    // Without an offset it is what clocks show there.
    [`minutesBetween(at, '2026-12-24T01:00')`, 30],
    [`formatDate('2026-07-01T09:00', 'H:mm')`, '9:00'],
    [`minutesBetween('2026-12-24', at)`, 30],
    // The same time of day, although the clocks have been changed between.
    [`formatDate(addDays('2026-03-28T08:00Z', 1), 'H:mm')`, '9:00'],
    [`addDays('2026-03-28T08:00Z', 1)`, '2026-03-29T07:00:00Z'],
    [`addMonths('2026-01-30T23:30Z', 1)`, '2026-02-27T23:30:00Z'],
  ])('%s', (expression, value) => {
    expect(valueOf(expression, vienna)).toBe(value);
  });

  it('a day begins: today', () => {
    const variables = withNow({ timeZone: 'Europe/Vienna' }, Date.parse('2026-12-23T23:30Z'));
    expect(valueOf('today', variables)).toBe('2026-12-24');
    expect(valueOf('addDays(today, 60)', variables)).toBe('2027-02-22');
    expect(valueOf('now', variables)).toBe('2026-12-23T23:30:00Z');
    expect(valueOf('today', { ...variables, timeZone: 'America/New_York' })).toBe('2026-12-23');
  });

  it('today and now are nothing where nobody says what time it is, and what an author called so stays that', () => {
    expect(valueOf('today')).toBeUndefined();
    expect(valueOf('today', withNow({ today: 'a fine day' }, 0))).toBe('a fine day');
  });
});

describe('The names of days and months', () => {
  it.each([
    ['en', 'Thursday 24 December, Thu 24 Dec'],
    ['de-AT', 'Donnerstag 24 Dezember, Do 24 Dez.'],
    ['fr-CH', 'jeudi 24 décembre, jeu. 24 déc.'],
    ['ru', 'четверг 24 декабря, чт 24 дек.'],
    ['fi', 'torstai 24 joulukuuta, to 24 joulukuuta'],
    ['no', 'torsdag 24 desember, tor. 24 des.'],
  ])('are those of %s', (locale, said) => {
    expect(valueOf(`formatDate('2026-12-24', 'EEEE d MMMM, EEE d MMM', locale)`, { locale })).toBe(said);
    expect(valueOf(`formatDate('2026-12-24', 'EEEE d MMMM, EEE d MMM')`, { locale })).toBe(said);
  });

  it('are Austrian in Austria, and English where nobody knows the language', () => {
    expect(valueOf(`formatDate('2027-01-06', 'd. MMMM', 'de-AT')`)).toBe('6. Jänner');
    expect(valueOf(`formatDate('2027-01-06', 'd. MMMM', 'de')`)).toBe('6. Januar');
    expect(valueOf(`formatDate('2027-01-06', 'MMMM', lang)`, { lang: 'tlh' })).toBe('January');
  });

  it('are known in every language whose numbers are', () => {
    const languages = knownLocales.map((locale) => (locale === 'no' ? 'nb' : (locale.split('-')[0] ?? '')));
    expect(languages.filter((language) => !Object.hasOwn(dateWords, language))).toEqual([]);
    const counts = Object.values(dateWords).flatMap(({ months, shortMonths = months, monthsAlone = months, ...rest }) =>
      [months, shortMonths, monthsAlone, rest.days, rest.shortDays, rest.near].map((names) => names.split('|').length),
    );
    expect(new Set(counts)).toEqual(new Set([12, 7, 4]));
  });

  it('a pattern that a newcomer would write is told right', () => {
    expect(faultOf('dddd, D MMMM YYYY')).toBe('Write EEEE, d MMMM yyyy.');
    expect(faultOf('EEEE d. MMMM, HH:mm')).toBeUndefined();
    expect(faultOf('h:mm a')).toBeUndefined();
    expect(faultOf('h:mm')).toBe('Write HH for hours from 0 to 23, or add "a": h:mm a.');
    expect(faultOf('d MMMM at HH:mm')).toBe(
      'Words stand in brackets: [at]; the parts are yyyy, yy, MMMM, MMM, MM, M, dd, d, EEEE, EEE, HH, H, h, mm, ss and a (am or pm).',
    );
  });
});
