import { z } from 'zod';
import { duration, saidMessage } from './common-schema.ts';
import { defineBlock } from './define-block.ts';
import { gatherSchema } from './message-parts-schema.ts';

const collectable = ['name', 'email', 'phone', 'question'] as const;
export type Collectable = (typeof collectable)[number];

const collectSchema = z
  .strictObject({
    fields: z
      .array(z.enum(collectable))
      .min(1)
      .max(collectable.length)
      .optional()
      .describe(
        'What to ask for, in this order: name, email, phone, question; name, email and question where left out.',
      ),
    texts: z
      .strictObject({
        name: saidMessage.optional(),
        email: saidMessage.optional(),
        phone: saidMessage.optional(),
        question: saidMessage.optional(),
      })
      .optional()
      .describe('Own words for the questions.'),
    askKnown: z
      .boolean()
      .optional()
      .describe('Ask also for what is known already; false where left out: what is known is not asked for.'),
    timeout: duration.optional().describe('How long to wait for each reply; 10m where left out.'),
    gather: gatherSchema.optional(),
  })
  .describe('Collects name, e-mail address and question before a chat.');

export type CollectFields = z.infer<typeof collectSchema>;

export const collectDefinition = defineBlock({
  schema: collectSchema,
  fieldsForAllExits: {},
  guide: {
    title: 'Collect',
    group: 'talk',
    notes: [
      'Sets `customer.name`, `customer.email`, `customer.phone` and `question`; a first name of the profile is a name.',
    ],
    differs: 'A block of ours, for what elsewhere is a form before the chat.',
  },
});
