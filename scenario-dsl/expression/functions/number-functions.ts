import { getCurrencyPlaces, localizeNumber, readWrittenNumber, withCurrency } from '../locales.ts';
import { DEFAULT_LOCALE, findLocale } from '../place.ts';
import { toList, toNumber, valueText } from '../values.ts';
import { examineLocale } from './examine-locale.ts';
import { any, list, number, optional, repeated, text, type FunctionDefinition } from './function-definition.ts';

/** Functions of numbers; arithmetic is `+ - * / %`. */
export const numberFunctions = {
  number: {
    group: 'number',
    parameters: [any('value'), optional(text('locale'))],
    gives: 'number',
    description:
      'The number that a text reads as: with a decimal point, or as people write it, as far as that means one number only; with a locale as it is written there.',
    examples: [
      { expression: `number(' 12.50 ') + 1`, gives: 13.5 },
      { expression: `number('1.234,50')`, gives: 1234.5 },
      { expression: `number('1.234', 'de')`, gives: 1234 },
      { expression: `number('1,234')`, gives: '' },
    ],
    examine: ([, locale]) => examineLocale(locale, 1),
    call: ([value, locale]) =>
      (locale === undefined ? toNumber(value) : undefined) ??
      readWrittenNumber(valueText(value), locale === undefined ? undefined : valueText(locale)),
  },
  round: {
    group: 'number',
    parameters: [number('number'), optional(number('places'))],
    gives: 'number',
    description: 'The number, rounded to so many decimal places (0 to 10); halves away from zero.',
    examples: [
      { expression: 'round(2.5)', gives: 3 },
      { expression: 'round(1.005, 2)', gives: 1.01 },
      { expression: 'round(-2.5)', gives: -3 },
    ],
    call: ([value, places]) => round(value, places),
  },
  fixed: {
    group: 'number',
    parameters: [number('number'), number('places')],
    gives: 'text',
    description: 'The number as text with exactly so many decimal places (0 to 10).',
    examples: [{ expression: 'fixed(3.5, 2)', gives: '3.50' }],
    call: ([value, places]) => toFixed(value, places),
  },
  formatNumber: {
    group: 'number',
    parameters: [number('number'), text('locale'), optional(number('places'))],
    gives: 'text',
    description:
      'The number as a language writes it, with separators between thousands; with exactly so many places, else with those it has.',
    examples: [
      { expression: `formatNumber(1234567.5, 'de')`, gives: '1.234.567,5' },
      { expression: `formatNumber(1234.5, 'en-GB', 2)`, gives: '1,234.50' },
    ],
    examine: ([, locale]) => examineLocale(locale, 1),
    call: ([value, locale, places]) => {
      const plain = places === undefined ? toPlain(round(value, 10)) : toFixed(value, places);
      return plain && localizeNumber(plain, valueText(locale));
    },
  },
  money: {
    group: 'number',
    parameters: [number('amount'), text('currency'), optional(text('locale'))],
    gives: 'text',
    description:
      'A sum as a language writes it; that of the scenario’s locale where left out. Currencies by their codes.',
    examples: [
      { expression: `money(1234.5, 'EUR', 'de')`, gives: '1.234,50\u00A0€' },
      { expression: `money(-1234.5, 'USD')`, gives: '-$1,234.50' },
      { expression: `money(20, 'CHF', 'de-CH')`, gives: 'CHF\u00A020.00' },
    ],
    examine: ([, currency, locale]) =>
      currency === undefined || /^[A-Z]{3}$/.test(currency)
        ? examineLocale(locale, 2)
        : {
            index: 1,
            message: `"${currency.slice(0, 20)}" is no code of a currency.`,
            remedy: `Write it as in 'EUR'.`,
          },
    call: ([value, code, written], variables) => {
      const currency = valueText(code).trim().toUpperCase();
      const plain = toFixed(value, getCurrencyPlaces(currency));
      const locale = written === undefined ? (findLocale(variables) ?? DEFAULT_LOCALE) : valueText(written);
      return plain && withCurrency(localizeNumber(plain, locale), currency, locale);
    },
  },
  plural: {
    group: 'number',
    parameters: [number('number'), text('one'), text('many')],
    gives: 'text',
    description: 'One word where the number is 1, else the other.',
    examples: [{ expression: `plural(3, 'invoice', 'invoices')`, gives: 'invoices' }],
    call: ([value, one, many]) => valueText(toNumber(value) === 1 ? one : many),
  },
  formatDuration: {
    group: 'number',
    parameters: [number('seconds')],
    gives: 'text',
    description: 'A time in its two greatest units, with signs that every language knows: d, h, min, s.',
    examples: [
      { expression: `formatDuration(5400)`, gives: '1 h 30 min' },
      { expression: `formatDuration(45)`, gives: '45 s' },
    ],
    call: ([value]) =>
      apply(value, Math.round) === undefined ? undefined : describeSeconds(Math.round(toNumber(value) ?? 0)),
  },
  floor: {
    group: 'number',
    parameters: [number('number')],
    gives: 'number',
    description: 'The greatest whole number that is not above it.',
    examples: [{ expression: 'floor(-1.5)', gives: -2 }],
    call: ([value]) => apply(value, Math.floor),
  },
  ceil: {
    group: 'number',
    parameters: [number('number')],
    gives: 'number',
    description: 'The least whole number that is not below it.',
    examples: [{ expression: 'ceil(1.2)', gives: 2 }],
    call: ([value]) => apply(value, Math.ceil),
  },
  abs: {
    group: 'number',
    parameters: [number('number')],
    gives: 'number',
    description: 'The number without its sign.',
    examples: [{ expression: 'abs(-4)', gives: 4 }],
    call: ([value]) => apply(value, Math.abs),
  },
  min: {
    group: 'number',
    parameters: [repeated(any('numbers'))],
    gives: 'number',
    description: 'The least of the numbers; a list counts as its items, what is no number does not count.',
    examples: [
      { expression: 'min(3, 1, 2)', gives: 1 },
      { expression: `min(['5', 'x', 4])`, gives: 4 },
    ],
    call: (args) => least(args, (a, b) => a < b),
  },
  max: {
    group: 'number',
    parameters: [repeated(any('numbers'))],
    gives: 'number',
    description: 'The greatest of the numbers, as with min.',
    examples: [{ expression: 'max($(a), 10)', variables: { a: '12' }, gives: 12 }],
    call: (args) => least(args, (a, b) => a > b),
  },
  sum: {
    group: 'number',
    takesNothing: true,
    parameters: [list('list')],
    gives: 'number',
    description: 'The sum of a list’s numbers; what is no number does not count.',
    examples: [{ expression: `sum([1, '2', 'x'])`, gives: 3 }],
    call: ([value]) => listNumbers([value]).reduce((total, item) => total + item, 0),
  },
} as const satisfies Record<string, FunctionDefinition>;

