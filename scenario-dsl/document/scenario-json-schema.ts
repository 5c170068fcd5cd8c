import { z } from 'zod';
import { blockTypes, type BlockType } from '../blocks/block-types-schema.ts';
import { VARIABLE_NAME_PATTERN } from '../../contracts/variable-name.ts';
import { BLOCK_ID_PATTERN } from '../blocks/common-schema.ts';
import { blockEnvelopeSchema, envelopeSchema } from './document-schema.ts';
import { listExits } from './list-exits-schema.ts';

/** JSON Schema, draft 2020-12. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

/**
 * The schema of a scenario file, from the definitions of the blocks: what editors complete and check by. It knows the shape
 * only; targets, conditions and substitutions are checked by `parseScenario`.
 */
export function createScenarioJsonSchema(names?: ScenarioNames): JsonSchema {
  const schema = createSchema();
  return names ? (withNames(schema, names) as JsonSchema) : schema;
}

/** What editors complete of a scenario of one's own. */
export interface ScenarioNames {
  blocks: readonly string[];
  variables: readonly string[];
}

/** Offers the names where ids and variables are written; others stay allowed, because a file grows. */
function withNames(schema: unknown, names: ScenarioNames, key?: string): unknown {
  if (Array.isArray(schema)) return schema.map((item) => withNames(item, names));
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([name, value]: [string, unknown]) => [name, withNames(value, names, name)]),
  );
  // The ids themselves, and the names of scenarios, are written as targets are.
  if (key === 'propertyNames' || key === 'scenario') return inner;
  const { pattern, ...rest } = inner;
  const known = pattern === BLOCK_ID_PATTERN.source ? names.blocks : names.variables;
  if (pattern !== BLOCK_ID_PATTERN.source && pattern !== VARIABLE_NAME_PATTERN.source) return inner;
  return known.length === 0 ? inner : { ...rest, anyOf: [{ enum: [...known] }, { pattern }] };
}

function createSchema(): JsonSchema {
  const { properties = {}, ...envelope } = toJsonSchema(envelopeSchema);
  return {
    ...envelope,
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Attendant scenario',
    properties: {
      ...properties,
      blocks: {
        type: 'object',
        description: 'The blocks by their ids, in the order in which they run.',
        minProperties: 1,
        propertyNames: { pattern: BLOCK_ID_PATTERN.source, maxLength: 100 },
        additionalProperties: { $ref: '#/$defs/block' },
      },
    },
    $defs: { block: createBlockSchema() },
  };
}

function createBlockSchema(): JsonSchema {
  const types = Object.entries(blockTypes).map(([type, { schema }]) => [type, toJsonSchema(schema)] as const);
  return {
    type: 'object',
    properties: { ...Object.fromEntries(types), ...toJsonSchema(blockEnvelopeSchema).properties },
    additionalProperties: false,
    oneOf: types.map(([type]) => ({ required: [type], properties: { exits: createExitsSchema(type) } })),
  };
}

function createExitsSchema(type: string): JsonSchema {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a table of all types
  const exits = listExits(type as BlockType);
  const target = { type: 'string', pattern: BLOCK_ID_PATTERN.source } as const;
  return {
    type: 'object',
    properties: Object.fromEntries(exits.map(({ name }) => [name, target])),
    additionalProperties: false,
  };
}

/** Without `$schema` in every part. */
function toJsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  return rest;
}
