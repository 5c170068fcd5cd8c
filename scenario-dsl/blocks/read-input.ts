// What a customer's reply is worth as an e-mail address, a date and so on. Every reading is linear in the reply and only
// looks at replies of a bounded length; a date (read-date.ts) knows what day it is in the run.
import { isFile } from '../../contracts/customer-event.ts';
import type { Json } from '../../contracts/json.ts';
import { plainReply, plainText } from '../expression/plain-text.ts';
import { isKnownLocale, readWrittenNumber } from '../expression/locales.ts';
import { findLocale } from '../expression/place.ts';
import { toNumber } from '../expression/values.ts';
import type { Variables } from '../expression/variables.ts';
import type { Reply } from './prompt-states.ts';
import { createDateReader } from './read-date.ts';
import type { QuestionFields } from './request-input-schema.ts';

/** Why a reply is not taken: it is nothing of the type, or of the type and not allowed. */
export type Refusal = 'unclear' | 'belowMin' | 'aboveMax' | 'notOn';

/** What a reply is worth in its normal form, or why it is worth nothing. */
export type Reading = { value: Json } | { refusal: Refusal };

type InputValue = Json | undefined;

/** Longer than any address, number or date with words' worth of spaces around it. */
const LONGEST_REPLY = 300;

const readers = { text: readText, email: readEmail, phone: readPhone };

type CheckedFields = Pick<QuestionFields, 'type'> & Partial<Pick<QuestionFields, 'min' | 'max' | 'not'>>;

/** The reading of a type; a choice is read by its options. */
export function createReader(fields: CheckedFields): (reply: Reply, variables: Variables) => Reading {
  if (fields.type === 'file') return (reply) => toReading(readFile(reply));
  if (fields.type === 'location') return (reply) => toReading(readLocation(reply));
  const read = createTextReader({ ...fields, type: fields.type ?? 'text' });
  return ({ text }, variables) => read(text, variables);
}

/** What is nothing of the type is unclear. */
export function toReading(value: InputValue): Reading {
  return value === undefined ? { refusal: 'unclear' } : { value };
}

/** The address of the first file. */
function readFile({ files }: Reply): InputValue {
  return files.find((file) => isFile(file) && file.url !== undefined)?.url;
}

/** Where the customer shared it, or as two decimal numbers, latitude first: 52.52, 13.405. */
function readLocation({ text, files }: Reply): InputValue {
  const shared = files.find(({ coordinates }) => coordinates)?.coordinates;
  if (shared) return { lat: shared.lat, long: shared.long };
  const match = /^\s*([+-]?\d{1,3}\.\d{1,15})\s*[,;\s]\s*([+-]?\d{1,3}\.\d{1,15})\s*$/.exec(
    plainText(text.slice(0, LONGEST_REPLY)),
  );
  if (!match) return undefined;
  const [lat, long] = [Number(match[1]), Number(match[2])];
  return Math.abs(lat) <= 90 && Math.abs(long) <= 180 ? { lat, long } : undefined;
}

type TextType = Exclude<NonNullable<CheckedFields['type']>, 'file' | 'location'>;

function createTextReader({
  type,
  min,
  max,
  not,
}: CheckedFields & { type: TextType }): (reply: string, variables: Variables) => Reading {
  if (type === 'choice' || type === 'text') return (reply) => toReading(readText(reply));
  const bounds = { min: toNumber(min), max: toNumber(max) };
  if (type === 'number')
    return (reply, variables) => within(readNumber(plainReply(reply), findLocale(variables)), bounds);
  if (type === 'rating') return (reply) => readRating(plainReply(reply), bounds);
  const read =
    type === 'date' ? createDateReader({ min, max, not }) : (reply: string) => toReading(readers[type](reply));
  return (reply, variables) =>
    reply.length > LONGEST_REPLY ? { refusal: 'unclear' } : read(plainReply(reply), variables);
}

/** As it was written; a text of which nobody sees anything is none. */
function readText(reply: string): string | undefined {
  return plainText(reply) === '' ? undefined : reply.trim();
}

const LONGEST_EMAIL = 254;
const LONGEST_LOCAL_PART = 64;
const LONGEST_LABEL = 63;

