import { readMoment } from './calendar.ts';
import type { ValueType } from './functions/function-definition.ts';
import { toNumber } from './values.ts';

/**
 * What a value can be before anything has run. `words`: text that never reads as a number or a date, such as a name;
 * plain `text` may, as a customer's "5" does.
 */
type Kind = 'any' | 'text' | 'words' | 'number' | 'boolean' | 'date' | 'list' | 'map';

/** Every kind that a value can be of; `values`: all texts that it can be, where it can be nothing else. */
export interface StaticType {
  kinds: ReadonlySet<Kind>;
  values?: readonly string[];
}

export const anything: StaticType = { kinds: new Set<Kind>(['any']) };

export function ofKind(kind: Kind): StaticType {
  return { kinds: new Set([kind]) };
}

export function ofValueType(type: ValueType): StaticType {
  return ofKind(type);
}

export function oneOf(values: readonly string[]): StaticType {
  return { kinds: new Set<Kind>(['text']), values };
}

/** A value that is of one of the types; without any type nothing is known. */
export function unite(types: readonly StaticType[]): StaticType {
  if (types.length === 0) return anything;
  const kinds = new Set(types.flatMap((type) => [...type.kinds]));
  const values = types.flatMap((type) => type.values ?? []);
  return types.every((type) => type.values !== undefined) ? { kinds, values: [...new Set(values)] } : { kinds };
}

function mayBe({ kinds, values }: StaticType, wanted: readonly Kind[], reads: (text: string) => boolean): boolean {
  if (wanted.some((kind) => kinds.has(kind))) return true;
  return kinds.has('text') && (values === undefined || values.some(reads));
}

/** Whether it can read as a number. */
export function mayBeNumber(type: StaticType): boolean {
  return mayBe(type, ['any', 'number'], (text) => toNumber(text) !== undefined);
}

/** Whether it can read as a date. */
export function mayBeDate(type: StaticType): boolean {
  return mayBe(type, ['any', 'date'], (text) => readMoment(text) !== undefined);
}

/** Whether it can be true, as a condition wants it. */
export function mayBeTrue(type: StaticType): boolean {
  return mayBe(type, ['any', 'boolean'], (text) => text.trim().toLowerCase() === 'true');
}

export function mayBeList({ kinds }: StaticType): boolean {
  return kinds.has('any') || kinds.has('list');
}

export function mayBeMap({ kinds }: StaticType): boolean {
  return kinds.has('any') || kinds.has('map');
}

/** Whether it can be anything but a list or a map, which read as JSON. */
export function mayBeText({ kinds }: StaticType): boolean {
  return [...kinds].some((kind) => kind !== 'list' && kind !== 'map');
}

/** Whether the two can be equal, as numbers or as text. */
export function mayBeEqual(left: StaticType, right: StaticType): boolean {
  if (left.kinds.has('any') || right.kinds.has('any')) return true;
  const { values: a } = left;
  const { values: b } = right;
  // Nothing reads as empty text, so comparing with that asks whether there is a value at all.
  if (a?.includes('') || b?.includes('')) return true;
  if (a && b) return a.some((value) => b.some((other) => areAlike(value, other)));
  return fitsKind(left, right) && fitsKind(right, left) && isStructure(left) === isStructure(right);
}

/** A number is equal to what reads as one only, and true or false to what reads so. */
function fitsKind(one: StaticType, other: StaticType): boolean {
  if (isOnly(one, 'number')) return mayBeNumber(other);
  return !isOnly(one, 'boolean') || mayBeTrueOrFalse(other);
}

/** Names what it is for a message: "a number", "text". */
export function describeType({ kinds, values }: StaticType): string {
  if (values?.length === 1) return `the text '${values[0]?.slice(0, 40) ?? ''}'`;
  return [...kinds].map((kind) => names[kind]).join(' or ');
}

const names: Record<Kind, string> = {
  any: 'anything',
  text: 'text',
  words: 'text',
  number: 'a number',
  boolean: 'true or false',
  date: 'a date',
  list: 'a list',
  map: 'a map',
};

function areAlike(value: string, other: string): boolean {
  return value === other || (toNumber(value) !== undefined && toNumber(value) === toNumber(other));
}

function isOnly({ kinds }: StaticType, kind: Kind): boolean {
  return kinds.size === 1 && kinds.has(kind);
}

/** Whether it can be true or false, or read so. */
export function mayBeTrueOrFalse(type: StaticType): boolean {
  return mayBe(type, ['any', 'boolean'], (text) => text === 'true' || text === 'false');
}

function isStructure({ kinds }: StaticType): boolean {
  return [...kinds].every((kind) => kind === 'list' || kind === 'map');
}
