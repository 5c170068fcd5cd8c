import { WEEKDAYS } from '../../contracts/hours.ts';
import { dayOf, readMoment, weekdayOf, writeDay } from '../expression/calendar.ts';
import { evaluate } from '../expression/evaluate.ts';
import { findLocale, findToday, getTimeZone } from '../expression/place.ts';
import { readDays } from '../expression/read-days.ts';
import { getNamedExpression, getValueExpression } from '../expression/value-expression.ts';
import { toList, valueText } from '../expression/values.ts';
import type { Variables } from '../expression/variables.ts';
import type { Reading } from './read-input.ts';
import type { QuestionFields } from './request-input-schema.ts';

type DateFields = Partial<Pick<QuestionFields, 'min' | 'max' | 'not'>>;

/**
 * Reads a date as people write it, within the bounds of the question: the likeliest of the days that it can mean, where that is
 * beyond the last one another that is not; else why it is not taken.
 */
export function createDateReader({ min, max, not = [] }: DateFields): (reply: string, variables: Variables) => Reading {
  const leastOf = compileDay(min);
  const mostOf = compileDay(max);
  const excluded = not.map((each) => getValueExpression(each));
  return (reply, variables) => {
    const days = readDays(reply, { today: findToday(variables), locale: findLocale(variables) });
    const [least, most] = [leastOf(variables), mostOf(variables)];
    const isExcluded = createExclusion(
      excluded.flatMap((each) => toList(evaluate(each, variables))),
      getTimeZone(variables),
    );
    const readings = days.map((day): Reading => {
      if (least !== undefined && day < least) return { refusal: 'belowMin' };
      if (most !== undefined && day > most) return { refusal: 'aboveMax' };
      const value = writeDay(day);
      return value === undefined || isExcluded(day) ? { refusal: 'notOn' } : { value };
    });
    const [likeliest = { refusal: 'unclear' }, ...others] = readings;
    // Only who cannot mean a day to come means one that is past.
    const isTooLate = 'refusal' in likeliest && likeliest.refusal === 'aboveMax';
    return (isTooLate ? others.find((reading) => 'value' in reading) : undefined) ?? likeliest;
  };
}

/** A bound that is nothing, or no date, bounds nothing. */
function compileDay(bound: DateFields['min']): (variables: Variables) => number | undefined {
  if (typeof bound !== 'string') return () => undefined;
  const expression = getNamedExpression(bound);
  return (variables) => toDay(evaluate(expression, variables), getTimeZone(variables));
}

function toDay(value: unknown, timeZone: string): number | undefined {
  const moment = readMoment(value, timeZone);
  return moment && dayOf(moment, timeZone);
}

function createExclusion(values: readonly unknown[], timeZone: string): (day: number) => boolean {
  const weekdays = new Set(values.map((value) => WEEKDAYS.findIndex((name) => name === valueText(value).trim()) + 1));
  const days = new Set(values.map((value) => toDay(value, timeZone)));
  return (day) => days.has(day) || weekdays.has(weekdayOf(day));
}
