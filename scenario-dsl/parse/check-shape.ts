import type { z } from 'zod';
import { toKebab } from '../../contracts/kebab-name.ts';
import type { IssueParams } from '../blocks/common-schema.ts';
import { findMeant, quoted, suggest, type Finding, type SourcePath } from '../problems/finding.ts';
import { explainKey } from '../problems/likely-words.ts';
import { knownKeys } from './known-keys-schema.ts';
import { schemaAt, suggestShape } from './suggest-shape-schema.ts';
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
  const issues = withoutEchoes(parsed.error.issues);
  return { findings: issues.flatMap((issue) => toFindings(issue, { schema, value, ...place })) };
}

/** What is of another type than is wanted has no length that matters: a text where a list belongs is not too long for one. */
function withoutEchoes(issues: readonly Issue[]): Issue[] {
  const mistaken = new Set(
    issues.filter(({ code }) => code === 'invalid_type').map(({ path }) => namesOf(path).join('.')),
  );
  return issues.filter(({ code, path }) => !code.startsWith('too_') || !mistaken.has(namesOf(path).join('.')));
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
  const meant = findMeantOption(issue);
  if (meant) return meant.flatMap((inner) => toFindings({ ...inner, path: [...issue.path, ...inner.path] }, subject));
  if (issue.code === 'invalid_key') return issue.issues.flatMap((inner) => customFinding(inner, path, true) ?? []);
  return [customFinding(issue, path, false) ?? { severity: 'error', path, ...builtIn(issue, subject) }];
}

/** Of what can be written in several shapes, as a word, a list or a map, what is wrong with the one that was written. */
function findMeantOption(issue: Issue): readonly Issue[] | undefined {
  if (issue.code !== 'invalid_union') return undefined;
  const refusals = issue.errors.map((inner) =>
    inner.find(({ code, path }) => path.length === 0 && /^invalid_(type|union|value)$/.test(code)),
  );
  const areShapes = refusals.every(
    (other) =>
      !other ||
      other.code === 'invalid_value' ||
      (other.code === 'invalid_type' && /^(array|object|record|string|number)$/.test(other.expected)),
  );
  if (!areShapes) return undefined;
  const [meant, ...others] = issue.errors.filter((_inner, index) => !refusals[index]);
  if (others.length > 0) return undefined;
  return meant ?? issue.errors.find((_inner, index) => refusals[index]?.code === 'invalid_value');
}

function unknownKey(key: string, issue: Issue, { schema, path }: Subject): Finding {
  return {
    severity: 'error',
    code: 'unknown-key',
    message: `${quoted(key)} is not known here.`,
    remedy: /^[\u00A0\u2000-\u200B\u202F\u3000\uFEFF]/.test(key)
      ? 'It begins with a space of another kind, no-break or wide: indent with ordinary spaces.'
      : suggestKey(key, knownKeys(schema, issue.path), schemaAt(schema, issue.path)),
    path: [...path, ...namesOf(issue.path), key],
    atKey: true,
  };
}

function customFinding(issue: Issue, path: SourcePath, atKey: boolean): Finding | undefined {
  if (issue.code !== 'custom' || !isIssueParams(issue.params)) return undefined;
  const { code, remedy, at } = issue.params;
  return { severity: 'error', code, message: issue.message, remedy, path, atKey, ...(at !== undefined && { at }) };
}

function builtIn(
  issue: Issue,
  { schema, value, path, writtenAt }: Subject,
): Pick<Finding, 'code' | 'message' | 'remedy'> {
  const given = valueAt(value, issue.path);
  const place = [...path, ...namesOf(issue.path)];
  if (place.length === 0 && issue.code === 'invalid_type') return notAMap(given);
  const name = place.length === 0 ? 'The scenario' : quoted(nameOf(place));
  if (given === undefined) {
    const example = name === '"for"' ? '30s' : expectation(issue);
    return { code: 'missing', message: `${name} is missing.`, remedy: `Add ${name}: ${example}.` };
  }
  if (issue.code === 'too_small') return bound(name, issue.origin, `at least ${issue.minimum}`);
  if (issue.code === 'too_big') return bound(name, issue.origin, `at most ${issue.maximum}`);
  if (issue.code === 'invalid_format') {
    return {
      code: 'bad-name',
      message: `${name} is not written as a name.`,
      remedy: kebabRemedy(given) ?? 'Use small letters, digits and single hyphens, with a letter first: mobile-chat.',
    };
  }
  const wanted = expectation(issue);
  const message = `${name} must be ${wanted}, not ${describeValue(given)}.`;
  const shape = schemaAt(schema, issue.path);
  return {
    code: 'wrong-type',
    message,
    remedy: typeRemedy(name, { issue, wanted, given, shape, written: writtenAt?.(place) }),
  };
}

/** Nothing, a word, a list: no scenario at all, and no test either. */
function notAMap(given: unknown): Pick<Finding, 'code' | 'message' | 'remedy'> {
  const isWide = typeof given === 'string' && given.includes('：');
  return {
    code: 'wrong-type',
    message: `The file must be a map, not ${describeValue(given)}.`,
    remedy: isWide
      ? 'Write ": ", a colon and a space, behind each key: "：" is another sign.'
      : 'Begin with keys, each with a colon and a space behind it: "attendant: 2", "scenario: mobile-chat" and "blocks:" of a scenario, "tests:" of its tests.',
  };
}

