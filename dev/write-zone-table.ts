// Writes scenario-dsl/expression/zone-table.ts from the system's zoneinfo: npm run zone-table, after an update of tzdata.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const SOURCE = '/usr/share/zoneinfo';
const TARGET = 'scenario-dsl/expression/zone-table.ts';
const NO_ZONES = /^(?:posix\/|right\/|posixrules|localtime|Factory)|\./;

/** Changes of the clock that follow no rule are kept for these years, in seconds. */
const FROM = Date.UTC(2024, 0) / 1000;
const TO = Date.UTC(2037, 0) / 1000;

interface Zone {
  name: string;
  /** As POSIX writes it: CET-1CEST,M3.5.0,M10.5.0/3. */
  rule: string;
  changes: { at: number; offsetMinutes: number }[];
}

/** Source: RFC 8536, TZif version 2 and later. */
function readZone(name: string): Zone | undefined {
  const bytes = readFileSync(path.join(SOURCE, name));
  if (bytes.toString('latin1', 0, 4) !== 'TZif') return undefined;
  const first = readCounts(bytes, 0);
  const start = 44 + sizeOf(first, 4);
  const { times, types } = readCounts(bytes, start);
  const body = start + 44;
  const typesAt = body + times * 9;
  const changes = Array.from({ length: times }, (_, index) => {
    const type = bytes.readUInt8(body + times * 8 + index);
    return {
      at: Number(bytes.readBigInt64BE(body + index * 8)),
      offsetMinutes: Math.round(bytes.readInt32BE(typesAt + type * 6) / 60),
    };
  });
  const rule = bytes.toString('latin1', body + sizeOf(readCounts(bytes, start), 8)).trim();
  return { name, rule, changes: types === 0 ? [] : changes };
}

type Counts = Record<'isUtc' | 'isStandard' | 'leaps' | 'times' | 'types' | 'characters', number>;

function readCounts(bytes: Buffer, at: number): Counts {
  const count = (index: number): number => bytes.readUInt32BE(at + 20 + index * 4);
  return {
    isUtc: count(0),
    isStandard: count(1),
    leaps: count(2),
    times: count(3),
    types: count(4),
    characters: count(5),
  };
}

function sizeOf({ isUtc, isStandard, leaps, times, types, characters }: Counts, timeSize: number): number {
  return times * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + isStandard + isUtc;
}

/** -1CEST, -5:30, 3 as minutes east of Greenwich. */
function toMinutes(text: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-]?)(\d+)(?::(\d+))?$/.exec(text) ?? [];
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
}

/** A rule in minutes: `60`, or `60 120 3.5.0/120 10.5.0/180`: standard and summer time, and when each of them begins. */
function toRule(posix: string): string {
  const [, standard = '', summer, offset, begin, end] =
    /^(?:<[^>]+>|[A-Za-z]+)([+-]?[\d:]+)(?:(<[^>]+>|[A-Za-z]+)([+-]?[\d:]+)?,M([^,]+),M([^,]+))?$/.exec(posix) ?? [];
  if (standard === '') throw new Error(`No rule that this script knows: ${posix}`);
  const own = 0 - toMinutes(standard);
  if (summer === undefined) return String(own);
  const other = offset === undefined ? own + 60 : 0 - toMinutes(offset);
  return [own, other, ...[begin, end].map(toDay)].join(' ');
}

function toDay(day = ''): string {
  const [date = '', time = '2'] = day.split('/');
  return `${date}/${toMinutes(time)}`;
}

const zones = readdirSync(SOURCE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() || entry.isSymbolicLink())
  .map((entry) => path.relative(SOURCE, path.join(entry.parentPath, entry.name)))
  .filter((name) => !NO_ZONES.test(name))
  .toSorted()
  .flatMap((name) => readZone(name) ?? []);

const groups = new Map<string, string[]>();
for (const { name, rule } of zones) groups.set(toRule(rule), [...(groups.get(toRule(rule)) ?? []), name]);

/** Those of Ramadan: the clock changes, and the rule for the years after the last known one does not say so, or another day. */
const irregular = zones
  .filter(({ name }) => /^(?:Africa\/(?:Casablanca|El_Aaiun)|Asia\/(?:Gaza|Hebron))$/.test(name))
  .map(({ name, changes }) => {
    const kept = changes.filter(({ at }) => at >= FROM && at < TO);
    return `  '${name}': '${kept.map(({ at, offsetMinutes }) => `${at / 60}:${offsetMinutes}`).join(' ')}',`;
  });

const [, version = 'unknown'] = /version (\S+)/.exec(readFileSync(path.join(SOURCE, 'tzdata.zi'), 'utf8')) ?? [];

writeFileSync(
  TARGET,
  `// Written by dev/write-zone-table.ts (npm run zone-table) from IANA's time zone database, which is in the public domain.

/**
 * Edition ${version} of the database.
 * Zones by their rule, which holds today and for the years to come: minutes east of Greenwich of standard time; where there is
 * summer time also its minutes, and when summer and standard time begin: month.week.weekday/minutes of the clock until then.
 */
export const zonesByRule: Readonly<Record<string, string>> = {
${[...groups].map(([rule, names]) => `  '${rule}': '${names.join(' ')}',`).join('\n')}
};

/** Zones whose clock follows the moon: every change until 2037, as minutes since 1970 and minutes east of Greenwich behind it. */
export const irregularChanges: Readonly<Record<string, string>> = {
${irregular.join('\n')}
};
`,
);
