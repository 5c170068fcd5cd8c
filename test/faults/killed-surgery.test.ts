import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRunningStack, type HttpResponse, type RunningStack } from '../support/running-stack.ts';
import { createSimulatedCustomer, createSimulatedPage } from '../support/simulated-page.ts';
import { until } from '../support/until.ts';

const SCENARIO = `
attendant: 2
scenario: operated
blocks:
  ask:
    send-message: { text: "Your name?", wait: { into: name, timeout: 10m } }
    exits: { timeout: end }
  order:
    send-message: { text: "Your order?", wait: { into: order, timeout: 10m } }
    exits: { timeout: end }
  thanks:
    send-message: { text: "Thank you for $(order)" }
  end:
    exit: {}
`;

let stack: RunningStack;

beforeAll(async () => {
  stack = await startRunningStack();
});
afterAll(() => stack.remove());

/** The conversation's route, once it waits for the customer's answer. */
async function waitingConversation(pageId: string): Promise<string> {
  return until('the wait', async () => {
    const { body } = await stack.call('GET', `/api/v1/conversations?account=${pageId}`);
    const id: string | undefined = body.items?.[0]?.id;
    if (id === undefined) return undefined;
    const route = `/api/v1/conversations/${id}`;
    const state = await stack.call('GET', `${route}/surgery`);
    return state.status === 200 && state.body.timers.length > 0 ? route : undefined;
  });
}

describe('kill -9 of the worker while a person sends a conversation to another block', () => {
  it('does it once, however often it is asked for', async () => {
    const page = await createSimulatedPage(stack, { scenario: SCENARIO });
    const customer = await createSimulatedCustomer(stack, page);
    await customer.say('Hello');
    await customer.untilReceived('Your name?', 120_000);
    const route = await waitingConversation(page.pageId);
    const { revision } = (await stack.call('GET', `${route}/surgery`)).body;
    const order = { clientId: randomUUID(), revision, surgery: { kind: 'go-to-block', block: 'order' } };
    const ask = (): Promise<HttpResponse> => stack.call('POST', `${route}/surgery`, { body: order });

    const deadPid = await stack.kill('worker');
    const first = await ask();
    await stack.untilRestarted('worker', deadPid);
    const last = await until(
      'an answer',
      async () => {
        const response = await ask();
        return response.status === 503 ? undefined : response;
      },
      120_000,
    );
    expect([200, 503]).toContain(first.status);
    expect(last).toMatchObject({ status: 200, body: { block: 'ask', to: 'order', isOver: false } });
    await customer.untilReceived('Your order?', 120_000);
    await customer.say('a cake');
    await customer.untilReceived('Thank you for a cake', 120_000);
    expect(await customer.received()).toEqual(['Your name?', 'Your order?', 'Thank you for a cake']);
    const operated = await until('the event', async () => {
      const { body } = await stack.call('GET', `${route}/events`);
      const found = body.items?.filter(({ type }: { type: string }) => type === 'operated');
      return found?.length > 0 ? found : undefined;
    });
    expect(operated).toMatchObject([{ data: { kind: 'go-to-block', subject: 'order' } }]);
  });
});
