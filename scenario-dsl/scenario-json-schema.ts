import { z } from 'zod';
import type { BlockExit } from './blocks/block-behaviour.ts';
import { getBlockWays } from './blocks/block-behaviours.ts';
import { blockFieldsSchema, type BlockType } from './blocks/block-fields-schema.ts';
import { blockIdPattern } from './blocks/common-schema.ts';
import { blockEnvelopeSchema, envelopeSchema } from './document-schema.ts';
import type { ScenarioBlock } from './document.ts';

/** JSON Schema, draft 2020-12. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Each type with every field that gives it an exit. */
const fullBlocks: { [Type in BlockType]: Extract<ScenarioBlock, { type: Type }>['fields'] } = {
  'a-b-split': { branches: [] },
  'ask-a-bot': { responses: 'variable' },
  'attached-data': {},
  'business-hours': {},
  'chat-bot-select-account': 'account',
  collect: {},
  comment: '',
  'connect-chat': {},
  'create-object': { object: 'contact', fields: {} },
  email: { to: [], subject: 'text', text: 'text' },
  'exception-handler': { try: ['block'], catch: 'block' },
  exit: {},
  'fetch-url': { url: 'https://example.com' },
  'find-agent': {},
  'get-agent-state': { username: 'user' },
  'get-next-record': { from: 'variable', into: 'variable' },
  'get-statistics': {},
  'get-user-configuration': { username: 'user' },
  goto: 'block',
  'identify-contact': { by: 'messenger-id' },
  if: [],
  'internal-message': { to: 'user', text: 'text' },
  log: { text: 'text' },
  'request-input': { text: 'text', into: 'variable' },
  'request-skill-or-service': {},
  return: {},
  'save-survey-response': {},
  'search-directory': { text: 'text', into: 'variable' },
  'search-object': { object: 'contact', where: [], into: 'variable' },
  'self-service-provided': {},
  'send-message': { text: 'text', wait: { files: 'variable' } },
  'set-agent-state': { username: 'user', state: 'ready' },
  'set-case': { caseId: 'id' },
  'set-custom-reporting-field': {},
  'set-disposition': { disposition: 'text' },
  'set-priority': { priority: 1 },
  'set-variable': {},
  'start-another-scenario': { scenario: 'name' },
  switch: { variable: 'variable', cases: {} },
  wait: { for: '1s' },
  'web-screen-pop': { url: 'https://example.com' },
};

/**
 * The schema of a scenario file, from the definitions of the blocks: what editors complete and check by. It knows the shape
 * only; targets, conditions and substitutions are checked by `parseScenario`.
 */
export function createScenarioJsonSchema(): JsonSchema {
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
        propertyNames: { pattern: blockIdPattern.source, maxLength: 100 },
        additionalProperties: { $ref: '#/$defs/block' },
      },
    },
    $defs: { block: createBlockSchema() },
  };
}

function createBlockSchema(): JsonSchema {
  const types = Object.entries(blockFieldsSchema).map(([type, schema]) => [type, toJsonSchema(schema)] as const);
  return {
    type: 'object',
    properties: { ...Object.fromEntries(types), ...toJsonSchema(blockEnvelopeSchema).properties },
    additionalProperties: false,
    oneOf: types.map(([type]) => ({ required: [type], properties: { exits: createExitsSchema(type) } })),
  };
}

/** Every exit that a block of the type can have. */
export function listExits(type: BlockType): BlockExit[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the key of a table of all types, with its own fields
  const block = { id: type, type, fields: fullBlocks[type], exits: {} } as ScenarioBlock;
  return getBlockWays(block).exits;
}

function createExitsSchema(type: string): JsonSchema {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a table of all types
  const exits = listExits(type as BlockType);
  const target = { type: 'string', pattern: blockIdPattern.source } as const;
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
