import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createDraw,
  divideAmong,
  endOfWeek,
  startOfWeek,
  type Candidate,
} from '../../api/evaluations/draw-stretches.ts';

const stretch = fc.record({
  conversationId: fc.string({ minLength: 1, maxLength: 4 }),
  segment: fc.integer({ min: 1, max: 3 }),
  agent: fc.constantFrom('ann', 'bob', 'cy'),
});
const stretches = fc.uniqueArray(stretch, {
  selector: ({ conversationId, segment }) => `${conversationId} ${segment}`,
  maxLength: 40,
});
const keyOf = ({ conversationId, segment }: Candidate): string => JSON.stringify([conversationId, segment]);

function draw(candidates: readonly Candidate[], perAgent: number, seed = 'rule 1'): Candidate[] {
  const drawing = createDraw({ seed, perAgent });
  drawing.add(candidates);
  return drawing.drawn();
}

describe('a draw', () => {
  it('is the same in whatever order and parts the candidates come', () => {
    fc.assert(
      fc.property(stretches, fc.integer({ min: 1, max: 4 }), fc.nat(), (candidates, perAgent, cut) => {
        const parts = createDraw({ seed: 'rule 1', perAgent });
        const shuffled = candidates.toReversed();
        parts.add(shuffled.slice(0, cut % (shuffled.length + 1)));
        parts.add(shuffled.slice(cut % (shuffled.length + 1)));
        expect(parts.drawn()).toEqual(draw(candidates, perAgent));
      }),
    );
  });

  it('takes so many of each agent, all where there are fewer, and none twice', () => {
    fc.assert(
      fc.property(stretches, fc.integer({ min: 1, max: 4 }), (candidates, perAgent) => {
        const drawn = draw(candidates, perAgent);
        expect(new Set(drawn.map(keyOf)).size).toBe(drawn.length);
        for (const agent of ['ann', 'bob', 'cy']) {
          const had = candidates.filter((each) => each.agent === agent).length;
          expect(drawn.filter((each) => each.agent === agent)).toHaveLength(Math.min(had, perAgent));
        }
      }),
    );
  });

  it('gives every stretch about the same chance over many weeks', () => {
    const candidates = Array.from({ length: 10 }, (_each, index) => ({
      conversationId: `c${index}`,
      segment: 1,
      agent: 'ann',
    }));
    const times = new Map<string, number>();
    for (let week = 0; week < 2000; week += 1)
      for (const each of draw(candidates, 2, `week ${week}`)) times.set(keyOf(each), (times.get(keyOf(each)) ?? 0) + 1);
    // Of 2,000 draws with a chance of a fifth: 400, and a deviation of 18. The seeds are fixed, so it is the same each time.
    expect([...times.values()].every((count) => count > 320 && count < 480)).toBe(true);
    expect(times.size).toBe(10);
  });
});

const everybody = (): boolean => true;
const nobodysCy = (evaluator: string, agent: string): boolean => agent !== 'cy' && evaluator !== agent;

describe('what is drawn', () => {
  it('is divided as evenly as it can be, and the same each time', () => {
    fc.assert(
      fc.property(stretches, (candidates) => {
        const rule = { seed: 's', evaluators: ['sue', 'ted', 'uma'], mayGrade: everybody };
        const given = divideAmong(candidates, rule);
        expect(divideAmong(candidates, rule)).toEqual(given);
        const loads = rule.evaluators.map((name) => given.filter(({ evaluator }) => evaluator === name).length);
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('goes to nobody who may not grade the agent, and to nobody at all where nobody may', () => {
    const candidates = ['ann', 'bob', 'cy'].map((agent) => ({ conversationId: agent, segment: 1, agent }));
    const given = divideAmong(candidates, { seed: 's', evaluators: ['ann', 'bob'], mayGrade: nobodysCy });
    expect(given.map(({ agent, evaluator }) => [agent, evaluator])).toEqual([
      ['ann', 'bob'],
      ['bob', 'ann'],
      ['cy', undefined],
    ]);
  });
});

describe('the week of a draw', () => {
  it('goes from Monday to Monday by the clock of its zone, also where the clock is changed in it', () => {
    // 2026-10-25: in Berlin the day has 25 hours.
    const from = startOfWeek('Europe/Berlin', Date.parse('2026-10-22T12:00:00Z'));
    expect(new Date(from).toISOString()).toBe('2026-10-18T22:00:00.000Z');
    expect(new Date(endOfWeek('Europe/Berlin', from)).toISOString()).toBe('2026-10-25T23:00:00.000Z');
  });

  it('follows the week before without a gap, also where the rule was given another zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-01-01') }),
        fc.constantFrom('UTC', 'Europe/Berlin', 'Pacific/Auckland', 'America/Los_Angeles'),
        fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata'),
        (at, zone, next) => {
          const end = endOfWeek(next, startOfWeek(zone, at));
          const hours = (end - startOfWeek(zone, at)) / 3_600_000;
          expect(startOfWeek(next, end)).toBe(end);
          expect(hours).toBeGreaterThan(5.5 * 24);
          expect(hours).toBeLessThan(8.5 * 24);
        },
      ),
    );
  });
});
