import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillTemplate, MAX_FILLED_LENGTH, parseTemplate } from '../../../scenario-dsl/expression/template.ts';

function fill(text: string, variables: Record<string, unknown> = {}): string {
  const parsed = parseTemplate(text);
  if ('fault' in parsed) throw new Error(parsed.fault.message);
  return fillTemplate(parsed.template, variables);
}

describe('Substitution', () => {
  it.each([
    ['$(name)', { name: 'Ada' }, 'Ada'],
    ['Hi $(customer.name)!', { customer: { name: 'Ada' } }, 'Hi Ada!'],
    ['[$(name)]', {}, '[]'],
    ['$(name|you)', {}, 'you'],
    ['$(name|you)', { name: '' }, 'you'],
    ['$(name|you)', { name: null }, 'you'],
    ['$(a|b|c)', {}, 'b|c'],
    ['$( name )', { name: 'Ada' }, 'Ada'],
    ['$(n) $(b)', { n: 0, b: false }, '0 false'],
    ['$(list)', { list: [1, { a: 2 }] }, '[1,{"a":2}]'],
    ['$(list.1)', { list: ['a', 'b'] }, 'b'],
    ['$$(name) costs $5', {}, '$(name) costs $5'],
    ['$(a.b.c|none)', { a: 'text' }, 'none'],
  ])('fills %s with %j as "%s"', (text, variables, filled) => {
    expect(fill(text, variables)).toBe(filled);
  });

  it('does not look into what a customer wrote', () => {
    expect(fill('$(question)', { question: '$(secret)', secret: 'x' })).toBe('$(secret)');
  });

  it('reads own data only, never what JavaScript objects inherit', () => {
    expect(fill('[$(a.length)$(toString)$(a.valueOf)]', { a: 'text' })).toBe('[]');
  });

  it.each(['$(', 'x $(name', '$()', '$(a b)', '$(1a)', '$(a..b)', '$(__proto__.x)', '$(a.constructor)'])(
    'refuses %s',
    (text) => {
      expect(parseTemplate(text)).toHaveProperty('fault');
    },
  );

  it('cuts what grows without end', () => {
    expect(fill('$(a)$(a)', { a: 'x'.repeat(MAX_FILLED_LENGTH) })).toHaveLength(MAX_FILLED_LENGTH);
  });

  it('leaves text without a dollar sign as it is', () => {
    const plain = string().map((text) => text.replaceAll('$', ''));
    assert(property(plain, (text) => fill(text) === text));
  });
});
