import { z } from 'zod';
import { duration, filledText } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const internalMessageSchema = z
  .strictObject({
    to: filledText.describe('User name of whoever is to read it; or a service: everybody who serves it.'),
    text: filledText.describe('What to say; $(name) puts a variable in.'),
    timeout: duration.optional().describe('How long it may take; 5s where left out.'),
  })
  .describe('Leaves a text for users of the console.');

export type InternalMessageFields = z.infer<typeof internalMessageSchema>;

export const internalMessageDefinition = defineBlock({
  schema: internalMessageSchema,
  fieldsForAllExits: { to: 'user', text: 'text' },
  guide: { title: 'Internal Message', group: 'data' },
});
