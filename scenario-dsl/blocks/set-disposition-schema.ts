import { z } from 'zod';
import { filledText, text } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const setDispositionSchema = z
  .strictObject({
    disposition: filledText.describe('Name of the disposition.'),
    comment: text.optional(),
  })
  .describe('Says how the conversation ended.');

export type SetDispositionFields = z.infer<typeof setDispositionSchema>;

export const setDispositionDefinition = defineBlock({
  schema: setDispositionSchema,
  fieldsForAllExits: { disposition: 'text' },
  guide: { title: 'Set Disposition', group: 'data' },
});
