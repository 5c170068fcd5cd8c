import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAnsweringServer, type AnsweringServer } from '../support/answering-server.ts';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { createSimulatedCustomer, createSimulatedPage, type SimulatedCustomer } from '../support/simulated-page.ts';
import { until } from '../support/until.ts';

let stack: RunningStack;
let server: AnsweringServer;

beforeAll(async () => {
  stack = await startRunningStack({ env: { ATTENDANT_PRIVATE_HOSTS: '127.0.0.1' } });
});
afterAll(() => stack.remove());
beforeEach(async () => {
  server = await startAnsweringServer();
});
afterEach(() => server.stop());

async function ask(fields: string): Promise<SimulatedCustomer> {
  const scenario = `
attendant: 1
scenario: asking
blocks:
  ask:
    fetch-url: { url: "${server.origin}", timeout: 60s, ${fields} }
    exits: { failed: sorry, no-data: sorry, timeout: late }
  tell:
    send-message: { text: "The answer is $(answer)" }
  end:
    exit: {}
  sorry:
    send-message: { text: "It failed" }
  sorry-end:
    exit: {}
  late:
    send-message: { text: "Too late" }
`;
  const customer = await createSimulatedCustomer(stack, await createSimulatedPage(stack, { scenario }));
  await customer.say('Hello');
  return customer;
}

/** Kills the worker while the first request is under way; later ones are answered. */
async function killInTheMiddle(answer = '"42"'): Promise<void> {
  server.answer = () => undefined;
  await until('the first request', () => server.received.length > 0, 180_000);
  server.answer = (response) => void response.end(answer);
  const deadPid = await stack.kill('worker');
  await stack.untilRestarted('worker', deadPid);
}

describe('kill -9 of the worker in the middle of a fetch-url', () => {
  it('has a GET asked again, and the scenario goes on with its answer', async () => {
    const customer = await ask('into: answer');
    await killInTheMiddle();
    await customer.untilReceived('The answer is', 180_000);
    expect(await customer.received()).toEqual(['The answer is 42']);
    expect(server.received.length).toBe(2);
  });

  it('does not repeat a POST that the block does not allow twice: it fails, and says so', async () => {
    const customer = await ask('method: POST, body: { json: { order: 1 } }, into: answer');
    await killInTheMiddle();
    await customer.untilReceived('It failed', 180_000);
    expect(server.received.length).toBe(1);
  });

  it('repeats a POST where the block allows it, under the same key', async () => {
    const customer = await ask('method: POST, body: { json: { order: 1 } }, into: answer, retries: 1');
    await killInTheMiddle();
    await customer.untilReceived('The answer is', 180_000);
    const keys = server.received.map(({ headers }) => headers['idempotency-key']);
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
  });
});

describe('kill -9 of the worker while a language model thinks', () => {
  it('has the model asked again, and the talk goes on', async () => {
    const model = { kind: 'model', name: 'gpt', url: `${server.origin}/v1`, model: 'small' };
    await stack.call('POST', '/api/v1/configuration/apply', { body: { documents: [model] } });
    const scenario = `
attendant: 2
scenario: assisted
blocks:
  assistant:
    ai-agent: { account: gpt, instructions: Be kind., timeout: 60s }
    exits: { failed: sorry, hand-over: end, timeout: sorry }
  end:
    exit: {}
  sorry:
    send-message: { text: "It failed" }
`;
    const customer = await createSimulatedCustomer(stack, await createSimulatedPage(stack, { scenario }));
    await customer.say('Hello');
    await killInTheMiddle('{"choices":[{"message":{"content":"Good day!"}}]}');
    await customer.untilReceived('Good day!', 180_000);
    expect(await customer.received()).toEqual(['Good day!']);
    expect(server.received.length).toBe(2);
  });
});
