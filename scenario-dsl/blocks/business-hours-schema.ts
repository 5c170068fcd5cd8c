import { z } from 'zod';
import { TIME_OF_DAY_PATTERN, WEEKDAYS } from '../../contracts/hours.ts';
import { findNearestName } from '../../contracts/nearest-name.ts';
import { readMoment } from '../expression/calendar.ts';
import { duration, filledText, type IssueParams } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const DATE_PATTERN = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** As a date stands elsewhere, the day first: 24.12.2026. */
function mendDate(value: string): string {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(value) ?? [];
  const mended = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return DATE_PATTERN.test(mended) ? mended : '2026-12-25';
}

/** 9:00 as 09:00. */
function mendTime(value: string): string {
  if (value === '24:00') return '"00:00", which is the end of the day';
  const mended = value.padStart(5, '0');
  return TIME_OF_DAY_PATTERN.test(mended) ? `"${mended}"` : '"09:00", "17:30"';
}

/** What is no time zone is not looked up at run time: nobody would see why it is always closed. */
function isTimeZone(name: string): boolean {
  try {
    return name.includes('$(') || Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

const time = z
  .string()
  .superRefine((value, context) => {
    if (TIME_OF_DAY_PATTERN.test(value)) return;
    const params: IssueParams = { code: 'bad-time', remedy: `Write hours and minutes: ${mendTime(value)}.` };
    context.addIssue({
      code: 'custom',
      message: `"${value.slice(0, 20)}" is not a time of day.`,
      params: { ...params },
    });
  })
  .meta({ pattern: TIME_OF_DAY_PATTERN.source, description: 'Time of day: "09:00".' });

const date = z
  .string()
  .superRefine((value, context) => {
    if (DATE_PATTERN.test(value) && readMoment(value)) return;
    const params: IssueParams = { code: 'bad-date', remedy: `Write year, month and day: "${mendDate(value)}".` };
    context.addIssue({ code: 'custom', message: `"${value.slice(0, 20)}" is not a date.`, params: { ...params } });
  })
  .meta({ pattern: DATE_PATTERN.source, description: 'A day: "2026-12-25".' });

/** A part of a day; a day alone is a text. */
const closedPart = z
  .strictObject({
    date: date.describe('The day.'),
    from: time.optional().describe('From when on it is closed; from its beginning where left out.'),
    to: time.optional().describe('Until when; to its end where left out.'),
  })
  .superRefine(({ from, to }, context) => {
    const isPart = (from !== undefined || to !== undefined) && !(from !== undefined && to !== undefined && from >= to);
    if (isPart) return;
    const remedy =
      'Write { date: "2026-12-24", from: "14:00" }, with "to" later than "from"; a whole day alone: "2026-12-25".';
    const params: IssueParams = { code: 'bad-hours', remedy };
    context.addIssue({ code: 'custom', message: 'This is no part of a day.', params: { ...params } });
  });

/** What is no map is checked as a day. */
const closure = z.union([date, closedPart], { error: 'a day like "2026-12-25", or a part of one' });

const opening = z.strictObject({
  days: z.array(z.enum(WEEKDAYS)).min(1).max(7).describe('Days of the week: mon, tue, wed, thu, fri, sat, sun.'),
  from: time.describe('Beginning of the hours: "09:00".'),
  to: time.describe('Their end; where it is not later than "from", on the day after.'),
});

const timeZone = filledText.superRefine((value, context) => {
  if (isTimeZone(value)) return;
  const nearest = findNearestName(value, Intl.supportedValuesOf('timeZone'));
  const remedy = nearest === undefined ? 'Write a name such as Europe/Berlin.' : `Did you mean "${nearest}"?`;
  const params: IssueParams = { code: 'bad-zone', remedy };
  context.addIssue({
    code: 'custom',
    message: `There is no time zone "${value.slice(0, 60)}".`,
    params: { ...params },
  });
});

const businessHoursSchema = z
  .strictObject({
    hours: filledText.optional().describe('Name of hours in the configuration; the service’s where left out.'),
    open: z.array(opening).min(1).max(50).optional().describe('The hours themselves, instead of a name.'),
    closedOn: z
      .array(closure)
      .max(500)
      .optional()
      .describe('Days, and parts of days, that are closed although "open" says otherwise.'),
    timeZone: timeZone
      .optional()
      .describe(
        'IANA time zone: Europe/Berlin; where left out that of the hours in the configuration, for times written here that of the scenario.',
      ),
    timeout: duration.optional().describe('How long looking it up may take; 10s where left out.'),
  })
  .superRefine(({ hours, open, closedOn }, context) => {
    const fail = (path: string, message: string, remedy: string): void => {
      const params: IssueParams = { code: 'bad-hours', remedy };
      context.addIssue({ code: 'custom', path: [path], message, params: { ...params } });
    };
    if (hours !== undefined && open) fail('open', '"hours" and "open" are two hours.', 'Remove one of them.');
    if (closedOn && !open) fail('closedOn', '"closedOn" belongs to "open".', 'Write "open" too, or remove it.');
  })
  .describe('Goes on when it is open now.');

export type BusinessHoursFields = z.infer<typeof businessHoursSchema>;

export const businessHoursDefinition = defineBlock({
  schema: businessHoursSchema,
  fieldsForAllExits: {},
  guide: {
    title: 'Business Hours',
    group: 'decide',
    notes: [
      "Sets `$(hours.isOpen)` and `$(hours.nextChangeAt)`, a moment (empty where it never changes): `$(formatDate(hours.nextChangeAt, 'EEEE H:mm'))` tells it in the scenario’s time zone.",
    ],
    differs: 'A block of ours.',
  },
});
