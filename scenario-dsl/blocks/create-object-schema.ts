import { z } from 'zod';
import { duration, filledText, valueText, variableName } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const createObjectSchema = z
  .strictObject({
    object: z.enum(['contact', 'case', 'company', 'activity']).describe('What to create.'),
    fields: z
      .record(filledText, z.union([valueText, z.number(), z.boolean()], { error: 'text, a number, true or false' }))
      .describe('Its fields; $(name) alone keeps its type, = begins an expression.'),
    into: variableName.optional().describe('Variable that { id, number } becomes; created where left out.'),
    timeout: duration.optional().describe('How long it may take; 10s where left out.'),
  })
  .describe('Creates a contact, case, company or activity.');

export type CreateObjectFields = z.infer<typeof createObjectSchema>;

export const createObjectDefinition = defineBlock({
  schema: createObjectSchema,
  fieldsForAllExits: { object: 'contact', fields: {} },
  guide: { title: 'Bright Pattern Create Object', group: 'data' },
});
