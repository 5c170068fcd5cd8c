/** In the order of the week, from Monday. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** `09:00`: hours and minutes of a day. */
export const TIME_OF_DAY_PATTERN = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Days of a week, 1 (Monday) to 7. `from` and `to` are `HH:MM`; a `to` that is not later than `from` lies on the next day, and 23:59 is the end of the day. */
export interface OpeningTimes {
  days: number[];
  from: string;
  to: string;
}

/**
 * An ISO date on which nothing opens, or a part of a day that is closed although it would be open: from `from` (its beginning
 * where absent) to `to` (its end where absent).
 */
export type Closure = string | { date: string; from?: string | undefined; to?: string | undefined };

/** Opening times as people write them, with the days by their names. */
interface WrittenTimes {
  days: readonly (typeof WEEKDAYS)[number][];
  from: string;
  to: string;
}

/** Opening times as they are stored and asked with. */
export function toOpeningTimes({ days, from, to }: WrittenTimes): OpeningTimes {
  return { days: days.map((day) => WEEKDAYS.indexOf(day) + 1), from, to };
}

/** Opening times as a file says them. */
export function toWrittenTimes({ days, from, to }: OpeningTimes): {
  days: (typeof WEEKDAYS)[number][];
  from: string;
  to: string;
} {
  return { days: days.flatMap((day) => WEEKDAYS[day - 1] ?? []), from, to };
}