/** What is meant, by its own name: an item of a list by that of the list. */
function nameOf(place: SourcePath): string {
  const at = place.findLastIndex((key) => typeof key === 'string');
  return `${place[at] ?? ''}${place
    .slice(at + 1)
    .map((index) => `[${index}]`)
    .join('')}`;
}

/** A key that is near one of this place, or that belongs into something in it. */
function suggestKey(key: string, known: readonly string[], schema: z.core.$ZodType | undefined): string {
  const inner = schema && findMeant(key, known) === undefined ? findOwner(schema, key, known) : undefined;
  const isAnswer = known.includes('values') && known.includes('outcome');
  if (isAnswer && findMeant(key, known) === undefined) return `It belongs into "values": values: { ${key}: … }.`;
  const meant = findMeant(key, known) === undefined ? explainKey(key) : undefined;
  if (meant !== undefined && inner === undefined) return meant;
  return inner === undefined ? suggest(key, known) : `It belongs into "${inner}": ${inner}: { ${key}: … }.`;
}

function findOwner(schema: z.core.$ZodType, key: string, known: readonly string[]): string | undefined {
  return known.find((name) => {
    const own = schemaAt(schema, [name]);
    return own !== undefined && knownKeys(own, []).includes(key);
  });
}

interface Mistake {
  issue: Issue;
  wanted: string;
  given: unknown;
  shape: z.core.$ZodType | undefined;
  /** As it stands in the source, where that is not how it was read. */
  written: string | undefined;
}

/** My Scenario as my-scenario. */
function kebabRemedy(given: unknown): string | undefined {
  const name = typeof given === 'string' ? toKebab(given) : '';
  return name === '' ? undefined : `Write ${name}: small letters, digits and single hyphens, a letter first.`;
}

/** Where text belongs and something else stands: what YAML took for a number, or parts of an answer. */
function textRemedy(name: string, { wanted, given, written }: Mistake): string | undefined {
  const isNumber = typeof given === 'number';
  if (wanted === 'text' ? isNumber || typeof given === 'boolean' : isNumber && wanted.startsWith('a text, '))
    return `Put it in quotes: "${written ?? String(given)}".`;
  if (wanted !== 'text' || name !== '"into"' || !isObject(given)) return undefined;
  return 'Write into: answer, and read what is in it as $(answer.number).';
}

/** An example that works, with what the author has written in it. */
function typeRemedy(name: string, mistake: Mistake): string {
  const { issue, wanted, given } = mistake;
  const remedy = textRemedy(name, mistake);
  if (remedy !== undefined) return remedy;
  if (issue.code === 'invalid_value') return valueOfListRemedy(issue.values.map(String), given);
  if (wanted === 'a map' && given === null)
    return `Write {} after ${name}, or what belongs to it below, two spaces further right.`;
  const key = name.slice(1, -1);
  if (wanted === 'a number' || wanted === 'a whole number') return `Write a number without quotes: ${key}: 1.`;
  return valueRemedy(given, { wanted, name }) ?? exampleRemedy(key, mistake);
}

function exampleRemedy(key: string, { wanted, given, shape }: Mistake): string {
  const example = shape && suggestShape(shape, given);
  if (example === undefined) return `Write ${wanted}.`;
  return key.endsWith(']') ? `Write ${example}.` : `Write ${key}: ${example}.`;
}

function valueOfListRemedy(values: readonly string[], given: unknown): string {
  if (values.includes('choice') && /^(yes[-_/ ]?no|bool(ean)?|confirm(ation)?)$/i.test(String(given)))
    return `Write type: choice with choices: [{ title: "Yes" }, { title: "No" }], and ask behind it: $(ok) == 'Yes'.`;
  const meant = typeof given === 'string' ? findMeant(given, values) : undefined;
  if (meant === undefined) return `Write ${values.join(' or ')}.`;
  // In quotes, where it is a number or true.
  if (meant === given) return `Write it without quotes: ${meant}.`;
  return `Did you mean "${meant}"?`;
}

/** Of a variable's value, which is one thing: maps have their parts set by themselves, lists are expressions. */
function valueRemedy(given: unknown, { wanted, name }: { wanted: string; name: string }): string | undefined {
  if (name === '"blocks"' && Array.isArray(given))
    return 'Write each block under its id, without hyphens: hello: { send-message: { text: Hello } }.';
  if (!wanted.startsWith('text, a number')) return undefined;
  if (Array.isArray(given)) return `A list is an expression: "= ${JSON.stringify(given).replaceAll('"', "'")}".`;
  if (given === null) return `Write '' for nothing.`;
  if (!isObject(given)) return undefined;
  const parts = Object.keys(given)
    .slice(0, 3)
    .map((part) => `${name.slice(1, -1)}.${part}: …`);
  return `Set the parts one by one: ${parts.join(', ') || 'order.id: 1'}.`;
}

function bound(name: string, origin: string, limit: string): Pick<Finding, 'code' | 'message' | 'remedy'> {
  const message =
    origin === 'number' ? `${name} must be ${limit}.` : `${name} must have ${limit} ${countedNames[origin] ?? ''}.`;
  const more = name === '"buttons"' ? ': "quickReplies" can be 13' : '';
  return { code: 'out-of-bounds', message, remedy: `Bring it to ${limit}${more}.` };
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
