import { z } from 'zod';
import { filledText, text } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const attachedDataSchema = z
  .record(filledText, text)
  .refine((data) => Object.keys(data).length > 0, { error: 'no data at all' })
  .describe('Shows the agent values beside the chat, and keeps them with the record.');

export type AttachedDataFields = z.infer<typeof attachedDataSchema>;

export const attachedDataDefinition = defineBlock({
  schema: attachedDataSchema,
  fieldsForAllExits: {},
  guide: { title: 'Attached Data', group: 'data' },
});
