import { z } from 'zod';
import { maxQuickReplies } from '../messenger-limits.ts';
import { duration, filledText, messageText, text, variableName, type IssueParams } from './common-schema.ts';

const maxAsksAgain = 10;

const retry = z.strictObject({
  text: messageText.optional().describe('What to say then; the question again where left out.'),
  count: z.number().int().min(0).max(maxAsksAgain).optional().describe('How often at most; 2 where left out.'),
});

const choice = z.strictObject({
  title: filledText,
  value: text.optional().describe('What the variable becomes; the title where left out.'),
});

const shape = z.strictObject({
  text: messageText,
  type: z
    .enum(['text', 'email', 'phone', 'number', 'date', 'choice', 'rating'])
    .optional()
    .describe('What the reply has to be; text where left out.'),
  into: variableName.describe('Variable that the reply becomes, once it is of the type.'),
  choices: z.array(choice).min(1).max(maxQuickReplies).optional().describe('Only of a choice: its quick replies.'),
  min: z.number().optional().describe('Least number; of a rating 1 where left out.'),
  max: z.number().optional().describe('Greatest number; of a rating 5 where left out.'),
  retry: retry.optional().describe('Asking again after a reply that is not of the type.'),
  timeout: duration.optional().describe('How long to wait for each reply; 10m where left out.'),
});

export type RequestInputFields = z.infer<typeof shape>;

export const requestInputSchema = shape
  .superRefine((fields, context) => {
    for (const { field, message, remedy } of findFaults(fields)) {
      const params: IssueParams = { code: 'bad-input-field', remedy };
      context.addIssue({ code: 'custom', path: [field], message, params: { ...params } });
    }
  })
  .meta({
    description: 'Asks for something of a type, again where the reply is none, and keeps it in a variable.',
    allOf: [
      {
        anyOf: [
          { properties: { type: { const: 'choice' } }, required: ['type', 'choices'] },
          { properties: { type: { not: { const: 'choice' } }, choices: false } },
        ],
      },
      {
        anyOf: [
          { properties: { type: { enum: ['number', 'rating'] } }, required: ['type'] },
          { properties: { min: false, max: false } },
        ],
      },
    ],
  });

interface Fault {
  field: keyof RequestInputFields;
  message: string;
  remedy: string;
}

function findFaults(fields: RequestInputFields): Fault[] {
  return [...findChoiceFaults(fields), ...findBoundFaults(fields)];
}

function findChoiceFaults({ type, choices }: RequestInputFields): Fault[] {
  if (type !== 'choice') {
    const message = 'Only a choice has "choices".';
    return choices ? [{ field: 'choices', message, remedy: 'Write type: choice, or remove them.' }] : [];
  }
  if (!choices) {
    return [{ field: 'choices', message: '"choices" is missing.', remedy: 'Write choices: [{ title: … }].' }];
  }
  const titles = new Set(choices.map(({ title }) => title.trim().toLowerCase()));
  const values = new Set(choices.map(({ title, value }) => value ?? title));
  if (titles.size === choices.length && values.size === choices.length) return [];
  const message = 'Two choices have the same title or value.';
  return [{ field: 'choices', message, remedy: 'Give each a title and a value of its own.' }];
}

function findBoundFaults({ type, min, max }: RequestInputFields): Fault[] {
  const field = min === undefined ? 'max' : 'min';
  if (min === undefined && max === undefined) return [];
  if (type === 'rating') return findScaleFaults({ field, min: min ?? 1, max: max ?? 5 });
  if (type !== 'number') {
    const message = `Only a number and a rating have "${field}".`;
    return [{ field, message, remedy: 'Write type: number or type: rating, or remove it.' }];
  }
  if (min === undefined || max === undefined || min <= max) return [];
  return [{ field, message: `No number is from ${min} to ${max}.`, remedy: 'Let "min" be at most "max".' }];
}

function findScaleFaults({ field, min, max }: { field: Fault['field']; min: number; max: number }): Fault[] {
  const isScale = Number.isSafeInteger(min) && Number.isSafeInteger(max) && min < max && max - min < maxQuickReplies;
  if (isScale) return [];
  const remedy = `Write whole numbers, the greater as "max", so that there are 2 to ${maxQuickReplies} marks.`;
  return [{ field, message: `${min} to ${max} is no scale of quick replies.`, remedy }];
}
