import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAlive } from '../../dev/embedded/process-table.ts';
import { createAgentDesk, latestConversation } from '../support/agent-desk.ts';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { createSimulatedCustomer, createSimulatedPage } from '../support/simulated-page.ts';
import { until } from '../support/until.ts';

let stack: RunningStack;

beforeAll(async () => {
  stack = await startRunningStack();
});

afterAll(() => stack.remove());

/** Starts again on the same data and the same port, which the simulator's Pages know. */
async function startAgain(): Promise<void> {
  stack = await startRunningStack({ dataDir: stack.dataDir, port: Number(new URL(stack.url).port) });
}

describe('a stack that is started again', () => {
  it('ended with code 0 on SIGTERM, and finds its conversations', async () => {
    const page = await createSimulatedPage(stack);
    const customer = await createSimulatedCustomer(stack, page);
    await customer.say('Hello');
    await customer.untilReceived('What can we do for you?');
    const before = await latestConversation(stack, page, customer);
    expect(await stack.stop()).toBe(0);
    await startAgain();
    await customer.say('bye');
    await customer.untilReceived('Thank you for talking to us.');
    await until('the end', async () => (await latestConversation(stack, page, customer))?.state === 'ended');
    const after = await latestConversation(stack, page, customer);
    expect(after?.id).toBe(before?.id);
    expect(await customer.received()).toHaveLength(3);
  });

  it('takes over from a supervisor that was killed, and keeps agents and chats', async () => {
    const page = await createSimulatedPage(stack);
    const desk = createAgentDesk(stack, page);
    await desk.setState('ready');
    const customer = await createSimulatedCustomer(stack, page);
    await customer.say('Hello');
    await customer.untilReceived('What can we do for you?');
    await customer.say('my invoice');
    const conversationId = await desk.acceptNext();
    const { supervisor } = await stack.readFile();
    process.kill(supervisor?.pid ?? 0, 'SIGKILL');
    await until(
      'the children to end',
      async () => {
        const { worker, api, temporal, mongo } = await stack.readFile();
        return [worker, api, temporal, mongo].every((child) => child?.pid !== undefined && !isAlive(child.pid));
      },
      120_000,
    );
    await startAgain();
    const deskAgain = createAgentDesk(stack, page);
    await deskAgain.say(conversationId, 'Still with you');
    await customer.untilReceived('Still with you');
    await deskAgain.end(conversationId);
    await customer.untilReceived('Thank you for talking to us.');
  });

  it('goes on when MongoDB and the simulator are killed in a chat', async () => {
    const page = await createSimulatedPage(stack);
    const customer = await createSimulatedCustomer(stack, page);
    await customer.say('Hello');
    await customer.untilReceived('What can we do for you?');
    const mongo = await stack.kill('mongo');
    await stack.untilRestarted('mongo', mongo);
    const simulator = await stack.kill('simulator');
    await stack.untilRestarted('simulator', simulator);
    await until(
      'the simulator to take a message',
      () =>
        customer.say('bye').then(
          () => true,
          () => false,
        ),
      120_000,
    );
    // A send that died on its way waits 30 s for its echo before it is repeated.
    await customer.untilReceived('Thank you for talking to us.', 180_000);
    expect(await customer.received()).toHaveLength(3);
  });
});
