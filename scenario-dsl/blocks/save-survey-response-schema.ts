import { z } from 'zod';
import { numberOrText, text } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const custom = text.optional().describe('A field of the deployment’s own.');

const customFields = {
  custom1: custom,
  custom2: custom,
  custom3: custom,
  custom4: custom,
  custom5: custom,
  custom6: custom,
  custom7: custom,
  custom8: custom,
  custom9: custom,
};

const saveSurveyResponseSchema = z
  .strictObject({
    cs: numberOrText.optional().describe('Satisfaction, such as 1 to 5.'),
    fcr: z
      .union([z.boolean(), text])
      .optional()
      .describe('First contact resolution: true or false, or text that reads as yes or no.'),
    nps: numberOrText.optional().describe('Net promoter score, 0 to 10.'),
    comment: text.optional().describe('What the customer said.'),
    ...customFields,
  })
  .describe('Stores answers to a survey with the conversation.');

export type SaveSurveyResponseFields = z.infer<typeof saveSurveyResponseSchema>;

export const saveSurveyResponseDefinition = defineBlock({
  schema: saveSurveyResponseSchema,
  fieldsForAllExits: {},
  guide: {
    title: 'Save Survey Response',
    group: 'data',
    notes: [
      'What was not answered, or is no answer, is left out. Several blocks in one conversation make one response.',
    ],
  },
});
