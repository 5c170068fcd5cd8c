import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { startAttack, type Attack } from './support/attack.ts';
import { reportLatencies } from './support/budgets.ts';
import { createDeskUnderLoad, type DeskUnderLoad } from './support/desk-under-load.ts';
import { createLargeScenario } from './support/large-scenario.ts';

/** Loads want the machine for themselves: beside the whole suite they would measure the suite. */
const isAlone = process.env['ATTENDANT_HOLD_BUDGETS'] === '1';
const COUNT = 100;
const JSON_HEADERS = { 'content-type': 'application/json' };

let stack: RunningStack;
let desk: DeskUnderLoad;

beforeAll(async () => {
  // As in production: the payload codec works in Node's own threads.
  stack = await startRunningStack({ env: { ATTENDANT_PAYLOAD_CODEC: 'on' } });
  if (!isAlone) return;
  desk = await createDeskUnderLoad(stack);
  await desk.measure(10);
});
afterAll(() => stack.remove());

/** Uses the desk alone and during an attack, and loses nothing; gives how the attack was answered. */
async function attackDesk(load: string, attack: Attack): Promise<Record<string, number>> {
  const alone = await desk.measure(COUNT);
  const running = await startAttack(attack);
  const beside = await desk.measure(COUNT);
  const answers = await running.stop();
  await desk.untilNothingIsLost();
  reportLatencies(`${load} ${JSON.stringify(answers)}`, { alone, beside });
  return answers;
}

/** Files and folders under a folder that others than their owner may touch. */
async function findOpenToOthers(folder: string): Promise<string[]> {
  const names = ['.', ...(await readdir(folder, { recursive: true }))];
  const open: string[] = [];
  for (const name of names) {
    const { mode } = await lstat(path.join(folder, name)).catch(() => ({ mode: 0 }));
    if ((mode & 0o077) !== 0) open.push(name);
  }
  return open;
}

describe('the data folder of an embedded stack', () => {
  it("is its user's alone", async () => {
    expect(await findOpenToOthers(stack.dataDir)).toEqual([]);
  });
});

describe.skipIf(!isAlone)('the desk', () => {
  it('loses nothing while strangers try to log in', async () => {
    const answers = await attackDesk('200 log-ins at once', {
      url: `${stack.url}/api/v1/session`,
      headers: JSON_HEADERS,
      body: JSON.stringify({ username: 'stranger-{n}', password: 'not the password' }),
      callers: 200,
      pauseMs: 2000,
    });
    expect(Object.keys(answers)).toEqual(['401', '429']);
  });

  it('loses nothing while authors check large scenarios', async () => {
    const answers = await attackDesk('12 checks of 260 kB at once', {
      url: `${stack.url}/api/v1/scenarios/check`,
      headers: { ...JSON_HEADERS, authorization: `Bearer ${stack.adminToken}` },
      body: JSON.stringify({ source: createLargeScenario('large') }),
      callers: 12,
      pauseMs: 2000,
    });
    expect(Object.keys(answers)).toContain('200');
  });

  it('loses nothing while strangers send large bodies that are not signed', async () => {
    const answers = await attackDesk('10 unsigned bodies of 4 MiB at once', {
      url: `${stack.url}/clientweb/fb/webhook`,
      headers: { ...JSON_HEADERS, 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
      body: ' '.repeat(4 * 1024 * 1024),
      callers: 10,
      pauseMs: 2000,
    });
    expect(Object.keys(answers)).not.toContain('200');
  });
});
