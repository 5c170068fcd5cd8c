import { z } from 'zod';
import { filledText } from './common-schema.ts';

export const setCaseSchema = z
  .strictObject({
    caseId: filledText.describe('Id of the case.'),
    replace: z.boolean().optional().describe('Instead of the conversation’s cases; beside them where left out.'),
  })
  .describe('Attaches a case to the conversation.');

export type SetCaseFields = z.infer<typeof setCaseSchema>;
