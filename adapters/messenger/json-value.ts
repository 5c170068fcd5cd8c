import { isRecord } from '../../contracts/is-record.ts';

/** A JSON object of unknown content. Read it through `fieldOf` only: its keys are a stranger's. */
export type JsonRecord = Record<string, unknown>;

const MAX_ID_LENGTH = 256;
const CONTROL_CHARACTER = /\p{Cc}/u;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Gives the value as a JSON object, or undefined for anything else. */
export function recordOf(value: unknown): JsonRecord | undefined {
  return isRecord(value) ? value : undefined;
}

/** Finds the first of the spellings among the object's own keys; null counts as absent. */
export function fieldOf(record: JsonRecord | undefined, ...spellings: string[]): unknown {
  if (record === undefined) return undefined;
  for (const name of spellings) {
    if (Object.hasOwn(record, name) && record[name] !== null) return record[name];
  }
  return undefined;
}

/** Cuts a text to so many UTF-16 units, never through a character. */
export function cutText(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length).toWellFormed()}…`;
}

/**
 * Finds a field in whichever spelling it comes: `account_linking`, `account-linking`, `accountLinking`. `name` is the
 * documented one, with underscores. Source: both spellings of `policy_enforcement` exist; libraries write camel case.
 */
export function spelledField(record: JsonRecord | undefined, name: string): unknown {
  return fieldOf(record, ...spellingsOf(name));
}

const spellings = new Map<string, string[]>();

function spellingsOf(name: string): string[] {
  const known = spellings.get(name);
  if (known) return known;
  const camelCase = name.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
  const all = [...new Set([name, name.replaceAll('_', '-'), camelCase])];
  spellings.set(name, all);
  return all;
}

/** Gives a list for a list, a list of one for a single object (some senders leave the brackets out), else none. */
export function itemsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return recordOf(value) === undefined ? [] : [value];
}

/** Gives a text for a non-empty string or a number, with lone surrogates replaced so that every store can hold it. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value === '') return undefined;
  return value.replace(LONE_SURROGATE, '\uFFFD');
}

/** Gives the payload of a button as text; anything but a text is written as JSON. */
export function payloadOf(value: unknown): string | undefined {
  const text = textOf(value);
  if (text !== undefined || typeof value !== 'object') return text;
  return canonicalJson(value);
}

/**
 * True for ids that can name a workflow and a document: 1 to 256 characters, none of them a control character or half a
 * surrogate pair, which no database and no URL can carry.
 */
export function isUsableId(id: string | undefined): id is string {
  if (id === undefined || id.length === 0 || id.length > MAX_ID_LENGTH) return false;
  return !CONTROL_CHARACTER.test(id) && id.isWellFormed();
}

/** Writes a value with sorted keys. What lies deeper than 32 levels is left out, so no body can overflow the stack. */
export function canonicalJson(value: unknown, depth = 32): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (depth === 0) return '"…"';
  if (!isRecord(value))
    return `[${itemsOf(value)
      .map((item) => canonicalJson(item, depth - 1))
      .join(',')}]`;
  const fields = Object.keys(value)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key], depth - 1)}`);
  return `{${fields.join(',')}}`;
}
