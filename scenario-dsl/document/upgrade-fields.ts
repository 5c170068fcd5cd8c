// What every version of the language changed. A scenario says in "attendant" which one it is written in; older ones are read
// as what they mean today, so a change of the language never changes a scenario that somebody has published.

import { isRecord } from '../../contracts/is-record.ts';

export const languageVersions = [1, 2] as const;

export type LanguageVersion = (typeof languageVersions)[number];

export const CURRENT_VERSION: LanguageVersion = 2;

/** A step from one version to the next: what the fields of a block are called or mean there. */
interface Upgrade {
  to: LanguageVersion;
  upgradeFields(type: string, fields: unknown): unknown;
}

const upgrades: readonly Upgrade[] = [
  {
    // In version 2 a value of Set Variable that begins with "=" is an expression; in version 1 it was text as any other.
    to: 2,
    upgradeFields: (type, fields) => {
      if (type !== 'set-variable' || !isRecord(fields)) return fields;
      return mapValues(fields, (value) =>
        typeof value === 'string' && value.startsWith('=') ? `$('=')${value.slice(1)}` : value,
      );
    },
  },
];

/** The fields of a block, written in `version`, as they are written today; the same object where nothing changes. */
export function upgradeFields(version: number, type: string, fields: unknown): unknown {
  return upgrades
    .filter(({ to }) => to > version)
    .reduce((upgraded, upgrade) => upgrade.upgradeFields(type, upgraded), fields);
}

/** The same object where no value changes. */
function mapValues(map: Record<string, unknown>, change: (value: unknown) => unknown): Record<string, unknown> {
  const entries = Object.entries(map).map(([key, value]) => [key, change(value)] as const);
  return entries.every(([key, value]) => map[key] === value) ? map : Object.fromEntries(entries);
}
