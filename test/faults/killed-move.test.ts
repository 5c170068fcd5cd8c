import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { createSimulatedCustomer, createSimulatedPage, type SimulatedCustomer } from '../support/simulated-page.ts';
import { until } from '../support/until.ts';

const CUSTOMERS = 24;

const scenarioOf = (name: string, edition: string): string => `
attendant: 2
scenario: ${name}
blocks:
  ask:
    send-message: { text: "${edition}: your name?", wait: { into: name, timeout: 10m } }
    exits: { timeout: end }
  thanks:
    send-message: { text: "${edition}: thank you, $(name)" }
  end:
    exit: {}
`;

let stack: RunningStack;

beforeAll(async () => {
  stack = await startRunningStack();
});
afterAll(() => stack.remove());

async function askedCustomers(page: Awaited<ReturnType<typeof createSimulatedPage>>): Promise<SimulatedCustomer[]> {
  const customers = await Promise.all(Array.from({ length: CUSTOMERS }, () => createSimulatedCustomer(stack, page)));
  await Promise.all(customers.map((customer) => customer.say('Hello')));
  await Promise.all(customers.map((customer) => customer.untilReceived('first: your name?', 120_000)));
  return customers;
}

describe('kill -9 of the worker while it moves conversations to another version', () => {
  it('leaves nobody out and asks nobody twice', async () => {
    const page = await createSimulatedPage(stack, { scenario: scenarioOf('moved', 'first') });
    const customers = await askedCustomers(page);
    const moves = `/api/v1/scenarios/${page.pageId}/moves`;
    const published = await stack.call('POST', '/api/v1/scenarios/publish', {
      body: { source: scenarioOf(page.pageId, 'second'), move: { blocks: {} } },
    });
    expect(published.status, JSON.stringify(published.body)).toBe(200);
    const { move } = published.body;
    await until(
      'the first who is moved',
      async () => (await stack.call('GET', `${moves}/${move}/conversations`)).body.items?.length > 0,
    );
    const deadPid = await stack.kill('worker');
    await stack.untilRestarted('worker', deadPid);
    const done = await until(
      'the end of the move',
      async () => {
        const { body } = await stack.call('GET', `${moves}/${move}`);
        return body.endedAt === null ? undefined : body;
      },
      120_000,
    );
    expect(done).toMatchObject({ state: 'done', busy: 0, counts: { continues: CUSTOMERS } });
    await Promise.all(customers.map((customer) => customer.say('Ada')));
    await Promise.all(customers.map((customer) => customer.untilReceived('thank you', 120_000)));
    for (const customer of customers)
      expect(await customer.received()).toEqual(['first: your name?', 'second: thank you, Ada']);
  });
});
