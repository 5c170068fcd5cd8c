import { z } from 'zod';
import { MESSENGER_LIMITS } from '../../contracts/messenger-limits.ts';
import { readMoment } from '../expression/calendar.ts';
import { firstSaid, isByLanguage, listSaid } from '../expression/said-text.ts';
import {
  duration,
  listSource,
  numberOrText,
  saidMessage,
  saidTitle,
  text,
  variableName,
  type IssueParams,
} from './common-schema.ts';
import { dateBound, excludedDay } from './date-bounds-schema.ts';
import { defineBlock } from './define-block.ts';
import { gatherSchema, LIST_OR_EACH, more } from './message-parts-schema.ts';

const MAX_ASKS_AGAIN = 10;

const retrySchema = z.strictObject({
  text: saidMessage.optional().describe('What to say then; the question again where left out.'),
  belowMin: saidMessage.optional().describe('What to say to a number or day below "min"; "text" where left out.'),
  aboveMax: saidMessage.optional().describe('What to say to one above "max"; "text" where left out.'),
  notOn: saidMessage.optional().describe('What to say to a day of "not"; "text" where left out.'),
  count: z.number().int().min(0).max(MAX_ASKS_AGAIN).optional().describe('How often at most; 2 where left out.'),
});

/** Words of one choice beside its title and value. */
const MAX_ALSO = 50;

const choice = z.strictObject({
  title: saidTitle,
  value: text.optional().describe('What the variable becomes; the title where left out.'),
  also: z
    .array(numberOrText)
    .min(1)
    .max(MAX_ALSO)
    .optional()
    .describe('Other words for it that a customer may write: [yep, sure, 1].'),
});

const BOUND = 'a number; of a date today, 2026-12-24 or $(…)';

const questionShape = {
  text: saidMessage.describe('The question.'),
  type: z
    .enum(['text', 'email', 'phone', 'number', 'date', 'choice', 'rating', 'file', 'location'])
    .optional()
    .describe('What the reply has to be; text where left out.'),
  into: variableName.optional().describe('Variable that the reply becomes, once it is of the type.'),
  choices: z
    .union(
      [z.array(choice).min(1).max(MESSENGER_LIMITS.quickReplies), choice.extend({ each: listSource, more })],
      LIST_OR_EACH,
    )
    .optional()
    .describe('Only of a choice: its quick replies, or one for each item of a list.'),
  min: z
    .union([z.number(), dateBound], BOUND)
    .optional()
    .describe('Least number; of a rating 1 where left out. Of a date the first day: today, 2026-12-24, $(…).'),
  max: z
    .union([z.number(), dateBound], BOUND)
    .optional()
    .describe('Greatest number; of a rating 5 where left out. Of a date the last day: $(addDays(today, 60)).'),
  not: z
    .array(excludedDay)
    .min(1)
    .max(500)
    .optional()
    .describe('Only of a date: days that are not taken, [mon, 2026-12-24], and variables that hold some.'),
  fromProfile: z
    .boolean()
    .optional()
    .describe('Only of an email or a phone: Messenger offers the customer’s own as a quick reply.'),
  retry: retrySchema.optional().describe('Asking again after a reply that is not of the type.'),
};

/** Of a type, as `allOf` of a schema of questions: fields that only some types have. */
const onlyOf = (types: string[], fields: string[], required: string[] = []): object => ({
  anyOf: [
    { properties: { type: { enum: types } }, required: ['type', ...required] },
    {
      properties: {
        ...(required.length === 0 ? {} : { type: { not: { enum: types } } }),
        ...Object.fromEntries(fields.map((field) => [field, false])),
      },
    },
  ],
});

const questionMeta = [
  onlyOf(['choice'], ['choices'], ['choices']),
  onlyOf(['number', 'rating', 'date'], ['min', 'max']),
  onlyOf(['date'], ['not']),
  {
    if: { properties: { type: { const: 'date' } }, required: ['type'] },
    // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema calls it so
    then: { properties: { min: { type: 'string' }, max: { type: 'string' } } },
    else: { properties: { min: { type: 'number' }, max: { type: 'number' } } },
  },
  onlyOf(['email', 'phone'], ['fromProfile']),
];

const formField = z.strictObject({
  name: variableName.describe('Name of the field; the reply becomes $(item.externalChatData.<name>).'),
  ...questionShape,
});

export type QuestionFields = Omit<z.infer<typeof formField>, 'name'>;

const MAX_FIELDS = 20;

