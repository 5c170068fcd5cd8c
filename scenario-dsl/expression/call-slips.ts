import { findRepeatedField } from './date-pattern.ts';
import type { Expression } from './expression.ts';
import { getParameter, type findFunction } from './functions/functions.ts';

type Call = Extract<Expression, { kind: 'call' }>;
type Definition = NonNullable<ReturnType<typeof findFunction>>;

/** An argument that is of the right type, and means something else than its author thinks. */
export interface CallSlip {
  argument: Expression;
  severity: 'error' | 'warning';
  message: string;
  remedy: string;
}

const positions: Readonly<Record<string, number>> = { item: 1, part: 2 };

/** Arguments that can never be meant as they are taken: positions from 0, a number for a locale, an order for a field. */
export function findCallSlips({ name, args }: Call, definition: Definition): CallSlip[] {
  return args.flatMap((argument, index): CallSlip[] => {
    if (argument.kind === 'literal' && argument.value === 0 && positions[name] === index) {
      const message = 'Nothing stands at position 0.';
      return [{ argument, severity: 'error', message, remedy: 'Positions begin at 1; -1 is the last.' }];
    }
    if (argument.kind === 'literal' && getParameter(definition, index)?.name === 'locale') {
      const message = `${String(argument.value)} is no locale.`;
      const remedy = `A locale stands here, as in formatNumber(12.5, 'de', 2); without one write fixed(12.5, 2).`;
      return [{ argument, severity: 'error', message, remedy }];
    }
    const pattern = name === 'formatDate' && index === 1 ? textOf(argument) : undefined;
    const repeated = pattern === undefined ? undefined : findRepeatedField(pattern);
    return repeated ? [{ argument, severity: 'error', ...repeated }] : [];
  });
}

/** A text without variables in it. */
function textOf(argument: Expression): string | undefined {
  const [text = '', ...more] = argument.kind === 'text' ? argument.template : [undefined];
  return typeof text === 'string' && more.length === 0 ? text : undefined;
}

/** `sort(bills, 'desc')`: the second is what it is sorted by, and a text there the name of a field. */
export function findSortSlip({ name, args }: Call): CallSlip[] {
  const [, argument, order] = args;
  if (name !== 'sort' || argument?.kind !== 'variable' || order !== undefined) return [];
  const word = argument.path.join('.').replace(/^each\./, '');
  // Written in quotes: each.desc is longer.
  const isQuoted = argument.end - argument.at === word.length + 2;
  if (!isQuoted || !/^(?:asc|desc)(?:ending)?$/i.test(word)) return [];
  const meant = /^a/i.test(word) ? 'asc' : 'desc';
  return [
    {
      argument,
      severity: 'warning',
      message: `'${word}' is taken for the name of a field here.`,
      remedy: `The order stands third: sort(…, each, '${meant}').`,
    },
  ];
}

const WEEKDAYS = 'weekday(…) is a number: 1 is Monday, 7 Sunday.';

/** The number of a day of the week that there is not, or its name. */
export function findWeekdaySlip(left: Expression, right: Expression): CallSlip | undefined {
  const argument = isWeekday(left) ? right : isWeekday(right) ? left : undefined;
  if (argument === undefined) return undefined;
  const isNone =
    argument.kind === 'literal' && typeof argument.value === 'number' && !/^[1-7]$/.test(`${argument.value}`);
  const isName =
    argument.kind === 'text' && argument.template.some((part) => typeof part === 'string' && !/\d/.test(part));
  if (!isNone && !isName) return undefined;
  return { argument, severity: 'warning', message: 'No day of the week has this number.', remedy: WEEKDAYS };
}

function isWeekday(expression: Expression): boolean {
  if (expression.kind === 'substitution') return isWeekday(expression.value);
  return expression.kind === 'call' && expression.name === 'weekday';
}
