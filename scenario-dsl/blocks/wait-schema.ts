import { z } from 'zod';
import { readMoment } from '../expression/calendar.ts';
import { duration, valueText, type IssueParams } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const MOMENT_REMEDY =
  'Write a moment: 2026-12-24T09:00, in the scenario’s time zone where it names no offset, or $(hours.nextChangeAt).';

const moment = valueText.superRefine((value, context) => {
  if (value.startsWith('=') || value.includes('$(') || readMoment(value)) return;
  const params: IssueParams = { code: 'bad-moment', remedy: MOMENT_REMEDY };
  const message = `"${value.slice(0, 60)}" is no moment.`;
  context.addIssue({ code: 'custom', message, params: { ...params } });
});

const waitSchema = z
  .strictObject({
    for: duration.optional(),
    until: moment
      .optional()
      .describe('Until when: a moment (2026-12-24T09:00), $(name), or = and an expression; at most 30d away.'),
  })
  .describe('Pauses; what the customer writes meanwhile is $(item.message) only.')
  .superRefine((fields, context) => {
    const isOne = (fields.for === undefined) !== (fields.until === undefined);
    if (isOne) return;
    const message = fields.for === undefined ? 'It does not say how long.' : '"for" and "until" are two times.';
    const params: IssueParams = { code: 'bad-wait', remedy: 'Write one of them: for: 10m, or until: $(moment).' };
    context.addIssue({ code: 'custom', message, params: { ...params } });
  })
  .meta({
    oneOf: [
      { required: ['for'], properties: { until: false } },
      { required: ['until'], properties: { for: false } },
    ],
  });

export type WaitFields = z.infer<typeof waitSchema>;

export const waitDefinition = defineBlock({
  schema: waitSchema,
  fieldsForAllExits: { until: '2026-12-24T09:00Z' },
  guide: {
    title: 'Wait',
    group: 'decide',
    notes: [
      'Not shortened by what the customer writes meanwhile: the last message is `$(item.message)` afterwards.',
      '`until` is read when the block begins: `until: $(hours.nextChangeAt)`, `until: "= addMinutes(item.windowClosesAt, -10)"`. A moment that has passed is waited for no longer; a date alone is its first minute. Where no offset is written it is a moment of the time zone. Messenger’s window closes 24 h after the customer’s last message, however long the wait is.',
    ],
    differs: 'The time has a unit. `until` is ours.',
  },
});
