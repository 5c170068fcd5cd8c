import { createHash } from 'node:crypto';
import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { AppError, type InputProblem } from '../../contracts/app-error.ts';
import type { ConfigurationDocument, ExpectedItem } from '../../contracts/configuration-schema.ts';
import { documentOf } from './describe-configuration.ts';
import { findItem, nameOf, type ConfigurationItem } from './find-item.ts';
import { nounOf } from './nouns.ts';

type ItemKind = keyof typeof documentOf;

/** The document of an item, without its secrets. */
function describeItem(kind: ItemKind, item: ConfigurationItem): ConfigurationDocument {
  return (documentOf[kind] as (item: ConfigurationItem) => ConfigurationDocument)(item);
}

/** Tells one state of an item's document from another; a secret is in none. */
function versionOf(document: ConfigurationDocument): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(document)))
    .digest('hex')
    .slice(0, 16);
}

/** The same for the same contents, in whatever order their keys were written. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const pairs = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(pairs.map(([key, inner]) => [key, sorted(inner)]));
}

/** Every item of a kind with its name, document and version. */
export function listItems(
  stored: ConfigurationSnapshot,
  kind: ItemKind,
): { item: ConfigurationItem; name: string; document: ConfigurationDocument; version: string }[] {
  const items: readonly ConfigurationItem[] = stored[nounOf[kind]]();
  return items.map((item) => {
    const document = describeItem(kind, item);
    return { item, name: nameOf(item), document, version: versionOf(document) };
  });
}

/**
 * Refuses a change of what is no longer as its author saw it.
 * @throws AppError CONFIGURATION_CHANGED naming each item
 */
export function requireExpected(stored: ConfigurationSnapshot, expected: readonly ExpectedItem[]): void {
  const details = expected.flatMap((each): InputProblem[] => {
    const { kind, name, version } = each;
    if (kind === 'scenario') return [];
    const item = findItem(stored, nounOf[kind], name);
    const found = item ? versionOf(describeItem(kind, item)) : null;
    return found === version ? [] : [describeConflict(each, found)];
  });
  if (details.length > 0) throw new AppError('CONFIGURATION_CHANGED', { details });
}

function describeConflict({ kind, name, version }: ExpectedItem, found: string | null): InputProblem {
  const path = `${kind}.${name}`;
  if (version === null)
    return {
      path,
      message: `there is a ${kind} "${name}" already`,
      remedy: 'Choose another name, or change that one.',
    };
  if (found === null)
    return { path, message: `${kind} "${name}" was deleted`, remedy: 'Write it again as a new one, or leave it.' };
  return { path, message: `${kind} "${name}" was changed`, remedy: 'Look at what differs, then write it again.' };
}
