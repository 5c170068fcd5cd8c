import { z } from 'zod';
import { defineBlock } from './define-block.ts';

const exitSchema = z.strictObject({}).describe('Ends the conversation.');

export type ExitFields = z.infer<typeof exitSchema>;

export const exitDefinition = defineBlock({
  schema: exitSchema,
  fieldsForAllExits: {},
  guide: { title: 'Exit', group: 'decide' },
});
