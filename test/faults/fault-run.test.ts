import { describe, expect, it } from 'vitest';
import type { FaultRunOptions } from '../../dev/fault-run/options.ts';
import { runFaults } from '../../dev/fault-run/run-faults.ts';

const SECOND = 1000;
const ended = new AbortController();
const context = { log: (): void => undefined, signal: ended.signal };
const SMALL: FaultRunOptions = {
  kind: 'chaos',
  conversations: 30,
  parts: 3,
  killEveryMs: SECOND,
  mostKills: 3,
  outageMs: 5 * SECOND,
  recoveryMs: 120 * SECOND,
};

/** The same runs that `npm run fault-run` does with 1,000 conversations and half an hour: docs/operations.md. */
describe('the whole product, broken on purpose', () => {
  it.concurrent(
    'keeps every promise to customers while the simulator is hostile and the worker is killed',
    async () => {
      const result = await runFaults(SMALL, context);
      expect(result.violations).toEqual([]);
      expect(result.kills).toBe(3);
    },
  );

  it.concurrent('sends everything in order, once, when Graph comes back after an outage', async () => {
    const result = await runFaults({ ...SMALL, kind: 'outage' }, context);
    expect(result.violations).toEqual([]);
    expect(result.unknowns).toEqual([]);
    expect(result.byStatus['failed']).toBeUndefined();
  });
});
