import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyMessage, openWindow, type MessagingWindow } from '../../contracts/messenger-policy.ts';

const SECOND = 1000;
const HOUR = 60 * 60 * SECOND;
const DAY = 24 * HOUR;
const WROTE_AT = Date.UTC(2026, 10, 22, 12);

const RESPONSE = { messaging_type: 'RESPONSE' };
const HUMAN = { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' };
const PARKED = { parkedBecause: expect.any(String) };

const afterMessage = openWindow(undefined, { kind: 'message', at: WROTE_AT });
const afterAd = openWindow(undefined, { kind: 'message', at: WROTE_AT, referral: { source: 'ADS', adId: '1' } });

describe('the messaging window', () => {
  it.each([
    ['a second before 24 hours', DAY - SECOND, RESPONSE, RESPONSE],
    ['a millisecond before 24 hours', DAY - 1, RESPONSE, RESPONSE],
    ['at 24 hours', DAY, PARKED, HUMAN],
    ['a second after 24 hours', DAY + SECOND, PARKED, HUMAN],
    ['a second before 7 days', 7 * DAY - SECOND, PARKED, HUMAN],
    ['at 7 days', 7 * DAY, PARKED, PARKED],
    ['a second after 7 days', 7 * DAY + SECOND, PARKED, PARKED],
  ])('after a message, %s: a machine and a human may write accordingly', (...row) => {
    const [, elapsed, machine, human] = row;
    expect(classifyMessage('scenario', afterMessage, WROTE_AT + elapsed)).toEqual(machine);
    expect(classifyMessage('agent', afterMessage, WROTE_AT + elapsed)).toEqual(human);
  });

  it.each([
    ['a second before 7 days', 7 * DAY - SECOND, RESPONSE, RESPONSE],
    ['at 7 days', 7 * DAY, PARKED, PARKED],
    ['a second after 7 days', 7 * DAY + SECOND, PARKED, PARKED],
  ])('after an ad, %s: a machine and a human may write accordingly', (...row) => {
    const [, elapsed, machine, human] = row;
    expect(classifyMessage('scenario', afterAd, WROTE_AT + elapsed)).toEqual(machine);
    expect(classifyMessage('agent', afterAd, WROTE_AT + elapsed)).toEqual(human);
  });

  it.each(['message', 'postback', 'referral', 'optin', 'reaction'] as const)('is opened by a %s', (kind) => {
    expect(openWindow(undefined, { kind, at: WROTE_AT })).toEqual({
      openedAt: WROTE_AT,
      until: WROTE_AT + DAY,
      humanUntil: WROTE_AT + 7 * DAY,
    });
  });

  it('of an ad is not shortened by a later message', () => {
    expect(openWindow(afterAd, { kind: 'message', at: WROTE_AT + HOUR })?.until).toBe(WROTE_AT + 7 * DAY);
  });

  it('is not moved back by a message that comes late', () => {
    expect(openWindow(afterMessage, { kind: 'message', at: WROTE_AT - HOUR })).toEqual(afterMessage);
  });

  it('that is not known is left to Meta', () => {
    expect(classifyMessage('scenario', undefined, WROTE_AT)).toEqual(RESPONSE);
  });

  it('never lets a machine use the tag, and is the same in whatever order events come', () => {
    const event = fc.record({
      kind: fc.constantFrom('message' as const, 'postback' as const, 'reaction' as const),
      at: fc.integer({ min: WROTE_AT, max: WROTE_AT + 30 * DAY }),
      referral: fc.constantFrom({ source: 'ADS' }, { source: 'SHORTLINK' }, undefined),
    });
    fc.assert(
      fc.property(fc.array(event, { minLength: 1 }), fc.integer({ min: 0, max: 40 * DAY }), (events, later) => {
        const fold = (list: typeof events) =>
          list.reduce<MessagingWindow | undefined>((window, next) => openWindow(window, next), undefined);
        const window = fold(events);
        expect(fold(events.toReversed())).toEqual(window);
        expect(classifyMessage('scenario', window, WROTE_AT + later)).not.toHaveProperty('tag');
      }),
    );
  });
});
