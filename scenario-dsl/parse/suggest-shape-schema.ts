import { z } from 'zod';
import { shortDuration } from '../blocks/remedies.ts';

/** The schema of what stands at `path`; undefined where the schema knows nothing of it. */
export function schemaAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): z.core.$ZodType | undefined {
  const own = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  const [first, ...rest] = path;
  if (first === undefined) return own;
  if (own instanceof z.ZodUnion) {
    const isItem = typeof first === 'number';
    return own.options
      .filter((option) => option instanceof z.ZodArray === isItem)
      .map((option) => schemaAt(option, path))[0];
  }
  if (own instanceof z.ZodArray) return schemaAt(own.element, rest);
  if (own instanceof z.ZodRecord) return schemaAt(own.valueType, rest);
  if (!(own instanceof z.ZodObject)) return undefined;
  const inner: unknown = own.shape[String(first)];
  return inner instanceof z.ZodType ? schemaAt(inner, rest) : undefined;
}

/**
 * How a value that is of the wrong shape is written in the right one: `Yes` as `{ title: Yes }`, `support` as `[support]`, a
 * map of blocks as their ids. Undefined where nothing fits.
 */
export function suggestShape(schema: z.core.$ZodType, given: unknown): string | undefined {
  const own = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  if (own instanceof z.ZodObject) return suggestMap(own, given);
  if (own instanceof z.ZodArray) return suggestList(own, given);
  if (own instanceof z.ZodRecord) return suggestRecord(own, given);
  if (own instanceof z.ZodEnum) return undefined;
  const wrapped = own instanceof z.ZodUnion && isMap(given) ? suggestWrapper(own, given) : undefined;
  if (wrapped !== undefined) return wrapped;
  return isMap(given) || Array.isArray(given) ? suggestText(own, given) : undefined;
}

/** A map that belongs under the one key of a shape: `{ amount: 5 }` as `{ json: { amount: … } }`. */
function suggestWrapper({ options }: z.ZodUnion, given: Record<string, unknown>): string | undefined {
  for (const option of options) {
    const [[key, field] = [], ...more] = option instanceof z.ZodObject ? Object.entries(option.shape) : [];
    if (key === undefined || more.length > 0 || Object.hasOwn(given, key) || !accepts(field, given)) continue;
    const names = Object.keys(given).slice(0, 3);
    return `{ ${key}: { ${names.map((name) => `${name}: …`).join(', ')} } }`;
  }
  return undefined;
}

function suggestMap(schema: z.ZodObject, given: unknown): string | undefined {
  if (given === true && accepts(schema, {})) return '{}';
  if (Array.isArray(given) && given.length === 1) return suggestMap(schema, given[0]);
  if (!isPlain(given)) return undefined;
  if (isSwitch(schema, given)) return `{ ${String(given)}: true }`;
  const keys = Object.entries(schema.shape).toSorted(([, a], [, b]) => Number(isOptional(a)) - Number(isOptional(b)));
  // A number without a unit is likely to mean seconds.
  for (const value of typeof given === 'number' ? [given, `${given}s`] : [given, ...durationIn(given)]) {
    const [key] = keys.find(([, field]) => accepts(field, value)) ?? [];
    if (key !== undefined) return `{ ${key}: ${write(value)} }`;
  }
  return undefined;
}

/** `10 minutes` as 10m. */
function durationIn(given: unknown): string[] {
  const [, written] = /^Write (\w+)[.:]/.exec(shortDuration(given) ?? '') ?? [];
  return written === undefined ? [] : [written];
}

/** Names alone where each has a number: `[support]` as `{ support: 100 }`. */
function suggestRecord({ valueType }: z.ZodRecord, given: unknown): string | undefined {
  const names = Array.isArray(given) ? (given as unknown[]) : [given];
  // Where each has a text or the id of a block, that is to be written.
  if (accepts(valueType, 'a') && names.length === 1 && typeof names[0] === 'string' && /^[\w-]+$/.test(names[0]))
    return `{ ${names[0]}: … }`;
  if (areKeysOfMaps(valueType, names)) return `{ ${names.map((name) => `${String(name)}: {}`).join(', ')} }`;
  if (!accepts(valueType, 100) || accepts(valueType, 'a') || names.length === 0 || names.length > 9) return undefined;
  if (!names.every((name) => typeof name === 'string' && /^\w[\w -]*$/.test(name))) return undefined;
  return `{ ${names.map((name) => `${String(name)}: 100`).join(', ')} }`;
}

/** A field that is true or false, by its name. */
function isSwitch(schema: z.ZodObject, given: unknown): boolean {
  return typeof given === 'string' && Object.hasOwn(schema.shape, given) && accepts(schema, { [given]: true });
}

/** Names alone where each has a map: `[bob]` as `{ bob: {} }`. */
function areKeysOfMaps(valueType: unknown, names: readonly unknown[]): boolean {
  if (names.length === 0 || names.length > 9 || accepts(valueType, 100) || !accepts(valueType, {})) return false;
  return names.every((name) => typeof name === 'string' && /^[\w-]+$/.test(name));
}

function suggestList(schema: z.ZodArray, given: unknown): string | undefined {
  if (Array.isArray(given)) return undefined;
  if (accepts(schema.element, given)) return isMap(given) ? '[{ … }]' : `[${write(given)}]`;
  const ids = isMap(given) ? Object.keys(given) : [];
  if (ids.length > 0 && ids.length < 10 && ids.every((id) => accepts(schema.element, id))) return `[${ids.join(', ')}]`;
  const item = suggestShape(schema.element, given);
  return item === undefined ? undefined : `[${item}]`;
}

/** A text where a map or a list of one thing was written. */
function suggestText(schema: z.core.$ZodType, given: object): string | undefined {
  const [value, ...more] = Object.values(given) as unknown[];
  if (more.length > 0) return undefined;
  if (isPlain(value) && accepts(schema, value)) return write(value);
  const [key] = Array.isArray(given) ? [] : Object.keys(given);
  return key !== undefined && accepts(schema, key) ? key : undefined;
}

function accepts(schema: unknown, value: unknown): boolean {
  return schema instanceof z.ZodType && schema.safeParse(value).success;
}

function isOptional(schema: unknown): boolean {
  return schema instanceof z.ZodOptional;
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As YAML takes it in a flow map. */
function write(value: unknown): string {
  const text = typeof value === 'string' && value.length > 60 ? `${value.slice(0, 60)}…` : String(value);
  return /^[\w$(][^,:#[\]{}"'`&*!|>%@]*$/.test(text) ? text : JSON.stringify(text);
}
