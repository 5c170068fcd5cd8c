import type { Json } from '../contracts/json.ts';
import { isRecord } from '../contracts/is-record.ts';
import type { GuardedResponse } from './guarded-fetch.ts';
import { parseExactJson } from './parse-exact-json.ts';

/** Byte order marks, which say more than any header. Source: WHATWG Encoding, "BOM sniff". */
const MARKS: readonly (readonly [charset: string, bytes: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
/** So much of a document is looked at for what it says of its own charset. Source: HTML, "prescan a byte stream". */
const PRESCAN_BYTES = 1024;
const DECLARED =
  /<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]{1,40})|<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]{1,40})/i;

/**
 * The body as text: in the charset of its byte order mark, of the header, or that an XML or HTML document declares; UTF-8 where
 * none of them says anything that is known. What is no character is U+FFFD.
 */
export function answerText(answer: Pick<GuardedResponse, 'bytes' | 'headers' | 'isTruncated'>): string {
  const { bytes, isTruncated } = answer;
  const marked = MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  // A cut may go through a character: as a stream its beginning is left out instead of becoming U+FFFD.
  return findDecoder(marked?.[0] ?? charsetOf(answer)).decode(bytes, { stream: isTruncated });
}

/** The body's text as JSON, numbers as they were written and without half characters; undefined where it is none. */
export function parseAnswerJson(text: string): Json | undefined {
  try {
    const value = parseExactJson(text);
    return (MAYBE_HALF_CHARACTER.test(text) ? toWellFormed(value) : value) as Json;
  } catch {
    return undefined;
  }
}

/** `\ud83d` in JSON is half a character, unless its other half follows. */
const MAYBE_HALF_CHARACTER = /\\u[dD][89a-fA-F]/;

function toWellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(toWellFormed);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toWellFormed(), toWellFormed(inner)]));
}

function charsetOf({ bytes, headers }: Pick<GuardedResponse, 'bytes' | 'headers'>): string | undefined {
  const type = headers['content-type'] ?? '';
  const named = /charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(type)?.[1];
  if (named !== undefined || !/xml|html/i.test(type)) return named;
  const [, xml, html] = DECLARED.exec(bytes.toString('latin1', 0, PRESCAN_BYTES)) ?? [];
  return xml ?? html;
}

function findDecoder(charset = 'utf-8'): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
