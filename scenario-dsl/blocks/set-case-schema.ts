import { z } from 'zod';
import { filledText } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const setCaseSchema = z
  .strictObject({
    caseId: filledText.describe('Id of the case.'),
    replace: z.boolean().optional().describe('Instead of the conversation’s cases; beside them where left out.'),
  })
  .describe('Attaches a case to the conversation.');

export type SetCaseFields = z.infer<typeof setCaseSchema>;

export const setCaseDefinition = defineBlock({
  schema: setCaseSchema,
  fieldsForAllExits: { caseId: 'id' },
  guide: {
    title: 'Set Case',
    group: 'data',
    notes: ['An empty id attaches none.', 'Agents see the cases of a conversation beside it.'],
  },
});