const shape = z.strictObject({
  ...questionShape,
  text: questionShape.text.optional(),
  form: z
    .array(formField.meta({ allOf: questionMeta }))
    .min(1)
    .max(MAX_FIELDS)
    .optional()
    .describe('Several questions, one after the other, instead of one.'),
  timeout: duration.optional().describe('How long to wait for each reply; 10m where left out.'),
  gather: gatherSchema.optional(),
});

export type RequestInputFields = z.infer<typeof shape>;

const requestInputSchema = shape
  .superRefine((fields, context) => {
    const fail = (path: (string | number)[], { field, message, remedy }: Fault): void => {
      const params: IssueParams = { code: 'bad-input-field', remedy };
      context.addIssue({ code: 'custom', path: [...path, field], message, params: { ...params } });
    };
    findShapeFaults(fields).forEach((fault) => fail([], fault));
    findFaults(fields).forEach((fault) => fail([], fault));
    fields.form?.forEach((field, index) => findFaults(field).forEach((fault) => fail(['form', index], fault)));
  })
  .meta({
    description: 'Asks for something of a type, again where the reply is none, and keeps it in a variable.',
    oneOf: [
      { required: ['text', 'into'], properties: { form: false } },
      {
        required: ['form'],
        properties: Object.fromEntries(Object.keys(questionShape).map((name) => [name, false])),
      },
    ],
    allOf: questionMeta,
  });

export const requestInputDefinition = defineBlock({
  schema: requestInputSchema,
  fieldsForAllExits: { text: 'text', into: 'variable', type: 'choice', choices: { each: 'list', title: '$(each)' } },
  guide: {
    title: 'Request Input',
    group: 'talk',
    notes: [
      'It asks again, up to `retry.count` times for each question, while the reply is not of the type, then takes `invalid`; the last reply is `$(item.message)`.',
      'Choices can be made for each item of a list (at most 100): `choices: { each: slots, title: $(each.start), value: $(each.id), more: Later }`. They come in pages, the next with a tap on `more`; all of them can be written. Where the list is empty nothing is asked: it leads where `no-data` does, or, where that is not wired, where `invalid` does.',
      'A date is read with the words and the order of the scenario’s locale, and “today” in its time zone; a day without a year, and a day of the week, is the next such day, or the last one where `max` leaves no other.',
      '`retry.belowMin`, `aboveMax` and `notOn` say why a number or day was not taken.',
      'What each type takes and keeps: the table below.',
    ],
    differs:
      'Messenger shows no forms: the fields of `form` are asked one after the other. Types, asking again and the exit `invalid` are ours.',
  },
});

/** A question with its variable, or a form; not both. */
function findShapeFaults(fields: RequestInputFields): Fault[] {
  if (fields.form) {
    const both = questionFields.find((name) => fields[name] !== undefined);
    const message = `"form" and "${both}" are two things to ask.`;
    return both ? [{ field: both, message, remedy: `Put ${both} into the fields of the form.` }] : [];
  }
  const remedy = 'Write "text" and "into", or a "form" with several questions.';
  const missing = (['text', 'into'] as const).filter((name) => fields[name] === undefined);
  return missing.map((field) => ({ field, message: `"${field}" is missing.`, remedy }));
}

const questionFields = ['text', 'into', 'type', 'choices', 'min', 'max', 'not', 'fromProfile', 'retry'] as const;

type CheckedFields = Pick<QuestionFields, 'type' | 'choices' | 'min' | 'max' | 'not' | 'fromProfile' | 'retry'>;

interface Fault {
  field: (typeof questionFields)[number];
  message: string;
  remedy: string;
}

function findFaults(fields: CheckedFields): Fault[] {
  return [
    ...findChoiceFaults(fields),
    ...findBoundFaults(fields),
    ...findReasonFaults(fields),
    ...findProfileFaults(fields),
  ];
}

function findProfileFaults({ type, fromProfile }: CheckedFields): Fault[] {
  if (fromProfile === undefined || type === 'email' || type === 'phone') return [];
  const message = 'Messenger knows the customer’s e-mail address and phone number only.';
  return [{ field: 'fromProfile', message, remedy: 'Write type: email or type: phone, or remove it.' }];
}

