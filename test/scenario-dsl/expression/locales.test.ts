import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../scenario-dsl/expression/evaluate.ts';
import { readWrittenNumber } from '../../../scenario-dsl/expression/locales.ts';
import { parseExpression } from '../../../scenario-dsl/expression/parse-expression.ts';
import type { Variables } from '../../../scenario-dsl/expression/variables.ts';

function valueOf(source: string, variables: Variables = {}): unknown {
  const parsed = parseExpression(source);
  if ('fault' in parsed) throw new Error(parsed.fault.message);
  return evaluate(parsed.expression, variables);
}

const space = '\u00A0';

describe('A sum is written as its readers do', () => {
  it.each([
    [`money(1234567.891, 'EUR', 'de')`, `1.234.567,89${space}€`],
    [`money(1234.5, 'EUR', 'de-AT')`, `€${space}1.234,50`],
    [`money(1234.5, 'CHF', 'de_ch')`, `CHF${space}1’234.50`],
    [`money(1234.5, 'EUR', 'fr-FR')`, `1\u202F234,50${space}€`],
    [`money(-1234.5, 'GBP', 'en-GB')`, '-£1,234.50'],
    [`money(1234.5, 'JPY', 'ja')`, '¥1,235'],
    [`money(12, 'PLN', 'pl')`, `12,00${space}zł`],
    [`money(5, 'XYZ', 'en')`, `XYZ${space}5.00`],
    [`formatNumber(0.1 + 0.2, 'de')`, '0,3'],
    [`formatNumber(100, 'de')`, '100'],
    [`formatNumber(-1234567, 'sv')`, `-1${space}234${space}567`],
  ])('%s', (source, written) => {
    expect(valueOf(source)).toBe(written);
  });

  it('and nothing where it is no number; a number too great to be written out stays as it is', () => {
    expect(valueOf(`money(x, 'EUR')`, { x: 'many' })).toBeUndefined();
    expect(valueOf(`formatNumber(x, 'de')`, { x: 1e30 })).toBe('1e+30');
  });

  it('in a locale and a currency that are checked where they stand in the scenario', () => {
    expect(parseExpression(`money(1, 'EUR', 'xx')`)).toMatchObject({
      fault: { at: 16, message: 'Nothing is known of how "xx" writes numbers and dates.' },
    });
    expect(parseExpression(`money(1, 'euro')`)).toMatchObject({
      fault: { message: '"euro" is no code of a currency.' },
    });
  });
});

describe('A number is read as people write it', () => {
  it.each([
    ['1.234,50', undefined, 1234.5],
    ['1,234.50', undefined, 1234.5],
    ['1 234,5', undefined, 1234.5],
    ["1'234.50", undefined, 1234.5],
    ['1.234.567', undefined, 1_234_567],
    ['-12,5', undefined, -12.5],
    ['1,234', undefined, undefined],
    ['1,234', 'de', 1.234],
    ['1,234', 'en', 1234],
    ['1.23,4', undefined, undefined],
    ['1,2,3', undefined, undefined],
    ['12a', undefined, undefined],
    ['', undefined, undefined],
  ])('%s in %s', (text, locale, number) => {
    expect(readWrittenNumber(text, locale)).toBe(number);
  });
});

describe('A pattern is replaced', () => {
  it('everywhere, with groups, and stops where the text is long enough', () => {
    expect(valueOf(String.raw`replacePattern(x, '(\w)-(\w)', '$2$$$1')`, { x: 'a-b c-d' })).toBe('b$a d$c');
    expect(valueOf(`replacePattern(x, 'x*', '-')`, { x: 'ab' })).toBe('-a-b-');
    const long = valueOf(`replacePattern(x, 'a', y)`, { x: 'a'.repeat(4000), y: 'b'.repeat(5000) });
    expect(String(long)).toHaveLength(10_000);
  });
});

describe('A time is told in its two greatest units', () => {
  it.each([
    [0, '0 s'],
    [59.6, '1 min'],
    [3600, '1 h'],
    [90_061, '1 d 1 h'],
    [-90, '-1 min 30 s'],
  ])('%s s', (seconds, told) => {
    expect(valueOf('formatDuration(x)', { x: seconds })).toBe(told);
  });
});
