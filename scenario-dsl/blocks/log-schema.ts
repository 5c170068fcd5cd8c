import { z } from 'zod';
import { filledText } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const logSchema = z
  .strictObject({
    text: filledText.describe('What to record; $(name) puts a variable in.'),
    level: z.enum(['info', 'warning', 'error']).optional().describe('How much it matters; info where left out.'),
  })
  .describe('Records a line with the conversation; the customer does not see it.');

export type LogFields = z.infer<typeof logSchema>;

export const logDefinition = defineBlock({
  schema: logSchema,
  fieldsForAllExits: { text: 'text' },
  guide: { title: 'Log', group: 'decide' },
});
