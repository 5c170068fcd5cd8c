import type { z } from 'zod';
import type { IssueParams } from '../blocks/common-schema.ts';
import { quoted, suggest, type Finding, type SourcePath } from '../problems/finding.ts';
import { knownKeys } from './known-keys-schema.ts';
import type { WrittenAt } from './read-source.ts';

type Issue = z.core.$ZodIssue;

/** What is checked, and where in the source it stands. */
interface Subject extends Place {
  schema: z.core.$ZodType;
  value: unknown;
}

/** Where a value stands, and how what is in it is written where that is not how its value is. */
interface Place {
  path: SourcePath;
  writtenAt?: WrittenAt | undefined;
}

type Checked<Output> = { value: Output; findings: [] } | { value?: never; findings: Finding[] };

/**
 * Checks a value against a zod schema and says what is wrong in the words of the language. Where text is taken as well as a
 * number or true, what stands in the source is kept as it is: 01067.
 */
export function checkShape<Output>(schema: z.ZodType<Output>, value: unknown, place: Place): Checked<Output> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parseAsWritten(schema, value, place) ?? parsed.data, findings: [] };
  return { findings: parsed.error.issues.flatMap((issue) => toFindings(issue, { schema, value, ...place })) };
}

/** What the schema refuses as text becomes what YAML took it for. */
function parseAsWritten<Output>(schema: z.ZodType<Output>, value: unknown, place: Place): Output | undefined {
  const { path, writtenAt } = place;
  if (!writtenAt) return undefined;
  const texts = schema.safeParse(withWritten(value, path, writtenAt));
  if (texts.success) return texts.data;
  const refused = new Set(texts.error.issues.map((issue) => JSON.stringify([...path, ...namesOf(issue.path)])));
  const isTaken: WrittenAt = (at) => (refused.has(JSON.stringify(at)) ? undefined : writtenAt(at));
  return schema.safeParse(withWritten(value, path, isTaken)).data;
}

function withWritten(value: unknown, path: SourcePath, writtenAt: WrittenAt): unknown {
  if (Array.isArray(value)) return value.map((item, index) => withWritten(item, [...path, index], writtenAt));
  if (typeof value === 'number' || typeof value === 'boolean') return writtenAt(path) ?? value;
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withWritten(inner, [...path, key], writtenAt)]),
  );
}

function toFindings(issue: Issue, subject: Subject): Finding[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, issue, subject));
  const path = [...subject.path, ...namesOf(issue.path)];
  if (issue.code === 'invalid_key') return issue.issues.flatMap((inner) => customFinding(inner, path, true) ?? []);
  return [customFinding(issue, path, false) ?? { severity: 'error', path, ...builtIn(issue, subject) }];
}

function unknownKey(key: string, issue: Issue, { schema, path }: Subject): Finding {
  return {
    severity: 'error',
    code: 'unknown-key',
    message: `${quoted(key)} is not known here.`,
    remedy: suggest(key, knownKeys(schema, issue.path)),
    path: [...path, ...namesOf(issue.path), key],
    atKey: true,
  };
}

function customFinding(issue: Issue, path: SourcePath, atKey: boolean): Finding | undefined {
  if (issue.code !== 'custom' || !isIssueParams(issue.params)) return undefined;
  const { code, remedy, at } = issue.params;
  return { severity: 'error', code, message: issue.message, remedy, path, atKey, ...(at !== undefined && { at }) };
}

function builtIn(issue: Issue, { value, path, writtenAt }: Subject): Pick<Finding, 'code' | 'message' | 'remedy'> {
  const given = valueAt(value, issue.path);
  const place = [...path, ...namesOf(issue.path)];
  const key = place.at(-1);
  const name = key === undefined ? 'The scenario' : quoted(String(key));
  if (given === undefined)
    return { code: 'missing', message: `${name} is missing.`, remedy: `Add ${name}: ${expectation(issue)}.` };
  if (issue.code === 'too_small') return bound(name, issue.origin, `at least ${issue.minimum}`);
  if (issue.code === 'too_big') return bound(name, issue.origin, `at most ${issue.maximum}`);
  if (issue.code === 'invalid_format') {
    return {
      code: 'bad-name',
      message: `${name} is not written as a name.`,
      remedy: 'Use small letters, digits and single hyphens, with a letter first: mobile-chat.',
    };
  }
  const wanted = expectation(issue);
  const message = `${name} must be ${wanted}, not ${describeValue(given)}.`;
  return { code: 'wrong-type', message, remedy: typeRemedy(name, wanted, { given, written: writtenAt?.(place) }) };
}

function typeRemedy(
  name: string,
  wanted: string,
  { given, written }: { given: unknown; written: string | undefined },
): string {
  if (wanted === 'text' && (typeof given === 'number' || typeof given === 'boolean')) {
    return `Put it in quotes: "${written ?? String(given)}".`;
  }
  return wanted === 'a map' && given === null ? `Write {} after ${name}, or the map it needs.` : `Write ${wanted}.`;
}

function bound(name: string, origin: string, limit: string): Pick<Finding, 'code' | 'message' | 'remedy'> {
  const message =
    origin === 'number' ? `${name} must be ${limit}.` : `${name} must have ${limit} ${countedNames[origin] ?? ''}.`;
  return { code: 'out-of-bounds', message, remedy: `Bring it to ${limit}.` };
}

const countedNames: Record<string, string> = { array: 'entries', string: 'characters', record: 'keys' };

const typeNames: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

function expectation(issue: Issue): string {
  if (issue.code === 'invalid_type') return typeNames[issue.expected] ?? issue.expected;
  if (issue.code === 'invalid_value') return issue.values.map(String).join(' or ');
  // A union says itself what it takes; zod's own words would not help.
  if (issue.code === 'invalid_union') return issue.message;
  return 'something else';
}

function describeValue(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string') return `the text ${quoted(value)}`;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  );
}

function namesOf(path: readonly PropertyKey[]): (string | number)[] {
  return path.map((key) => (typeof key === 'number' ? key : String(key)));
}

function isObject(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}

function isIssueParams(params: unknown): params is IssueParams {
  return isObject(params) && typeof params['code'] === 'string' && typeof params['remedy'] === 'string';
}
