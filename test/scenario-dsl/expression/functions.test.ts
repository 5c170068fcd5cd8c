import { array, assert, constantFrom, jsonValue, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../scenario-dsl/expression/evaluate.ts';
import { findFunction, functionNames } from '../../../scenario-dsl/expression/functions/functions.ts';
import { parseExpression } from '../../../scenario-dsl/expression/parse-expression.ts';
import { fillTemplate, getTemplate } from '../../../scenario-dsl/expression/template.ts';
import { measureProcessorMs } from '../../support/measure-processor-ms.ts';

function valueOf(source: string, variables: Record<string, unknown> = {}): unknown {
  const parsed = parseExpression(source);
  if ('fault' in parsed) throw new Error(`${parsed.fault.message} (${parsed.fault.at})`);
  return evaluate(parsed.expression, variables);
}

const examples = functionNames.flatMap((name) =>
  (findFunction(name)?.examples ?? []).map((example) => ({ name, ...example })),
);

describe('The examples of the functions are true:', () => {
  it.each(examples)('$expression', ({ expression, variables, gives }) => {
    expect(valueOf(expression, variables) ?? '').toEqual(gives);
  });

  it('every function has one', () => {
    expect(functionNames.filter((name) => !examples.some((example) => example.name === name))).toEqual([]);
  });
});

describe('A value', () => {
  it.each<[string, unknown]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['7 - 2 - 1', 4],
    ['2 * -3', -6],
    ['1 -2', -1],
    ['-$(n)', -5],
    ['7 % 4', 3],
    ['0.1 + 0.2', 0.3],
    [`'2' + '3'`, 5],
    [`'a' + 1`, undefined],
    ['1 / 0', undefined],
    ['$(unknown) + 1', undefined],
    ['$(unknown|4) + 1', 5],
    ['not 1 + 1 == 3', true],
    [`['a', 1 + 1]`, ['a', 2]],
    ['[]', []],
    [`upper('a $(name) b')`, 'A ADA B'],
    [`if(1 < 2 and not false, 'yes', 'no')`, 'yes'],
    [`join(split('a,b', ','), ' or ')`, 'a or b'],
    [`"it's"`, "it's"],
    [`'it\\'s'`, "it's"],
  ])('%s is %j', (source, value) => {
    expect(valueOf(source, { n: 5, name: 'Ada' })).toEqual(value);
  });

  it.each([
    [`upper()`, 0, 'Write upper(text).'],
    [`slice('a', 1, 2, 3)`, 0, 'Write slice(text, start, length?).'],
    [`uper('a')`, 0, 'Did you mean "upper"?'],
    [`upper('a'`, 9, undefined],
    [`upper('a' 'b')`, 10, undefined],
    [`['a' `, 5, undefined],
    [`extract('a', $(pattern))`, 13, `Write it in quotes: matches '^\\d{5}$'.`],
    [`$(a) matches '('`, 13, String.raw`Mend it; a sign that stands for itself has a \ before it: \[, \(, \+, \?.`],
    [`$(a) contians 'b'`, 5, 'Did you mean "contains"?'],
    [`$(a) = 1`, 5, 'Write == to compare.'],
    [`${'-'.repeat(40)}1`, undefined, undefined],
    ['['.repeat(40), undefined, undefined],
    ['upper('.repeat(40), undefined, undefined],
    ['$(upper('.repeat(40), undefined, undefined],
  ])('refuses %s, and says where and what to do', (source, at, remedy) => {
    const parsed = parseExpression(source);
    expect(parsed).toHaveProperty('fault');
    if (!('fault' in parsed)) return;
    if (at !== undefined) expect(parsed.fault.at).toBe(at);
    if (remedy !== undefined) expect(parsed.fault.remedy).toBe(remedy);
  });

  it('never throws and stays within its bounds, whatever is written and whatever the variables hold', () => {
    const signs = ['$(q)', '$(q|x)', '(', ')', '[', ']', ',', '+', '-', '*', '/', '%', '==', 'in', 'not', 'and', '|'];
    const rest = [
      `'x'`,
      `'$(q)'`,
      '3',
      '-1',
      'matches',
      `'^a+$'`,
      'like',
      'before',
      `'2026-05-03'`,
      'is',
      'empty',
      '$(',
    ];
    const word = constantFrom(...signs, ...rest, ...functionNames.map((name) => `${name}(`));
    const source = oneof(
      string(),
      array(word).map((words) => words.join(' ')),
    );
    assert(
      property(source, jsonValue(), (text, q) => {
        const parsed = parseExpression(text);
        if ('fault' in parsed) return parsed.fault.at >= 0 && parsed.fault.at <= text.length;
        const value = evaluate(parsed.expression, { q });
        return typeof value !== 'string' || value.length <= 10_000 || q === value;
      }),
      { numRuns: 2000 },
    );
  });

  it('of any function, called with any values, is within its bounds', () => {
    assert(
      property(constantFrom(...functionNames), array(jsonValue(), { maxLength: 4 }), (name, args) => {
        if (name === 'extract') return true;
        const variables = Object.fromEntries(args.map((value, index) => [`v${index}`, value]));
        const parsed = parseExpression(`${name}(${args.map((_, index) => `$(v${index})`).join(', ')})`);
        if ('fault' in parsed) return true;
        const value = evaluate(parsed.expression, variables);
        return typeof value !== 'number' || Number.isFinite(value);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('A text with functions in it', () => {
  const variables = { name: 'ada', n: 2, price: 3.5, list: ['a', 'b'], text: 'x'.repeat(9_000) };

  it.each([
    ['Hi $(capitalize(name)|there)!', 'Hi Ada!'],
    ['Hi $(capitalize(nobody)|there)!', 'Hi there!'],
    ['$(n * price) EUR', '7 EUR'],
    ['$(fixed(n * price, 2)) EUR', '7.00 EUR'],
    ['$(join(list))', 'a, b'],
    [`$(upper("$(name) (x)"))`, 'ADA (X)'],
    [`$('=')`, '='],
    ['$(n + 1|none)', '3'],
    ['$(nobody + 1|none)', 'none'],
    ['$(a-b)', ''],
    ['$$(upper(name))', '$(upper(name))'],
    [`$(if(n > 1, 'many', 'one'))`, 'many'],
    ['$(replace(text, "x", text))', 'x'.repeat(10_000)],
  ])('%s', (text, filled) => {
    expect(fillTemplate(getTemplate(text), variables)).toBe(filled);
  });
});

describe('A pattern', () => {
  it.each([
    [`'Order 12345' matches '\\b\\d{5}\\b'`, true],
    [`'12345' matches '^\\d{4}$'`, false],
    [`'INVOICE' matches 'invoice'`, true],
    [`'INVOICE' matches '(?-i)invoice'`, false],
    [`'Ärger' matches 'ärger'`, true],
    [`'INV-17' like 'inv-*'`, true],
    [`'xINV-17' like 'inv-*'`, false],
    [`'INV.17' like 'inv?17'`, true],
    [`'INV-17' like 'inv.17'`, false],
    [`'b' not matches 'a'`, true],
    [`$(unknown) matches 'a'`, false],
  ])('%s is %s', (source, value) => {
    expect(valueOf(source)).toBe(value);
  });

  it.each([
    ['^(a+)+$', 'a'.repeat(4000) + '!'],
    ['^(a|a)*$', 'a'.repeat(4000) + '!'],
    ['(.*)(.*)(.*)(.*)(.*)(.*)x\\b', 'a'.repeat(9000)],
    ['(a?){100}a{100}', 'a'.repeat(4000)],
    ['(.{1,30}){1,30}z$', 'a'.repeat(4000)],
    ['([a-z]|[a-y]|[a-x]|[a-w]){200}[^a]', 'ab'.repeat(2000)],
  ])('that is hostile, %s, is matched or refused within 250 ms', (pattern, text) => {
    const { tookMs } = measureProcessorMs(() => {
      const parsed = parseExpression(`$(q) matches '${pattern}'`);
      if ('expression' in parsed) evaluate(parsed.expression, { q: text });
    });
    expect(tookMs).toBeLessThan(250);
  });

  it('that is too large, or looks around or back, is refused', () => {
    for (const pattern of ['(.{1,100}){1,30}', '(?=a)', '(a)\\1', 'x'.repeat(501), '((a{1,100}){1,100}){1,100}']) {
      expect(parseExpression(`$(q) matches '${pattern}'`)).toHaveProperty('fault');
    }
  });
});

describe('An operator', () => {
  const variables = { tags: ['Gold', 'new'], day: '2026-05-03', at: '2026-05-03T10:00:00Z', n: 5, word: 'Tea' };

  it.each<[string, boolean]>([
    [`$(word) in ['tea', 'milk']`, true],
    [`$(word) not in ['tea', 'milk']`, false],
    [`$(n) in [4, 5.0]`, true],
    [`$(tags) contains-any ['silver', 'gold']`, true],
    [`$(tags) contains-all ['new', 'gold']`, true],
    [`$(tags) contains-all ['new', 'silver']`, false],
    [`$(tags) contains-all []`, false],
    [`$(word) contains-any ['ea', 'x']`, true],
    [`$(word) not contains 'x'`, true],
    [`$(day) before '2026-05-04'`, true],
    [`$(day) after '2026-05-03'`, false],
    [`$(day) on $(at)`, true],
    [`$(at) after '2026-05-03T09:59Z'`, true],
    [`$(at) before '2026-05-03T10:00:00-01:00'`, true],
    [`$(word) before '2026-05-04'`, false],
    [`$(nothing) before '2026-05-04'`, false],
  ])('%s: %s', (source, value) => {
    expect(valueOf(source, variables)).toBe(value);
  });
});