/** Source: RFC 5321, 4.5.3.1, without quoted local parts and address literals. */
function readEmail(reply: string): string | undefined {
  const email = reply.trim();
  const at = email.lastIndexOf('@');
  if (email.length > LONGEST_EMAIL || at < 1 || at > LONGEST_LOCAL_PART) return undefined;
  if (!/^[^\s@"(),:;<>[\\\]]+$/.test(email.slice(0, at)) || !areDotsInside(email.slice(0, at))) return undefined;
  const labels = email.slice(at + 1).split('.');
  const isDomain = labels.length > 1 && labels.every(isLabel) && !/^\d+$/.test(labels.at(-1) ?? '');
  return isDomain ? email : undefined;
}

function areDotsInside(localPart: string): boolean {
  return !localPart.startsWith('.') && !localPart.endsWith('.') && !localPart.includes('..');
}

function isLabel(label: string): boolean {
  return (
    label.length <= LONGEST_LABEL &&
    /^[\p{L}\p{M}\p{N}-]+$/u.test(label) &&
    !label.startsWith('-') &&
    !label.endsWith('-')
  );
}

const FEWEST_DIGITS = 7;

/** Source: ITU-T E.164. */
const MOST_DIGITS = 15;

/** Most characters of a value in its normal form, by the type that was asked for; a type that is not here has no bound. */
export const longestInput: Readonly<Partial<Record<NonNullable<QuestionFields['type']>, number>>> = {
  email: LONGEST_EMAIL,
  phone: MOST_DIGITS + 1,
  // A sign, and the digits that a double is written with, their point and their exponent.
  number: 24,
  date: 10,
};

/** Digits, with + in front where the customer wrote + or 00: which country another number belongs to is not known. */
function readPhone(reply: string): string | undefined {
  // +49 (0)30 1234567: the 0 is dialled within the country only.
  const compact = reply
    .trim()
    .replace(/^(\+[\d\s]*)\(0\)/, '$1')
    .replaceAll(/[\s()./-]/g, '');
  const number = compact.replace(/^00(?=[1-9])/, '+');
  if (!/^(?:\+[1-9])?\d+$/.test(number)) return undefined;
  const digits = number.replace('+', '').length;
  return digits >= FEWEST_DIGITS && digits <= MOST_DIGITS ? number : undefined;
}

/** With separators between thousands as well; those of spaces stand before three digits each: two numbers are none. */
function readNumber(reply: string, locale: string | undefined): number | undefined {
  if (reply.length > LONGEST_REPLY) return undefined;
  const written = /\d\s+\d/.test(reply) && !/^[+-]?\d{1,3}(?:\s\d{3})+(?:[.,]\d+)?$/.test(reply.trim()) ? '' : reply;
  const local = locale !== undefined && isKnownLocale(locale) ? readWrittenNumber(written, locale) : undefined;
  return local ?? readPlainNumber(written) ?? readWrittenNumber(written);
}

/** A decimal point or comma, whatever the language; a comma before exactly three digits may be either, so it is neither: 1,234. */
function readPlainNumber(reply: string): number | undefined {
  const match = /^([+-]?\d{1,15})(?:([.,])(\d{1,15}))?$/.exec(reply.trim());
  if (!match) return undefined;
  const [, whole = '', point, fraction = '0'] = match;
  if (point === ',' && fraction.length === 3) return undefined;
  // Without the sum -0 would be a number of its own.
  return Number(`${whole}.${fraction}`) + 0;
}

function within(value: number | undefined, { min = -Infinity, max = Infinity }: Bounds): Reading {
  if (value === undefined) return { refusal: 'unclear' };
  if (value < min) return { refusal: 'belowMin' };
  return value > max ? { refusal: 'aboveMax' } : { value };
}

interface Bounds {
  min: number | undefined;
  max: number | undefined;
}

function readRating(reply: string, { min = 1, max = 5 }: Bounds): Reading {
  const text = reply.trim();
  return within(/^[+-]?\d{1,15}$/.test(text) ? Number(text) + 0 : undefined, { min, max });
}
