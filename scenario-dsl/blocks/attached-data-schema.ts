import { z } from 'zod';
import { filledText, text } from './common-schema.ts';

export const attachedDataSchema = z
  .record(filledText, text)
  .refine((data) => Object.keys(data).length > 0, { error: 'no data at all' })
  .describe('Shows the agent values beside the chat, and keeps them with the record.');

export type AttachedDataFields = z.infer<typeof attachedDataSchema>;
