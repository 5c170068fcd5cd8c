import { isRecord } from '../../contracts/is-record.ts';
import { CURRENT_VERSION, languageVersions, upgradeFields } from '../document/upgrade-fields.ts';
import { readSource } from '../parse/read-source.ts';
import type { SourcePath } from '../problems/finding.ts';
import { editSource, type Change } from './edit-source.ts';
import type { JsonValue } from './render-value.ts';

export type UpgradedSource = { source: string; from: number; to: number; changes: number } | { problem: string };

/**
 * Writes a scenario in today's version of the language: the version itself, and what means something else today, by the
 * smallest edits. `changes` counts the values beside the version. A source of today is given back as it is.
 */
export function upgradeSource(source: string): UpgradedSource {
  const { value, findings } = readSource(source);
  const [finding] = findings;
  if (finding || !isRecord(value)) return { problem: finding?.message ?? 'This is no scenario.' };
  const from = languageVersions.find((version) => version === value['attendant']);
  if (from === undefined) return { problem: `"attendant" must be ${languageVersions.join(' or ')}.` };
  if (from === CURRENT_VERSION) return { source, from, to: CURRENT_VERSION, changes: 0 };
  const changes = isRecord(value['blocks'])
    ? Object.entries(value['blocks']).flatMap((entry) => listChanges(entry, from))
    : [];
  const edited = editSource(source, [{ kind: 'set', path: ['attendant'], value: CURRENT_VERSION }, ...changes]);
  return 'problem' in edited ? edited : { ...edited, from, to: CURRENT_VERSION, changes: changes.length };
}

function listChanges([id, block]: [string, unknown], from: number): Change[] {
  if (!isRecord(block)) return [];
  return Object.entries(block).flatMap(([type, fields]) =>
    compare(fields, upgradeFields(from, type, fields), ['blocks', id, type]),
  );
}

/** The values that differ, as far inside as they can be told apart. */
function compare(before: unknown, after: unknown, path: SourcePath): Change[] {
  if (before === after) return [];
  if (isRecord(before) && isRecord(after) && Object.keys(before).join('\n') === Object.keys(after).join('\n')) {
    return Object.keys(before).flatMap((key) => compare(before[key], after[key], [...path, key]));
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- read from JSON or YAML, changed by an upgrade
  return [{ kind: 'set', path, value: after as JsonValue }];
}
