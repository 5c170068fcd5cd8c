import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { createSimulatedCustomer, createSimulatedPage } from '../support/simulated-page.ts';
import { until } from '../support/until.ts';

const SCENARIO = `
attendant: 2
scenario: operated-in-bulk
blocks:
  ask:
    send-message: { text: "Your name?", wait: { into: name, timeout: 10m } }
    exits: { timeout: late }
  over:
    exit: {}
  late:
    send-message: { text: "Still there?", wait: { timeout: 10m } }
    exits: { timeout: end }
  end:
    exit: {}
`;
const CUSTOMERS = 12;

let stack: RunningStack;

beforeAll(async () => {
  stack = await startRunningStack();
});
afterAll(() => stack.remove());

describe('kill -9 of the api in the middle of an operation on many conversations', () => {
  it('leaves nothing half done and does nothing twice: each conversation has its answer', async () => {
    const page = await createSimulatedPage(stack, { scenario: SCENARIO });
    const customers = await Promise.all(Array.from({ length: CUSTOMERS }, () => createSimulatedCustomer(stack, page)));
    for (const customer of customers) await customer.say('Hello');
    for (const customer of customers) await customer.untilReceived('Your name?', 120_000);
    const items = await until(
      'every timer',
      async () => {
        const { body } = await stack.call('GET', `/api/v1/timers?kind=question&pageId=${page.pageId}`);
        return body.items?.length === CUSTOMERS ? body.items : undefined;
      },
      120_000,
    );
    const order = {
      clientId: randomUUID(),
      surgery: { kind: 'fire-timer' },
      items: items.map(({ conversationId, timer, at }: Record<string, string>) => ({ conversationId, timer, at })),
    };
    const begun = await stack.call('POST', '/api/v1/surgeries', { body: order });
    expect(begun).toMatchObject({ status: 200, body: { total: CUSTOMERS } });
    const deadPid = await stack.kill('api');
    await stack.untilRestarted('api', deadPid);

    const done = await until(
      'the end of the operation',
      async () => {
        const { body } = await stack.call('POST', '/api/v1/surgeries', { body: order });
        return body.state === 'done' ? body : undefined;
      },
      120_000,
    );
    expect(done).toMatchObject({ id: begun.body.id, counts: { done: CUSTOMERS } });
    for (const customer of customers) {
      await customer.untilReceived('Still there?', 120_000);
      expect(await customer.received()).toEqual(['Your name?', 'Still there?']);
    }
  });
});
