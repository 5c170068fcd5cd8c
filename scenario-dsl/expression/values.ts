// How values are read as text, numbers and lists. Total: whatever a variable holds, something comes out.

import { foldCase, plainText } from './plain-text.ts';
import { truncateText } from '../../contracts/split-text.ts';

/** Texts of expressions stop here: one that is set from itself in a loop would otherwise double without end. */
export const MAX_TEXT_LENGTH = 10_000;

/** Lists of expressions stop here. */
export const MAX_LIST_LENGTH = 1000;

/** How a value reads in text: lists and maps as JSON, nothing as empty text. */
export function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  return JSON.stringify(value) ?? '';
}

/** As text without a difference between large and small letters, normal forms, and what nobody sees. */
export function foldedText(value: unknown): string {
  const text = valueText(value);
  return isAscii(text) ? text.toLowerCase() : foldCase(keepSpaces(text));
}

/** A space at an end of what is looked for is meant. */
function keepSpaces(text: string): string {
  const plain = plainText(text);
  return `${/^\s/.test(text) ? ' ' : ''}${plain}${/\s$/.test(text) ? ' ' : ''}`;
}

function isAscii(text: string): boolean {
  return /^[\t\n\r\x20-\x7E]*$/.test(text);
}

/** A number, or a text that reads as a plain decimal one: a customer's "5" is 5. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  // Not Number(text) alone: it takes '' for 0, '0x10' for 16 and 'Infinity' for a number.
  if (typeof value !== 'string' || value.length > 100) return undefined;
  const text = isAscii(value) ? value : plainText(value);
  return /^\s*-?\d{1,15}(\.\d{1,15})?\s*$/.test(text) ? Number(text) : undefined;
}

export function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value.trim().toLowerCase() === 'true');
}

/** Unknown, blank text, or a list without items. */
export function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  const text = valueText(value).trim();
  return text === '' || (!isAscii(text) && plainText(text) === '');
}

/** Nothing to speak of: the fallback's turn. */
export function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** A list as it is; nothing is no item, anything else one. */
export function toList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.slice(0, MAX_LIST_LENGTH);
  return isNothing(value) ? [] : [value];
}

/** Keeps what an expression gives within its bounds. */
export function bounded(value: unknown): unknown {
  if (typeof value === 'string') return truncateText(value, MAX_TEXT_LENGTH);
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : undefined;
  return Array.isArray(value) && value.length > MAX_LIST_LENGTH ? value.slice(0, MAX_LIST_LENGTH) : value;
}
