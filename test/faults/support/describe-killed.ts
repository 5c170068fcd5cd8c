import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAgentDesk, latestConversation } from '../../support/agent-desk.ts';
import { startRunningStack, type ProcessName, type RunningStack } from '../../support/running-stack.ts';
import { createSimulatedCustomer, createSimulatedPage } from '../../support/simulated-page.ts';
import { until } from '../../support/until.ts';
import { expectWholeHistory, watchHistory } from './whole-history.ts';

/** Moments of the guide's conversation at which a process dies. */
const MOMENTS = [
  'the first message was taken',
  'the greeting reached Messenger',
  'the customer was asked',
  'the offer was accepted',
  'the agent ended the chat',
] as const;
type Moment = (typeof MOMENTS)[number];

const UNRESOLVED = ['queued', 'sending', 'unknown', 'failed'];

/**
 * The tests of one process's death: it is killed at each moment of the guide's conversation, on a stack of its own, and
 * the customer alerts nothing. Each process has a file, so that they die side by side.
 */
export function describeKilled(name: ProcessName): void {
  const recoveries: string[] = [];
  let stack: RunningStack;

  beforeAll(async () => {
    stack = await startRunningStack();
  });

  afterAll(async () => {
    process.stderr.write(`time from kill -9 to the next step of the conversation:\n${recoveries.join('\n')}\n`);
    await stack.remove();
  });

  it.each(MOMENTS)(`kill -9 of the ${name} leaves no trace for the customer when %s`, async (moment) => {
    const page = await createSimulatedPage(stack);
    const desk = createAgentDesk(stack, page);
    await desk.setState('ready');
    const customer = await createSimulatedCustomer(stack, page);
    const watcher = watchHistory(stack);
    let killedAt = 0;
    let deadPid = 0;
    const at = async (now: Moment): Promise<void> => {
      if (now !== moment) return;
      deadPid = await stack.kill(name);
      killedAt = Date.now();
    };
    const goesOn = (): void => {
      if (killedAt === 0) return;
      recoveries.push(`  ${name}, ${moment}: ${Date.now() - killedAt} ms`);
      killedAt = 0;
    };

    await customer.say('Hello');
    await at('the first message was taken');
    await customer.untilReceived('thank you for writing');
    goesOn();
    await at('the greeting reached Messenger');
    await customer.untilReceived('What can we do for you?', 80_000);
    goesOn();
    await at('the customer was asked');
    await customer.say('my invoice is wrong');
    const conversationId = await desk.acceptNext();
    goesOn();
    await at('the offer was accepted');
    await desk.say(conversationId, 'Which invoice?');
    await customer.untilReceived('Which invoice?');
    goesOn();
    await desk.end(conversationId);
    await at('the agent ended the chat');
    await customer.untilReceived('Thank you for talking to us.', 80_000);
    await until(
      'the end',
      async () => {
        const latest = await latestConversation(stack, page, customer).catch(() => undefined);
        return latest?.state === 'ended';
      },
      60_000,
    );
    goesOn();
    await stack.untilRestarted(name, deadPid);

    const offers = (await customer.received()).filter((text) => text.includes('will be with you'));
    const expected = [
      expect.stringContaining('thank you for writing'),
      'What can we do for you?',
      // Once for each offer: one that ran out while a process was down is offered again.
      ...offers,
      'Which invoice?',
      'Thank you for talking to us.',
    ];
    expect(await customer.received()).toEqual(expected);
    const messages = async (): Promise<{ direction: string; text: string; status?: string }[]> =>
      (await stack.call('GET', `/api/v1/conversations/${conversationId}/messages`)).body.items;
    const inbound = (await messages()).filter(({ direction }) => direction === 'in');
    expect(inbound.map(({ text }) => text)).toEqual(['Hello', 'my invoice is wrong']);
    // A part that was on its way when its process died is cleared up by its echo, which comes behind the end.
    await expect
      .poll(async () => (await messages()).filter(({ status = '' }) => UNRESOLVED.includes(status)))
      .toEqual([]);
    await expectWholeHistory(stack, conversationId, watcher);
  });
}
