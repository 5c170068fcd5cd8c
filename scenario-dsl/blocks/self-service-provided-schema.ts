import { z } from 'zod';
import { defineBlock } from './define-block.ts';

const selfServiceProvidedSchema = z.strictObject({}).describe('Marks the conversation as served without an agent.');

export type SelfServiceProvidedFields = z.infer<typeof selfServiceProvidedSchema>;

export const selfServiceProvidedDefinition = defineBlock({
  schema: selfServiceProvidedSchema,
  fieldsForAllExits: {},
  guide: { title: 'Self-Service Provided', group: 'route' },
});
