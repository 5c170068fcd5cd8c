import { z } from 'zod';
import { duration, filledText, text } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const emailSchema = z
  .strictObject({
    to: z.array(filledText).min(1).max(20).describe('Addresses to write to.'),
    cc: z.array(filledText).max(20).optional().describe('Addresses that get a copy.'),
    subject: filledText,
    text: text.describe('What to write; $(name) puts a variable in.'),
    replyTo: filledText.optional().describe('Address that answers go to.'),
    timeout: duration.optional().describe('How long it may take; 30s where left out.'),
  })
  .describe('Sends an e-mail.');

export type EmailFields = z.infer<typeof emailSchema>;

export const emailDefinition = defineBlock({
  schema: emailSchema,
  fieldsForAllExits: { to: [], subject: 'text', text: 'text' },
  guide: {
    title: 'EMail',
    group: 'data',
    notes: ['By the mail server of the deployment, `ATTENDANT_SMTP_HOST`; without one it leaves by `failed`.'],
  },
});
