import { z } from 'zod';
import { duration, filledText } from './common-schema.ts';

export const internalMessageSchema = z
  .strictObject({
    to: filledText.describe('User name of whoever is to read it.'),
    text: filledText.describe('What to say; $(name) puts a variable in.'),
    timeout: duration.optional().describe('How long it may take; 5s where left out.'),
  })
  .describe('Shows a text to a user of the console.');

export type InternalMessageFields = z.infer<typeof internalMessageSchema>;
