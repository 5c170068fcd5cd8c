import { z } from 'zod';
import { duration, filledText, valueText, variableName } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const createObjectSchema = z
  .strictObject({
    object: z.enum(['contact', 'case']).describe('What to create; contact completes the customer’s own.'),
    fields: z
      .record(filledText, z.union([valueText, z.number(), z.boolean()], { error: 'text, a number, true or false' }))
      .describe('Its fields; $(name) alone keeps its type, = begins an expression.'),
    into: variableName.optional().describe('Variable that { id, number } becomes; created where left out.'),
    timeout: duration.optional().describe('How long it may take; 10s where left out.'),
  })
  .describe('Creates a case, or completes the contact of the customer.');

export type CreateObjectFields = z.infer<typeof createObjectSchema>;

export const createObjectDefinition = defineBlock({
  schema: createObjectSchema,
  fieldsForAllExits: { object: 'contact', fields: {} },
  guide: {
    title: 'Bright Pattern Create Object',
    group: 'data',
    notes: ['Fields of each object: docs/people.md.', 'A field whose value is empty is left as it is.'],
    differs:
      'The customer has a contact from their first message on: contact fills that one, and makes no second one. A company is a field of contacts.',
  },
});
