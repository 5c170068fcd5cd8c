import { describe, expect, it } from 'vitest';
import {
  DEFAULT_GUARDRAILS,
  judgeCanary,
  takesCanary,
  type CanaryGuardrails,
  type EndedConversation,
} from '../../contracts/canary.ts';

const version = 'a'.repeat(64);
const customers = Array.from({ length: 400 }, (_, index) => ({ pageId: 'page', psid: `psid-${index}` }));

function whoTakes(percent: number, scenario = 'tiny', of = version): number[] {
  return customers.flatMap((customer, index) =>
    takesCanary({ version: of, percent }, scenario, customer) ? [index] : [],
  );
}

describe('who gets a canary', () => {
  it.each([1, 10, 25, 50, 90, 99])('are about %i % of the customers', (percent) => {
    const share = (100 * whoTakes(percent).length) / customers.length;
    // Four deviations of 400 draws at most.
    expect(Math.abs(share - percent)).toBeLessThan(4 * Math.sqrt((percent * (100 - percent)) / customers.length));
  });

  it('are the same each time, and keep it when the part grows', () => {
    const few = whoTakes(10);
    expect(whoTakes(10)).toEqual(few);
    expect(whoTakes(40)).toEqual(expect.arrayContaining(few));
  });

  it('are others for another version, another scenario and on another Page', () => {
    const few = whoTakes(10);
    expect(whoTakes(10, 'tiny', 'b'.repeat(64))).not.toEqual(few);
    expect(whoTakes(10, 'other')).not.toEqual(few);
    const elsewhere = customers.flatMap(({ psid }, index) =>
      takesCanary({ version, percent: 10 }, 'tiny', { pageId: 'other', psid }) ? [index] : [],
    );
    expect(elsewhere).not.toEqual(few);
  });

  it('are nobody once it has ended', () => {
    const end = { how: 'ended', at: 1 } as const;
    expect(customers.some((customer) => takesCanary({ version, percent: 99, end }, 'tiny', customer))).toBe(false);
  });
});

const fine: EndedConversation = { isHandedOff: false, isFailed: false };
const many = (count: number, of: Partial<EndedConversation> = {}): EndedConversation[] =>
  Array.from({ length: count }, () => ({ ...fine, ...of }));
const only = (guardrails: Partial<CanaryGuardrails>): CanaryGuardrails => ({
  minimum: 50,
  handOff: null,
  errors: null,
  left: null,
  survey: null,
  ...guardrails,
});
const stateOf = (guardrails: Partial<CanaryGuardrails>, canary: EndedConversation[], rest: EndedConversation[]) =>
  judgeCanary(only(guardrails), { canary, rest }).map(({ state }) => state);

describe('the guardrails of a canary', () => {
  it('say nothing before both sides have enough', () => {
    const failed = many(49, { isFailed: true });
    expect(stateOf({ errors: 5 }, failed, many(400))).toEqual(['waiting']);
    expect(stateOf({ errors: 5 }, [...failed, fine], many(49))).toEqual(['waiting']);
    expect(stateOf({ errors: 5 }, [...failed, fine], many(50))).toEqual(['breached']);
  });

  it.each([
    ['handOff', { isHandedOff: true }],
    ['errors', { isFailed: true }],
    ['left', { hasLeft: true }],
  ] as const)('hold to the margin of %s and are breached beyond it', (guardrail, bad) => {
    const known = { hasLeft: false };
    const rest = [...many(5, { ...known, ...bad }), ...many(45, known)];
    const canary = (count: number): EndedConversation[] => [
      ...many(count, { ...known, ...bad }),
      ...many(50 - count, known),
    ];
    expect(stateOf({ [guardrail]: 10 }, canary(10), rest)).toEqual(['holds']);
    expect(stateOf({ [guardrail]: 10 }, canary(11), rest)).toEqual(['breached']);
    expect(stateOf({ [guardrail]: 10 }, canary(0), rest), 'better is never too much').toEqual(['holds']);
  });

  it('compare the surveys that were answered, and only them', () => {
    const [good, bad] = [many(50, { score: 90 }), many(50, { score: 75 })];
    expect(stateOf({ survey: 10 }, [...bad, ...many(500)], good)).toEqual(['breached']);
    expect(stateOf({ survey: 15 }, bad, good)).toEqual(['holds']);
    expect(stateOf({ survey: 10 }, good, bad)).toEqual(['holds']);
    expect(stateOf({ survey: 10 }, [...many(49, { score: 1 }), ...many(500)], good)).toEqual(['waiting']);
  });

  it('leave those out whose end the history does not tell, and what nobody chose', () => {
    const [verdict] = judgeCanary(only({ left: 10 }), { canary: many(60), rest: many(60, { hasLeft: false }) });
    expect(verdict).toEqual({
      guardrail: 'left',
      state: 'waiting',
      canary: null,
      rest: { value: 0, of: 60 },
      margin: 10,
    });
    expect(judgeCanary(DEFAULT_GUARDRAILS, { canary: [], rest: [] })).toHaveLength(4);
    expect(judgeCanary(only({}), { canary: [], rest: [] })).toEqual([]);
  });
});
