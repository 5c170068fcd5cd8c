import { describe, expect, it } from 'vitest';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';
import { evaluate } from '../../../scenario-dsl/expression/evaluate.ts';
import { parseExpression } from '../../../scenario-dsl/expression/parse-expression.ts';
import type { Variables } from '../../../scenario-dsl/expression/variables.ts';

function valueOf(source: string, variables: Variables = {}): unknown {
  const parsed = parseExpression(source);
  if ('fault' in parsed) throw new Error(parsed.fault.message);
  return evaluate(parsed.expression, variables);
}

function told(blocks: string): string[] {
  const { problems } = checkSource(`attendant: 2\nscenario: t\nblocks:\n${blocks}`);
  return problems.map(({ severity, message, remedy }) => `${severity}: ${message} ${remedy}`);
}

const bills = [
  { no: 7, amount: 12.5, paid: false },
  { no: 9, amount: 3, paid: true },
];

describe('A list is worked through item by item', () => {
  it('with $( ) or without, and put together with line breaks', () => {
    expect(valueOf(String.raw`join(map($(bills), 'No. $(each.no): $(each.amount)'), '\n')`, { bills })).toBe(
      'No. 7: 12.5\nNo. 9: 3',
    );
    expect(valueOf('map(filter(bills, not each.paid), each.no)', { bills })).toEqual([7]);
    expect(valueOf('map(filter(bills, $(each.paid)), no)', { bills, no: 1 })).toEqual([1]);
  });

  it('inside of which the other variables are known', () => {
    expect(valueOf('filter(bills, each.amount > limit)', { bills, limit: 5 })).toEqual([bills[0]]);
  });

  it('but not for each item of another one', () => {
    const parsed = parseExpression('map(a, map(b, each))');
    expect(parsed).toMatchObject({
      fault: { at: 7, message: '"map" stands in what is worked out for each item of another list.' },
    });
    expect(valueOf('map(filter(bills, each.paid), count(bills))', { bills })).toEqual([2]);
  });

  it('and is in order whatever is in it', () => {
    const mixed = ['öl', 'Oase', 'zoo', '9', 10, null, { a: 1 }];
    expect(valueOf('sort(mixed)', { mixed })).toEqual(['9', 10, null, 'Oase', 'öl', 'zoo', { a: 1 }]);
    expect(valueOf(`sort(bills, 'amount')`, { bills })).toEqual([bills[1], bills[0]]);
    expect(parseExpression(`sort(a, each, 'down')`)).toMatchObject({ fault: { message: '"down" is no order.' } });
  });

  it('and does not grow without end', () => {
    const long = 'x'.repeat(10_000);
    const items = valueOf('append(a, a, a, a, a)', { a: Array.from({ length: 5 }, () => long) });
    expect(JSON.stringify(items).length).toBeLessThan(110_000);
  });
});

const ask = '  ask: { send-message: { text: "?", wait: { into: answer } }, exits: { timeout: end } }\n';

const choose = (when: string): string => `${ask}  choose: { if: [{ when: "${when}", go: end }, { else: end }] }`;

describe('A bare name is a variable', () => {
  it('in conditions and behind = as well', () => {
    const blocks = `${ask}  set: { set-variable: { twice: "= count(answer) * 2" } }
  choose: { if: [{ when: "answer contains 'x' and twice > 1", go: end }] }
  say: { send-message: { text: "$(answer)" } }`;
    expect(told(blocks)).toEqual([]);
  });

  it('so that text whose quotes were forgotten is told, set or not needed', () => {
    const remedy = `For text write it in quotes: 'invoice'. For a variable, set it first.`;
    expect(told(choose('answer contains invoice'))).toEqual([
      `error: $(invoice) is read here, but not set on the way ask → choose. ${remedy}`,
    ]);
    expect(told(choose('contains(answer, invoice)'))).toEqual([
      `warning: $(invoice) is not a variable of the world, and no block sets it. ${remedy}`,
    ]);
  });

  it('and the item of a list is none that has to be set', () => {
    const blocks = `${ask}  set: { set-variable: { list: "= append([], answer)", long: "= filter($(list), length(each) > 3)" } }
  say: { send-message: { text: "$(join(map(long, '- $(each)'), ', '))" } }`;
    expect(told(blocks)).toEqual([]);
  });
});