function apply(value: unknown, change: (number: number) => number): number | undefined {
  const read = toNumber(value);
  return read === undefined ? undefined : change(read);
}

/** By the decimal text, because 1.005 × 100 is less than 100.5. */
function round(value: unknown, places: unknown): number | undefined {
  const read = toNumber(value);
  if (read === undefined) return undefined;
  // It has no places any more, and its own text has an exponent.
  if (Math.abs(read) >= 1e15) return read;
  const digits = clampDecimals(places);
  const [mantissa, exponent = '0'] = String(Math.abs(read)).split('e');
  const scaled = Math.round(Number(`${mantissa}e${Number(exponent) + digits}`));
  return Math.sign(read) * Number(`${scaled}e-${digits}`);
}

function toFixed(value: unknown, places: unknown): string | undefined {
  return round(value, places)?.toFixed(clampDecimals(places));
}

/** Without zeros behind the last place that counts. */
function toPlain(value: number | undefined): string | undefined {
  if (value === undefined) return undefined;
  const written = value.toFixed(10);
  return written.includes('e') ? written : written.replace(/\.?0+$/, '');
}

const units: readonly (readonly [string, number])[] = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
];

function describeSeconds(seconds: number): string {
  const whole = Math.abs(seconds);
  const first = Math.max(
    0,
    units.findIndex(([, size]) => whole >= size),
  );
  let rest = whole;
  const parts = (whole === 0 ? units.slice(-1) : units.slice(first, first + 2)).flatMap(([unit, size], index) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 || index === 0 ? [`${count} ${unit}`] : [];
  });
  return `${seconds < 0 ? '-' : ''}${parts.join(' ')}`;
}

function clampDecimals(places: unknown): number {
  return Math.trunc(Math.min(10, Math.max(0, toNumber(places) ?? 0)));
}

function listNumbers(args: readonly unknown[]): number[] {
  return args.flatMap((argument) => toList(argument).flatMap((item) => toNumber(item) ?? []));
}

function least(args: readonly unknown[], isBetter: (a: number, b: number) => boolean): number | undefined {
  return listNumbers(args).reduce<number | undefined>(
    (best, item) => (best === undefined || isBetter(item, best) ? item : best),
    undefined,
  );
}
