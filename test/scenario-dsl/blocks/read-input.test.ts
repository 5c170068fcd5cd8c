import { describe, expect, it } from 'vitest';
import { createReader, type Reading } from '../../../scenario-dsl/blocks/read-input.ts';
import type { Reply } from '../../../scenario-dsl/blocks/prompt-states.ts';
import type { QuestionFields } from '../../../scenario-dsl/blocks/request-input-schema.ts';
import { measureProcessorMs } from '../../support/measure-processor-ms.ts';

type Type = NonNullable<QuestionFields['type']>;

const valueOf = (reading: Reading): unknown => ('value' in reading ? reading.value : undefined);

const read = (type: Type, reply: string, bounds: { min?: number; max?: number } = {}): unknown =>
  valueOf(createReader({ type, ...bounds })({ text: reply, files: [] }, {}));

const readFile = (reply: Reply): unknown => valueOf(createReader({ type: 'file' })(reply, {}));

const good: [Type, string, string | number][] = [
  ['text', '  two words \n', 'two words'],
  ['email', ' Ada.Lovelace+news@Mail.example.com ', 'Ada.Lovelace+news@Mail.example.com'],
  ['email', 'ada@münchen.example', 'ada@münchen.example'],
  ['phone', '+49 (0)30 / 123-456.7', '+49301234567'],
  ['phone', '0049 30 1234567', '+49301234567'],
  ['phone', '(030) 1234567', '0301234567'],
  ['number', ' -3.50 ', -3.5],
  ['number', '+7', 7],
  ['number', '3,5', 3.5],
  ['number', '-0', 0],
  ['number', '1.234', 1.234],
  ['rating', ' 5 ', 5],
  ['date', '2026-05-03', '2026-05-03'],
  ['date', '2026/5/3', '2026-05-03'],
  ['date', '3.5.2026', '2026-05-03'],
  ['date', '25/12/2026', '2026-12-25'],
  ['date', '12-25-2026', '2026-12-25'],
  ['date', '5/5/2026', '2026-05-05'],
  ['date', '29.02.2024', '2024-02-29'],
  ['date', '2000-02-29', '2000-02-29'],
];

const localNumbers: [string | undefined, string, number | undefined][] = [
  ['en-GB', '1,200.50', 1200.5],
  ['en-GB', '1,234', 1234],
  ['en-GB', '3,5', 3.5],
  ['de', '1.234', 1234],
  ['de', '1.234,50', 1234.5],
  ['de', '3.5', 3.5],
  ['fr', '1 234,5', 1234.5],
  [undefined, '1.234', 1.234],
  [undefined, '1,234', undefined],
  [undefined, '1.234,50', 1234.5],
  ['xx', '1,234', undefined],
  ['fr', '12 34', undefined],
  ['de', '5 6', undefined],
];

const bad: [Type, string][] = [
  ['text', ' \n'],
  ['email', 'ada'],
  ['email', 'ada@localhost'],
  ['email', '@example.com'],
  ['email', 'ada@b@example.com'],
  ['email', 'ada lovelace@example.com'],
  ['email', '.ada@example.com'],
  ['email', 'a..da@example.com'],
  ['email', 'ada@exa mple.com'],
  ['email', 'ada@-example.com'],
  ['email', 'ada@example..com'],
  ['email', 'ada@10.0.0.1'],
  ['email', `${'a'.repeat(65)}@example.com`],
  ['email', `ada@${'a'.repeat(64)}.com`],
  ['phone', '12 34 56'],
  ['phone', '+0 30 1234567'],
  ['phone', '+1234567890123456'],
  ['phone', '030 1234567 (mornings)'],
  ['phone', '030+1234567'],
  ['number', ''],
  ['number', '1,234'],
  ['number', '0x10'],
  ['number', '1e9'],
  ['number', 'Infinity'],
  ['number', '1234567890123456'],
  ['rating', '0'],
  ['rating', '6'],
  ['rating', '4.5'],
  ['rating', 'five'],
  ['date', '3/5/2026'],
  ['date', '2026-02-29'],
  ['date', '1900-02-29'],
  ['date', '31.4.2026'],
  ['date', '2026-13-01'],
  ['date', '2026-00-10'],
  ['date', '0000-01-01'],
  ['date', '2026-05/03'],
  ['date', '12.25.2026'],
  ['date', 'tomorrow'],
];

const bounded: [Type, { min?: number; max?: number }, string, number | undefined][] = [
  ['number', { min: 18 }, '17', undefined],
  ['number', { min: 18 }, '18', 18],
  ['number', { max: 0.5 }, '0.5', 0.5],
  ['number', { max: 0.5 }, '0.6', undefined],
  ['rating', { min: 0, max: 10 }, '0', 0],
  ['rating', { min: 0, max: 10 }, '11', undefined],
  ['rating', { min: -2, max: 2 }, '-2', -2],
];

describe('What a customer writes is read', () => {
  it.each(localNumbers)('in %s reads the number %s as %s', (locale, reply, number) => {
    const variables = locale === undefined ? {} : { locale };
    expect(valueOf(createReader({ type: 'number' })({ text: reply, files: [] }, variables))).toBe(number);
  });

  it.each(good)('as %s: "%s" is %j', (type, reply, value) => {
    expect(read(type, reply)).toBe(value);
  });

  it.each(bad)('as no %s: "%s"', (type, reply) => {
    expect(read(type, reply)).toBeUndefined();
  });

  it.each(bounded)('as %s with %j: "%s" is %s', (type, bounds, ...[reply, value]) => {
    expect(read(type, reply, bounds)).toBe(value);
  });

  it('at a bounded cost, whatever it is', () => {
    const hostile = [
      '1'.repeat(1e6),
      'a@'.repeat(5e5),
      `+${' '.repeat(1e6)}(0`,
      `${'a.'.repeat(5e5)}@`,
      '('.repeat(1e6),
    ];
    const types: Type[] = ['email', 'phone', 'number', 'date', 'rating'];
    const { tookMs } = measureProcessorMs(() => {
      for (const type of types) for (const reply of hostile) expect(read(type, reply)).toBeUndefined();
    });
    expect(tookMs).toBeLessThan(1000);
  });
});

describe('A file as the reply', () => {
  it.each(['image', 'video', 'audio', 'file'])('is %s with an address', (type) => {
    expect(readFile({ text: '', files: [{ type, url: 'https://x.test/1' }] })).toBe('https://x.test/1');
    expect(readFile({ text: '', files: [{ type }] })).toBeUndefined();
  });

  it('is no sticker, in either of its forms, and no link', () => {
    const url = 'https://x.test/1';
    const files = [
      { type: 'image', url, stickerId: '1' },
      ...['sticker', 'fallback', 'ig_reel', 'post'].map((type) => ({ type, url })),
    ];
    expect(readFile({ text: url, files })).toBeUndefined();
  });
});
