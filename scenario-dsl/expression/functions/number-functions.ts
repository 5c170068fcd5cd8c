import { toList, toNumber } from '../values.ts';
import { any, list, number, optional, repeated, type FunctionDefinition } from './function-definition.ts';

/** Functions of numbers; arithmetic is `+ - * / %`. */
export const numberFunctions = {
  number: {
    group: 'number',
    parameters: [any('value')],
    gives: 'number',
    description: 'The number that a text reads as, with a decimal point.',
    examples: [{ expression: `number(' 12.50 ') + 1`, gives: 13.5 }],
    call: ([value]) => toNumber(value),
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
    call: ([value, places]) => round(value, places)?.toFixed(clampDecimals(places)),
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
  const digits = clampDecimals(places);
  const [mantissa, exponent = '0'] = String(Math.abs(read)).split('e');
  const scaled = Math.round(Number(`${mantissa}e${Number(exponent) + digits}`));
  return Math.sign(read) * Number(`${scaled}e-${digits}`);
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
