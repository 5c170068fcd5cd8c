// What a customer's reply is worth as an e-mail address, a date and so on. Every reading is linear in the reply and only
// looks at replies of a bounded length; none of them reads a clock or knows a country.
import { isFile } from '../../contracts/customer-event.ts';
import type { Json } from '../../contracts/json.ts';
import { getDaysInMonth } from '../expression/calendar-days.ts';
import { plainReply, plainText } from '../expression/plain-text.ts';
import type { Reply } from './prompt-states.ts';
import type { QuestionFields } from './request-input-schema.ts';

/** What a reply is worth in its normal form; undefined where it is nothing of the type. */
export type InputValue = Json | undefined;

type Read = (reply: string) => InputValue;

/** Longer than any address, number or date with words' worth of spaces around it. */
const LONGEST_REPLY = 300;

const readers = { text: readText, email: readEmail, phone: readPhone, date: readDate };

type CheckedFields = Pick<QuestionFields, 'type' | 'min' | 'max'>;

/** The reading of the types whose values need no knowledge of the run. */
export function createReader(fields: CheckedFields): (reply: Reply) => InputValue {
  if (fields.type === 'file') return readFile;
  if (fields.type === 'location') return readLocation;
  const read = createTextReader({ ...fields, type: fields.type ?? 'text' });
  return ({ text }) => read(text);
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

function createTextReader({ type, min, max }: CheckedFields & { type: TextType }): Read {
  if (type === 'choice') return readText;
  if (type === 'number') return (reply) => within(readNumber(plainReply(reply)), min, max);
  if (type === 'rating') return (reply) => readRating(plainReply(reply), min ?? 1, max ?? 5);
  if (type === 'text') return readText;
  return (reply) => (reply.length > LONGEST_REPLY ? undefined : readers[type](plainReply(reply)));
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

/** A decimal point or comma; a comma before exactly three digits may be either, so it is neither: 1,234. */
function readNumber(reply: string): number | undefined {
  const match = /^([+-]?\d{1,15})(?:([.,])(\d{1,15}))?$/.exec(reply.trim());
  if (!match) return undefined;
  const [, whole = '', point, fraction = '0'] = match;
  if (point === ',' && fraction.length === 3) return undefined;
  // Without the sum -0 would be a number of its own.
  return Number(`${whole}.${fraction}`) + 0;
}

function within(value: number | undefined, min = -Infinity, max = Infinity): number | undefined {
  return value !== undefined && value >= min && value <= max ? value : undefined;
}

function readRating(reply: string, min: number, max: number): number | undefined {
  const text = reply.trim();
  return /^[+-]?\d{1,15}$/.test(text) ? within(Number(text) + 0, min, max) : undefined;
}

/** 2026-05-03 (or with / or .), 3.5.2026, and 3/5/2026 where only one of the two readings is a date. */
function readDate(reply: string): string | undefined {
  const text = reply.trim();
  const iso = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text);
  if (iso) return toIsoDate(Number(iso[1]), Number(iso[3]), Number(iso[4]));
  const other = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/.exec(text);
  if (!other) return undefined;
  const [first, second, year] = [Number(other[1]), Number(other[3]), Number(other[4])];
  const dayFirst = toIsoDate(year, second, first);
  if (other[2] === '.') return dayFirst;
  const monthFirst = toIsoDate(year, first, second);
  if (dayFirst === undefined || monthFirst === undefined) return dayFirst ?? monthFirst;
  return dayFirst === monthFirst ? dayFirst : undefined;
}

function toIsoDate(year: number, month: number, day: number): string | undefined {
  if (year < 1 || day < 1 || day > getDaysInMonth(year, month)) return undefined;
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}
