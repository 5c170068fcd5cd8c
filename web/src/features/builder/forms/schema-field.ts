import type { JsonSchema } from '../../../../../scenario-dsl/document/scenario-json-schema.ts';

/** How a value is written in a form. */
export type FieldKind =
  | 'text'
  | 'long-text'
  | 'block'
  | 'variable'
  | 'number'
  | 'boolean'
  | 'choice'
  | 'texts'
  | 'list'
  | 'map'
  | 'record'
  | 'any';

export interface SchemaField {
  name: string;
  schema: JsonSchema;
  kind: FieldKind;
  isRequired: boolean;
  /** In a sentence. */
  description: string | undefined;
}

const BLOCK_PATTERN = '^[a-z][a-z0-9]*(-[a-z0-9]+)*$';
const VARIABLE = 'Name of a variable';
const LONG_TEXT = 300;

export function asSchema(schema: unknown): JsonSchema {
  return typeof schema === 'object' && schema !== null ? (schema as JsonSchema) : {};
}

/** The fields of a map, those that are needed first. */
export function fieldsOf(schema: JsonSchema): SchemaField[] {
  const required = new Set(schema.required);
  const fields = Object.entries(schema.properties ?? {}).map(([name, inner]) =>
    toField(name, asSchema(inner), required.has(name)),
  );
  return fields.toSorted((a, b) => Number(b.isRequired) - Number(a.isRequired));
}

export function toField(name: string, schema: JsonSchema, isRequired: boolean): SchemaField {
  return { name, schema, kind: kindOf(schema), isRequired, description: schema.description };
}

/** Which control fits. A text that may also be one in each language is a text, until it is written so. */
export function kindOf(schema: JsonSchema): FieldKind {
  if (schema.enum) return 'choice';
  const alternatives = (schema.anyOf ?? schema.oneOf ?? []).map(asSchema);
  const text = alternatives.find(({ type }) => type === 'string');
  if (text) return kindOf(text);
  const list = alternatives.find(({ type }) => type === 'array');
  if (list) return 'list';
  if (alternatives.length > 0) return 'any';
  if (schema.type === 'string') return kindOfText(schema);
  if (schema.type === 'number' || schema.type === 'integer') return 'number';
  if (schema.type === 'boolean') return 'boolean';
  if (schema.type === 'array') return kindOf(asSchema(schema.items)) === 'map' ? 'list' : kindOfItems(schema);
  if (schema.type === 'object') return schema.properties ? 'map' : 'record';
  return 'any';
}

function kindOfItems(schema: JsonSchema): FieldKind {
  const kind = kindOf(asSchema(schema.items));
  return kind === 'text' || kind === 'long-text' || kind === 'variable' || kind === 'block' || kind === 'choice'
    ? 'texts'
    : 'any';
}

function kindOfText({ pattern, maxLength = 0, description = '' }: JsonSchema): FieldKind {
  if (pattern === BLOCK_PATTERN && description.startsWith('Id of a block')) return 'block';
  if (description.startsWith(VARIABLE) || description.startsWith('Variable')) return 'variable';
  return maxLength >= LONG_TEXT ? 'long-text' : 'text';
}

/** The list's own schema where a list or something else may stand. */
export function listSchemaOf(schema: JsonSchema): JsonSchema {
  if (schema.type === 'array') return schema;
  return (schema.anyOf ?? schema.oneOf ?? []).map(asSchema).find(({ type }) => type === 'array') ?? {};
}

/** A field's name as a person reads it: `noAnswer` is “No answer”. */
export function labelOf(name: string): string {
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a new item, or a map that is begun, holds: what is needed, empty or the first of its choices. */
export function beginningOf(schema: JsonSchema): unknown {
  const kind = kindOf(schema);
  if (kind === 'choice') return schema.enum?.[0] ?? '';
  if (kind === 'number') return schema.minimum ?? 0;
  if (kind === 'texts') return [beginningOf(asSchema(schema.items))];
  if (kind === 'list') return [beginningOf(asSchema(listSchemaOf(schema).items))];
  if (kind === 'map') return beginningOfMap(schema);
  return PLAIN_BEGINNINGS[kind] ?? (/How long|duration/i.test(schema.description ?? '') ? '1m' : 'Text');
}

const PLAIN_BEGINNINGS: { readonly [Kind in FieldKind]?: unknown } = {
  boolean: true,
  block: 'end',
  variable: 'name',
  record: {},
};

function beginningOfMap(schema: JsonSchema): unknown {
  const needed = new Set(schema.required ?? asSchema(schema.anyOf?.[0] ?? schema.oneOf?.[0]).required);
  return Object.fromEntries(
    Object.entries(schema.properties ?? {})
      .filter(([name]) => needed.has(name))
      .map(([name, inner]) => [name, beginningOf(asSchema(inner))]),
  );
}
