import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRunningStack, unique, type RunningStack } from '../support/running-stack.ts';
import { createSimulatedPage, type SimulatedPage } from '../support/simulated-page.ts';
import { until } from '../support/until.ts';

const SCENARIO = `
attendant: 1
scenario: listening
blocks:
  ask:
    send-message: { text: "Go on.", wait: { into: said, timeout: 30m } }
    exits: { timeout: end }
  again:
    goto: ask
  end:
    exit: {}
`;
const CUSTOMERS = 12;

let stack: RunningStack;
let page: SimulatedPage;
let psids: string[];

beforeAll(async () => {
  stack = await startRunningStack();
});
afterAll(() => stack.remove());

async function post(n: number): Promise<void> {
  const messaging = psids.map((psid) => ({
    sender: { id: psid },
    recipient: { id: page.pageId },
    timestamp: Date.UTC(2026, 10, 22, 12, 0, n),
    message: { mid: `${psid}-${n}`, text: `line ${n}` },
  }));
  const body = JSON.stringify({ object: 'page', entry: [{ id: page.pageId, time: n, messaging }] });
  const { status } = await stack.postWebhook(body, page.appSecret);
  expect(status).toBe(200);
}

async function signalTemporal(signal: NodeJS.Signals): Promise<void> {
  const { temporal } = await stack.readFile();
  if (temporal?.pid !== undefined) process.kill(temporal.pid, signal);
}

async function linesOf(psid: string): Promise<string[]> {
  const { body } = await stack.call('GET', `/api/v1/conversations?pageId=${page.pageId}&psid=${psid}`);
  const texts: string[] = [];
  for (const { id } of body.items) {
    const transcript = await stack.call('GET', `/api/v1/conversations/${id}/messages`);
    for (const { direction, text } of transcript.body.items) if (direction === 'in') texts.push(text);
  }
  return texts;
}

async function begin(): Promise<void> {
  page = await createSimulatedPage(stack, { scenario: SCENARIO });
  psids = Array.from({ length: CUSTOMERS }, () => unique('psid'));
}

async function untilAllHandledOnce(lines: number): Promise<void> {
  const expected = Array.from({ length: lines }, (_, index) => `line ${index + 1}`);
  for (const psid of psids) {
    await until(`the lines of ${psid}`, async () => (await linesOf(psid)).length >= lines, 90_000);
  }
  for (const psid of psids) expect(await linesOf(psid)).toEqual(expected);
  const day = '2026-11-22';
  const { body } = await stack.call('GET', `/api/v1/ledger/balance?from=${day}&to=${day}`);
  const balance = body.items.find(({ pageId }: { pageId: string }) => pageId === page.pageId);
  expect(balance).toMatchObject({ in: lines * CUSTOMERS, handled: lines * CUSTOMERS, spooled: 0, deadLettered: 0 });
}

describe('Temporal out of reach', () => {
  it('loses, doubles and reorders nothing: bodies are answered 200 and drained when it is back', async () => {
    await begin();
    await post(1);
    await signalTemporal('SIGSTOP');
    await post(2);
    await post(3);
    await signalTemporal('SIGCONT');
    await post(4);
    await untilAllHandledOnce(4);
  });

  it('goes on after kill -9 of Temporal, and of the api in the middle of the drain', async () => {
    await begin();
    await post(1);
    const deadTemporal = await stack.kill('temporal');
    await post(2);
    await post(3);
    await stack.untilRestarted('temporal', deadTemporal);
    const deadApi = await stack.kill('api');
    await stack.untilRestarted('api', deadApi);
    await post(4);
    await untilAllHandledOnce(4);
  });
});
