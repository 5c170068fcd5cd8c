import { describe, expect, it } from 'vitest';
import { formatReport } from '../../dev/fault-run/format-report.ts';
import type { FaultRunResult } from '../../dev/fault-run/run-faults.ts';

const none = { queued: 0, sending: 0, accepted: 0, delivered: 0, read: 0, failed: 0, unknown: 0 };
const came = {
  in: 2,
  handled: 1,
  spooled: 0,
  deadLettered: 1,
  seenOnStandby: 0,
  resentAfterUnknown: 1,
  writtenElsewhere: 0,
};
const result: FaultRunResult = {
  conversations: 2,
  expectedParts: 4,
  kills: 3,
  tookMs: 61_000,
  balance: [{ pageId: 'page-1', day: '2026-11-22', ...came, out: { ...none, accepted: 3, unknown: 1 }, parts: 4 }],
  byStatus: { accepted: 3, unknown: 1 },
  unknowns: [{ partId: 'part-9', arrived: 1 }],
  resent: 1,
  violations: [],
};

describe('the report of a fault run', () => {
  it('shows the balance of each Page and day, and every honest unknown', () => {
    expect(formatReport(result).split('\n')).toEqual([
      '2 conversations, 4 parts, worker killed 3 times, 61 s',
      "the ledger's balance:",
      '  2026-11-22  page-1  in 2 = 1 handled + 0 spooled + 1 dead-lettered; out 4 = 3 accepted + 1 unknown',
      'sent once more after an unknown outcome, and marked: 1',
      'honest unknowns: 1',
      '  part-9  (arrived 1 times)',
      'every promise was kept',
    ]);
  });

  it('names what was broken instead', () => {
    const report = formatReport({ ...result, violations: ['part-1 is lost'] });
    expect(report).toContain('1 promises broken:\n  part-1 is lost');
    expect(report).not.toContain('every promise');
  });
});
