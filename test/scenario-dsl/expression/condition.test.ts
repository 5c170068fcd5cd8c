import { array, assert, constantFrom, jsonValue, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateCondition } from '../../../scenario-dsl/expression/evaluate-condition.ts';
import { parseCondition } from '../../../scenario-dsl/expression/parse-condition.ts';

const variables = {
  question: 'My Invoice is late',
  age: '17',
  count: 3,
  vip: true,
  yes: 'TRUE',
  blank: '  ',
  tags: ['Gold', 'new'],
  empty: [],
};

function holds(source: string): boolean {
  const parsed = parseCondition(source);
  if ('fault' in parsed) throw new Error(`${parsed.fault.message} (${parsed.fault.at})`);
  return evaluateCondition(parsed.condition, variables);
}

describe('A condition', () => {
  it.each([
    `$(question) contains 'invoice'`,
    `$(question) starts-with "my"`,
    `$(question) ends-with 'LATE'`,
    `$(question) == 'My Invoice is late'`,
    `$(question) != 'my invoice is late'`,
    `$(age) < 18 and $(age) >= 17`,
    `$(age) == 17.0`,
    `$(count) > 2`,
    `'b' > 'a'`,
    `10 > 9`,
    `'10' > '9'`,
    `-1 < 0`,
    `$(vip)`,
    `$(yes)`,
    `$(vip) == true`,
    `not $(nothing)`,
    `$(nothing) is empty`,
    `$(blank) is empty`,
    `$(empty) is empty`,
    `$(question) is not empty`,
    `$(nothing|x) == 'x'`,
    `$(nothing) == ''`,
    `$(tags) contains 'gold'`,
    `'$(age) years' == '17 years'`,
    `'it\\'s' contains "'"`,
    `false or true and true`,
    `true or true and false`,
    `not (true and false)`,
    `not false and true`,
  ])('holds: %s', (source) => {
    expect(holds(source)).toBe(true);
  });

  it.each([
    `$(question) contains 'refund'`,
    `$(question) contains $(nothing)`,
    `$(question) starts-with ''`,
    `$(question) ends-with $(nothing)`,
    `$(tags) contains 'gol'`,
    `$(nothing) < 5`,
    `$(nothing) >= 0`,
    `$(nothing)`,
    `$(question)`,
    `$(count)`,
    `(true or true) and false`,
    `'0x10' == 16`,
    `'' == 0`,
    `1e3 == 1000`.replace('1e3', '100'),
  ])('does not hold: %s', (source) => {
    expect(holds(source)).toBe(false);
  });

  it.each([
    ['', 0, 'found the end'],
    [`$(q) contian 'x'`, 5, '"contian"'],
    [`$(q) contains`, 13, 'found the end'],
    [`$(q) contains 'x`, 14, 'no closing'],
    [`($(q) is empty`, 14, 'Expected ")"'],
    [`$(q) is full`, 8, 'Expected "empty"'],
    [`$(q = 1`, 0, 'no closing'],
    [`$(q) = 1`, 5, '"=" cannot stand here'],
    [`1 == 2 == 3`, 7, 'Expected "and", "or" or the end'],
    [`true and`, 8, 'found the end'],
    [`$(q) == 'a $(b'`, 8, 'no closing'],
    [`5x == 1`, 0, '"5" cannot stand here'],
    [`process.exit(1)`, 0, 'no function "process.exit"'],
  ])('refuses %s at character %d', (source, at, message) => {
    const parsed = parseCondition(source);
    expect(parsed).toMatchObject({ fault: { at, message: expect.stringContaining(message) as string } });
  });

  it('refuses what is too long or too deep', () => {
    expect(parseCondition(' '.repeat(2000 + 1))).toHaveProperty('fault');
    expect(parseCondition(`${'('.repeat(40)}true${')'.repeat(40)}`)).toHaveProperty('fault');
    expect(parseCondition(`${'not '.repeat(400)}true`)).toHaveProperty('fault');
    expect(parseCondition(`${'true and '.repeat(200)}true`)).toHaveProperty('condition');
  });

  it('never throws, whatever is written and whatever the variables hold', () => {
    const words = constantFrom(
      '$(q)',
      'and',
      'or',
      'not',
      '(',
      ')',
      '==',
      '<',
      'contains',
      'is',
      'empty',
      `'x'`,
      '1',
      'true',
      '$(',
    );
    assert(
      property(
        oneof(
          string(),
          array(words).map((list) => list.join(' ')),
        ),
        jsonValue(),
        (source, q) => {
          const parsed = parseCondition(source);
          return 'fault' in parsed || typeof evaluateCondition(parsed.condition, { q }) === 'boolean';
        },
      ),
    );
  });
});
