import { z } from 'zod';
import { duration, filledText, saidMessage, saidTitle, variableName } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const surveySchema = z
  .strictObject({
    survey: filledText
      .optional()
      .describe('Name of the survey in the configuration; that of the conversation’s service where left out.'),
    timeout: duration.optional().describe('How long to wait for each answer; 10m where left out.'),
    retry: saidMessage
      .optional()
      .describe(
        'Said once before a question is asked again, after a reply that is no answer; the question alone where left out.',
      ),
    skip: saidTitle.optional().describe('Title of a quick reply that leaves a question out; none where left out.'),
    into: variableName
      .optional()
      .describe('Variable that gets score (0 to 100), outcome and answers by their names; survey where left out.'),
  })
  .describe('Asks the customer the questions of a survey of the configuration, one after the other.');

export type SurveyFields = z.infer<typeof surveySchema>;

export const surveyDefinition = defineBlock({
  schema: surveySchema,
  fieldsForAllExits: {},
  guide: {
    title: 'Survey',
    group: 'data',
    notes: [
      'What is asked stands in the configuration (`kind: survey`): questions on a scale, with choices or for words, conditions that leave questions out, texts in several languages. Scales and choices are quick replies.',
      'A reply that is no answer is asked for once more, then the question is left out. Every answer is kept when it is given, also of who stops halfway.',
      'Way out at the end: `next`. Where the time for an answer runs out: `partly` with an answer at least, else `no-answer`; so also who came to the end and answered nothing.',
      'Record, search and reports know the answers and the score: all scales that were answered, each as much as the others, from 0 to 100. Behind the block they are in `survey.score`, `survey.outcome` and `survey.answers`.',
    ],
    differs: 'One block for what elsewhere is a survey form, or a chain of questions and Save Survey Response.',
  },
});
