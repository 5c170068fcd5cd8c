import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../../adapters/messenger/graph-client.ts';
import { classifyGraphError } from '../../../adapters/messenger/graph-errors.ts';
import {
  afterChange,
  FREE_SEND_LANE,
  isSlow,
  sendLaneChangeOf,
  rebasedPace,
  turnOf,
  type SendLane,
} from '../../../adapters/messenger/send-lane.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const SECOND = 1000;
const MINUTE = 60 * SECOND;

function refused(code: number, subcode?: number, headers: Record<string, string> = {}): SendOutcome {
  const body = { error: { code, error_subcode: subcode, message: 'refused' } };
  return { outcome: 'refused', error: classifyGraphError(400, body, new Headers(headers)) };
}

function after(sendLane: SendLane, outcome: SendOutcome, now = NOW): SendLane {
  const change = sendLaneChangeOf(outcome, now);
  if (!change || change.type === 'close') return sendLane;
  return afterChange(sendLane, change, now);
}

const accepted = (percent?: number): SendOutcome => ({
  outcome: 'accepted',
  mid: 'm',
  ...(percent !== undefined && { usage: { percent } }),
});
const unreachable: SendOutcome = { outcome: 'never-left', reason: 'ECONNREFUSED' };

describe('the send lane of a Page', () => {
  it.each([613, 4, 32, 17, 341, 80_001, 80_002, 80_006])('is held after error %i', (code) => {
    const sendLane = after(FREE_SEND_LANE, refused(code));
    expect(sendLane.heldUntil).toBe(NOW + 15 * SECOND);
    expect(isSlow(sendLane, 'text', NOW)).toBe(true);
  });

  it('is held for as long as Meta says', () => {
    const usage = JSON.stringify({ '1': [{ type: 'messenger', estimated_time_to_regain_access: 7 }] });
    expect(after(FREE_SEND_LANE, refused(80_006, undefined, { 'x-business-use-case-usage': usage })).heldUntil).toBe(
      NOW + 7 * MINUTE,
    );
  });

  it('is held longer each time, to a quarter of an hour', () => {
    let sendLane = FREE_SEND_LANE;
    const holds: number[] = [];
    for (let now = NOW; holds.length < 8; now = sendLane.heldUntil) {
      sendLane = after(sendLane, refused(613), now);
      holds.push((sendLane.heldUntil - now) / SECOND);
    }
    expect(holds).toEqual([15, 30, 60, 120, 240, 480, 900, 900]);
  });

  it.each([1_893_063, 2_534_122, 2_534_029])('is paused for half an hour, then longer, after subcode %i', (subcode) => {
    const once = after(FREE_SEND_LANE, refused(10, subcode));
    expect(once.heldUntil).toBe(NOW + 30 * MINUTE);
    expect(after(once, refused(10, subcode), once.heldUntil).heldUntil).toBe(once.heldUntil + 60 * MINUTE);
  });

  it('is held for seconds while Graph cannot be reached, and free again after the first success', () => {
    const held = after(FREE_SEND_LANE, unreachable);
    expect(held.heldUntil).toBe(NOW + SECOND);
    expect(after(held, accepted(), held.heldUntil).holds).toBe(0);
  });

  it('counts answers to calls that were under way as the hold that they belong to', () => {
    const held = after(FREE_SEND_LANE, unreachable);
    expect(after(held, unreachable, NOW + 10)).toBe(held);
  });

  it.each([
    [80, undefined],
    [81, 38],
    [90, 20],
    [99, 2],
  ])('at %i % of a limit slows down to %s a second', (percent, perSecond) => {
    expect(after(FREE_SEND_LANE, accepted(percent)).pace?.perSecond).toBe(perSecond);
  });

  it('is held when the hour is used up', () => {
    expect(after(FREE_SEND_LANE, accepted(100)).heldUntil).toBeGreaterThan(NOW);
  });

  it('is fast again a minute after the last slow answer', () => {
    const slow = after(FREE_SEND_LANE, accepted(90));
    expect(isSlow(slow, 'text', NOW + MINUTE - 1)).toBe(true);
    expect(isSlow(slow, 'text', NOW + MINUTE)).toBe(false);
  });

  it.each([
    [190, undefined, 'page-token'],
    [200, undefined, 'page-permission'],
    [368, undefined, 'page-policy'],
  ] as const)('is closed after error %i', (code, subcode, errorClass) => {
    expect(sendLaneChangeOf(refused(code, subcode), NOW)).toMatchObject({
      type: 'close',
      closure: { class: errorClass, code },
    });
  });

  it.each<[string, SendOutcome]>([
    ['a time-out', { outcome: 'ambiguous', reason: 'no answer in time' }],
    ['a server error of Graph', { outcome: 'refused', error: classifyGraphError(503, { error: { code: 2 } }) }],
  ])('is held for a moment after %s: it may be an outage', (_what, outcome) => {
    expect(after(FREE_SEND_LANE, outcome).heldUntil).toBe(NOW + SECOND);
  });

  it.each([
    [1, 1_357_046],
    [2, undefined],
    [100, undefined],
    [10, 2_018_278],
    [551, undefined],
  ])('does not change for error %i/%s, which is about one message or customer', (code, subcode) => {
    expect(sendLaneChangeOf(refused(code, subcode), NOW)).toBeUndefined();
  });

  it('lets parts out in the order of their numbers, at its pace, and not before the hold ends', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.constantFrom('text' as const, 'media' as const),
        (count, kind) => {
          const sendLane = { ...after(FREE_SEND_LANE, unreachable), tickets: count };
          const turns = Array.from({ length: count }, (_, index) => turnOf(sendLane, kind, index + 1));
          expect(turns.every((turn) => turn >= sendLane.heldUntil)).toBe(true);
          expect(turns).toEqual(turns.toSorted((a, b) => a - b));
          const perSecond = kind === 'media' ? 10 : 100;
          expect((turns.at(-1) ?? 0) - (turns[0] ?? 0)).toBe(Math.floor(((count - 1) / perSecond) * SECOND));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('keeps media to 10 a second even where nothing is wrong, and saves no turns up', () => {
    expect(isSlow(FREE_SEND_LANE, 'media', NOW)).toBe(true);
    expect(isSlow(FREE_SEND_LANE, 'text', NOW)).toBe(false);
    const pace = rebasedPace(FREE_SEND_LANE, { kind: 'media', ticket: 5, now: NOW });
    const sendLane = { ...FREE_SEND_LANE, ...(pace && { pace }) };
    expect([5, 6, 15].map((ticket) => turnOf(sendLane, 'media', ticket) - NOW)).toEqual([0, 100, 1000]);
  });
});
