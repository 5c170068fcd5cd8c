import { z } from 'zod';
import { OPERATIONS } from '../../contracts/operations.ts';
import type { JsonSchema, ScenarioNames } from '../document/scenario-json-schema.ts';
import { testFileSchema } from './test-file-schema.ts';

/** The schema of a `*.test.yaml`, for editors; with the names of the scenario that it tests they complete those as well. */
export function createTestJsonSchema({ blocks }: ScenarioNames = { blocks: [], variables: [] }): JsonSchema {
  const schema = z.toJSONSchema(testFileSchema, { target: 'draft-2020-12', io: 'input' });
  const offered: Readonly<Record<string, JsonSchema>> = {
    answers: { propertyNames: { anyOf: [{ enum: [...blocks, ...Object.keys(OPERATIONS), '*'] }, { type: 'string' }] } },
    block: { anyOf: [{ enum: [...blocks] }, { type: 'string' }] },
    path: { items: { anyOf: [{ enum: [...blocks] }, { type: 'string' }] } },
  };
  return { ...(withOffers(schema, offered) as JsonSchema), title: 'Tests of an Attendant scenario' };
}

/** Adds to what stands under a key of `properties`, wherever that is. */
function withOffers(schema: unknown, offered: Readonly<Record<string, JsonSchema>>, isProperties = false): unknown {
  if (Array.isArray(schema)) return schema.map((item) => withOffers(item, offered));
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]: [string, unknown]) => {
      const inner = withOffers(value, offered, key === 'properties');
      const more = isProperties && Object.hasOwn(offered, key) ? offered[key] : undefined;
      return [key, more ? { ...(inner as object), ...more } : inner];
    }),
  );
}