function findChoiceFaults({ type, choices }: CheckedFields): Fault[] {
  if (type !== 'choice') {
    const message = 'Only a choice has "choices".';
    return choices ? [{ field: 'choices', message, remedy: 'Write type: choice, or remove them.' }] : [];
  }
  if (!choices) {
    return [{ field: 'choices', message: '"choices" is missing.', remedy: 'Write choices: [{ title: … }].' }];
  }
  const written = Array.isArray(choices) ? choices : [choices];
  if (written.some(({ title, value }) => isByLanguage(title) && value === undefined)) {
    const message = 'A choice whose title is in several languages needs a value.';
    return [{ field: 'choices', message, remedy: 'Write what the variable becomes: value: yes.' }];
  }
  if (!Array.isArray(choices)) return [];
  const titles = new Set(choices.map(({ title }) => firstSaid(title).trim().toLowerCase()));
  const values = new Set(choices.map(({ title, value }) => value ?? firstSaid(title)));
  if (titles.size === choices.length && values.size === choices.length) return findAlsoFaults(choices);
  const message = 'Two choices have the same title or value.';
  return [{ field: 'choices', message, remedy: 'Give each a title and a value of its own.' }];
}

/** A word that means two choices would always be taken for the first of them. */
function findAlsoFaults(choices: readonly z.infer<typeof choice>[]): Fault[] {
  const owners = new Map<string, number>();
  for (const [index, { title, value = '', also = [] }] of choices.entries()) {
    const words = [...listSaid(title).map(({ source }) => source), ...(value === '' ? [] : [value]), ...also];
    for (const word of words.map((each) => String(each).trim().toLowerCase())) {
      const owner = owners.get(word) ?? index;
      owners.set(word, owner);
      if (owner === index || word.includes('$(')) continue;
      const message = `"${word.slice(0, 60)}" stands for two choices.`;
      return [{ field: 'choices', message, remedy: 'Leave it with one of them.' }];
    }
  }
  return [];
}

function findBoundFaults({ type, min, max, not }: CheckedFields): Fault[] {
  if (not && type !== 'date') {
    return [{ field: 'not', message: 'Only a date has "not".', remedy: 'Write type: date, or remove it.' }];
  }
  if (min === undefined && max === undefined) return [];
  if (type === 'date') return findDateFaults({ min, max });
  if (type === 'number' || type === 'rating') return findNumberFaults(type, { min, max });
  const field = min === undefined ? 'max' : 'min';
  const message = `Only a number, a rating and a date have "${field}".`;
  return [{ field, message, remedy: 'Write type: number, type: rating or type: date, or remove it.' }];
}

function findNumberFaults(type: 'number' | 'rating', { min, max }: Pick<CheckedFields, 'min' | 'max'>): Fault[] {
  const field = min === undefined ? 'max' : 'min';
  if (typeof min === 'string' || typeof max === 'string') {
    const wrong = typeof min === 'string' ? 'min' : 'max';
    return [{ field: wrong, message: `Of a ${type} "${wrong}" is a number.`, remedy: `Write ${wrong}: 1.` }];
  }
  if (type === 'rating') return findScaleFaults({ field, min: min ?? 1, max: max ?? 5 });
  if (min === undefined || max === undefined || min <= max) return [];
  return [{ field, message: `No number is from ${min} to ${max}.`, remedy: 'Let "min" be at most "max".' }];
}

function findDateFaults({ min, max }: Pick<CheckedFields, 'min' | 'max'>): Fault[] {
  const number = [['min', min] as const, ['max', max] as const].find(([, bound]) => typeof bound === 'number');
  if (number) {
    const [field] = number;
    return [{ field, message: `Of a date "${field}" is a day.`, remedy: `Write ${field}: today, or 2026-12-24.` }];
  }
  const [first, last] = [readMoment(min), readMoment(max)];
  if (!first || !last || first.ms <= last.ms) return [];
  return [{ field: 'min', message: `No day is from ${min} to ${max}.`, remedy: 'Let "min" be at most "max".' }];
}

/** A text for what cannot happen was meant for something else. */
function findReasonFaults({ retry = {}, min, max, not }: CheckedFields): Fault[] {
  const reasons = [
    ['belowMin', 'min', min],
    ['aboveMax', 'max', max],
    ['notOn', 'not', not],
  ] as const;
  return reasons
    .filter(([reason, , bound]) => retry[reason] !== undefined && bound === undefined)
    .map(([reason, bound]) => ({
      field: 'retry',
      message: `"${reason}" is never said: there is no "${bound}".`,
      remedy: `Write "${bound}" too, or say it in "text".`,
    }));
}

function findScaleFaults({ field, min, max }: { field: Fault['field']; min: number; max: number }): Fault[] {
  const isScale =
    Number.isSafeInteger(min) && Number.isSafeInteger(max) && min < max && max - min < MESSENGER_LIMITS.quickReplies;
  if (isScale) return [];
  const remedy = `Write whole numbers, the greater as "max", so that there are 2 to ${MESSENGER_LIMITS.quickReplies} marks.`;
  return [{ field, message: `${min} to ${max} is no scale of quick replies.`, remedy }];
}
