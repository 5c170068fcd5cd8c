import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { expectWithinBudgets } from './support/budgets.ts';
import { createDeskUnderLoad, type DeskUnderLoad } from './support/desk-under-load.ts';
import { createLargeScenario } from './support/large-scenario.ts';
import { repeat } from './support/repeat.ts';

const COUNT = 50;

let stack: RunningStack;
let desk: DeskUnderLoad;

beforeAll(async () => {
  // As in production: the payload codec works in Node's own threads.
  stack = await startRunningStack({ env: { ATTENDANT_PAYLOAD_CODEC: 'on' } });
  desk = await createDeskUnderLoad(stack);
  await desk.measure(10);
});
afterAll(() => stack.remove());

/** Measures the desk alone, then while `attack` is repeated by `callers` at once. */
async function holdBudgets(load: string, callers: number, attack: () => Promise<void>): Promise<void> {
  const alone = await desk.measure(COUNT);
  const loading = repeat(callers, attack);
  const beside = await desk.measure(COUNT);
  await loading.stop();
  await desk.untilNothingIsLost();
  expectWithinBudgets(load, { alone, beside });
}

describe('the desk', () => {
  it('stays quick while strangers try to log in', async () => {
    const statuses = new Set<number>();
    let name = 0;
    await holdBudgets('200 log-ins at once', 200, async () => {
      const body = { username: `stranger-${(name += 1)}`, password: 'not the password' };
      statuses.add((await stack.call('POST', '/api/v1/session', { body, token: 'none' })).status);
    });
    expect(statuses).toEqual(new Set([401, 429]));
  });

  it('stays quick while authors check large scenarios', async () => {
    const body = { source: createLargeScenario('large') };
    const statuses = new Set<number>();
    await holdBudgets('12 checks of 229 kB at once', 12, async () => {
      statuses.add((await stack.call('POST', '/api/v1/scenarios/check', { body })).status);
    });
    expect(statuses.has(200)).toBe(true);
  });

  it('stays quick while strangers hold bodies that are not signed', async () => {
    const body = Buffer.alloc(4 * 1024 * 1024, ' ');
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` };
    const statuses = new Set<number>();
    await holdBudgets('20 unsigned bodies of 4 MiB at once', 20, async () => {
      const { status } = await fetch(`${stack.url}/clientweb/fb/webhook`, { method: 'POST', headers, body });
      statuses.add(status);
    });
    expect(statuses.has(200)).toBe(false);
  });
});
