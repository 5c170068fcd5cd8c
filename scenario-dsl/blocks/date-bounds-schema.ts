import { z } from 'zod';
import { WEEKDAYS } from '../../contracts/hours.ts';
import { findNearestName } from '../../contracts/nearest-name.ts';
import { readMoment } from '../expression/calendar.ts';
import { parseNamed, parseValue } from '../expression/value-expression.ts';
import type { IssueParams } from './common-schema.ts';

/** A least or greatest day: `today`, a date, `$(…)` or `= expression`. */
export const dateBound = z.string().superRefine((value, context) => {
  const fail = (message: string, remedy: string, at?: number): void => {
    const params: IssueParams = { code: 'bad-date', remedy, ...(at !== undefined && { at }) };
    context.addIssue({ code: 'custom', message, params: { ...params } });
  };
  const days = Object.hasOwn(nearDays, value.trim().toLowerCase()) ? nearDays[value.trim().toLowerCase()] : undefined;
  if (days !== undefined) return fail(`"${value}" is no date here.`, `Write "$(addDays(today, ${days}))".`);
  const parsed = parseNamed(value);
  if ('fault' in parsed) return fail(parsed.fault.message, parsed.fault.remedy ?? BOUND_REMEDY, parsed.fault.at);
  if (isConstant(value, parsed.expression.kind) && !readMoment(value)) {
    fail(`"${value.slice(0, 60)}" is not a date.`, BOUND_REMEDY);
  }
});

const BOUND_REMEDY = 'Write today, a date such as 2026-12-24, or an expression: "$(addDays(today, 60))".';

const nearDays: Readonly<Record<string, number>> = { yesterday: -1, tomorrow: 1 };

/** Days that are not taken: days of the week, dates, and variables that hold some. */
export const excludedDay = z.string().superRefine((value, context) => {
  const fail = (message: string, remedy: string, at?: number): void => {
    const params: IssueParams = { code: 'bad-date', remedy, ...(at !== undefined && { at }) };
    context.addIssue({ code: 'custom', message, params: { ...params } });
  };
  const parsed = parseValue(value);
  if ('fault' in parsed) return fail(parsed.fault.message, parsed.fault.remedy ?? DAY_REMEDY, parsed.fault.at);
  if (!isConstant(value, parsed.expression.kind) || isDay(value)) return undefined;
  const begun =
    WEEKDAYS.find((name) => value.trim().toLowerCase().startsWith(name)) ?? findNearestName(value, WEEKDAYS);
  return fail(
    `"${value.slice(0, 60)}" is neither a day of the week nor a date.`,
    begun === undefined ? DAY_REMEDY : `Write ${begun}.`,
  );
});

const DAY_REMEDY = `Write ${WEEKDAYS.join(', ')}, a date such as 2026-12-24, or a variable that holds some: $(closedDays).`;

/** Text in which nothing is put. */
function isConstant(value: string, kind: string): boolean {
  return kind === 'text' && !value.includes('$(');
}

function isDay(value: string): boolean {
  return WEEKDAYS.some((name) => name === value) || readMoment(value)?.hasTime === false;
}
