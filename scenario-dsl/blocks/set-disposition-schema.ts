import { z } from 'zod';
import { filledText, text } from './common-schema.ts';

export const setDispositionSchema = z
  .strictObject({
    disposition: filledText.describe('Name of the disposition.'),
    comment: text.optional(),
  })
  .describe('Says how the conversation ended.');

export type SetDispositionFields = z.infer<typeof setDispositionSchema>;
