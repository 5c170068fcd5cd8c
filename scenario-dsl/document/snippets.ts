import { isRecord } from '../../contracts/is-record.ts';
import { findSnippetName, type SaidText } from '../expression/said-text.ts';

/** Where the fields of a block name a snippet. */
export interface SnippetUse {
  path: readonly (string | number)[];
  name: string;
}

/** Every snippet that the fields of a block name. */
export function listSnippets(value: unknown, path: readonly (string | number)[]): SnippetUse[] {
  const name = findSnippetName(value);
  if (name !== undefined) return [{ path, name }];
  if (Array.isArray(value)) return value.flatMap((item, index) => listSnippets(item, [...path, index]));
  return isRecord(value) ? Object.entries(value).flatMap(([key, inner]) => listSnippets(inner, [...path, key])) : [];
}

/** The fields with the snippets in the places of their names. Of one that is missing the name is left. */
export function withSnippets(value: unknown, snippets: ReadonlyMap<string, SaidText>): unknown {
  const name = findSnippetName(value);
  if (name !== undefined) return snippets.get(name) ?? name;
  if (Array.isArray(value)) return value.map((item) => withSnippets(item, snippets));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withSnippets(inner, snippets)]));
}
