const MINUTE = 60;
const HOUR = 60 * MINUTE;

const two = (value: number): string => String(value).padStart(2, '0');

/** `3:12`, `1:12:47`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / HOUR);
  const minutes = Math.floor((seconds % HOUR) / MINUTE);
  const rest = two(seconds % MINUTE);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** Formats of one reader: their language and their zone. */
export interface Formats {
  /** `14:09`. */
  time(at: string | number): string;
  /** `27 November`, with the year where it is another one. */
  day(at: string | number): string;
  /** `12 Sep`. */
  shortDay(at: string | number): string;
  /** Day and time. */
  moment(at: string | number): string;
  weekday(at: string | number): string;
  number(value: number): string;
  /** Which day it is there: two moments of one day have the same. */
  dayKey: (at: string | number) => string;
  /** `1.2 MB`. */
  bytes(value: number): string;
  languageName(tag: string): string;
}

const cache = new Map<string, Formats>();

/** The formats of a language and a zone, made once. */
export function formatsOf(locale: string, timeZone: string): Formats {
  const key = `${locale} ${timeZone}`;
  let formats = cache.get(key);
  if (!formats) cache.set(key, (formats = makeFormats(locale, timeZone)));
  return formats;
}

function makeFormats(locale: string, timeZone: string): Formats {
  const make = (options: Intl.DateTimeFormatOptions): ((at: string | number) => string) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    return (at) => format.format(new Date(at));
  };
  const numbers = new Intl.NumberFormat(locale);
  const megabytes = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const names = new Intl.DisplayNames([locale], { type: 'language' });
  const dayKey = new Intl.DateTimeFormat('en-CA', { timeZone });
  const year = make({ year: 'numeric' });
  const thisYear = year(Date.now());
  const day = make({ day: 'numeric', month: 'long' });
  const dayOfYear = make({ day: 'numeric', month: 'long', year: 'numeric' });
  return {
    time: make({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    day: (at) => (year(at) === thisYear ? day(at) : dayOfYear(at)),
    shortDay: make({ day: 'numeric', month: 'short' }),
    moment: make({ day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    weekday: make({ weekday: 'long', day: 'numeric', month: 'long' }),
    number: (value) => numbers.format(value),
    dayKey: (at) => dayKey.format(new Date(at)),
    bytes: (value) =>
      value < 1024 * 1024
        ? `${numbers.format(Math.max(1, Math.round(value / 1024)))} KB`
        : `${megabytes.format(value / 1024 / 1024)} MB`,
    languageName(tag) {
      try {
        return names.of(tag.replace('_', '-')) ?? tag;
      } catch {
        return tag;
      }
    },
  };
}
