import { describe, expect, it } from 'vitest';
import { runFaults } from '../../dev/fault-run/run-faults.ts';

const SECOND = 1000;
const quietly = (): void => undefined;

/** The same runs that `npm run fault-run` does with 1,000 conversations and half an hour: docs/operations.md. */
describe('the whole product, broken on purpose', () => {
  it('keeps every promise to customers while the simulator is hostile and the worker is killed', async () => {
    const result = await runFaults(
      { kind: 'chaos', conversations: 40, parts: 3, killEveryMs: 6 * SECOND, outageMs: 0, settleMs: 150 * SECOND },
      quietly,
    );
    expect(result.violations).toEqual([]);
    expect(result.kills).toBeGreaterThan(0);
  });

  it('sends everything in order, once, when Graph comes back after an outage', async () => {
    const result = await runFaults(
      { kind: 'outage', conversations: 60, parts: 3, killEveryMs: 0, outageMs: 20 * SECOND, settleMs: 120 * SECOND },
      quietly,
    );
    expect(result.violations).toEqual([]);
    expect(result.unknowns).toEqual([]);
    expect(result.byFate['failed']).toBeUndefined();
  });
});
