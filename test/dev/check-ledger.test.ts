import { describe, expect, it } from 'vitest';
import { checkLedger, type CheckedRow, type CheckedSend } from '../../dev/fault-run/check-ledger.ts';

const row = (id: string, more: Partial<CheckedRow> = {}): CheckedRow => ({
  _id: id,
  conversationId: 'c',
  psid: 'customer',
  status: 'accepted',
  seq: 1,
  at: new Date(0),
  ...more,
});
const arrival = (partId: string, at = 1): CheckedSend => ({
  status: 'accepted',
  metadata: partId,
  psid: 'customer',
  at,
});

describe('the check of a fault run', () => {
  it('finds nothing where each part arrived once', () => {
    const check = checkLedger([row('a'), row('b', { seq: 2 })], [arrival('a', 1), arrival('b', 2)]);
    expect(check).toMatchObject({ violations: [], unknowns: [], byStatus: { accepted: 2 } });
  });

  it.each<[string, CheckedRow[], CheckedSend[], RegExp]>([
    ['a lost part', [row('a')], [], /lost/],
    ['a part doubled in silence', [row('a')], [arrival('a'), arrival('a')], /in silence/],
    ['a failed part that arrived', [row('a', { status: 'failed' })], [arrival('a')], /said to have failed/],
    ['a part without an end', [row('a', { status: 'sending' })], [], /no end/],
    [
      'a part sent a third time',
      [row('a', { isResentAfterUnknown: true })],
      [1, 2, 3].map(() => arrival('a')),
      /3 times/,
    ],
    ['a message nobody knows', [], [arrival('x')], /does not know/],
    ['a conversation out of order', [row('a'), row('b', { seq: 2 })], [arrival('b', 1), arrival('a', 2)], /order/],
  ])('finds %s', (...given) => {
    const [, rows, sends, problem] = given;
    expect(checkLedger(rows, sends).violations.join()).toMatch(problem);
  });

  it('takes a marked double and an unknown part for what they are', () => {
    const rows = [row('a', { isResentAfterUnknown: true }), row('b', { status: 'unknown', seq: 2 })];
    const check = checkLedger(rows, [arrival('a'), arrival('a')]);
    expect(check).toMatchObject({ violations: [], resent: 1, unknowns: [{ partId: 'b', arrived: 0 }] });
  });
});
