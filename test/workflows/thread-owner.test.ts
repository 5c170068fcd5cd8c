import { describe, expect, it } from 'vitest';
import { threadOwnerSignal, type ThreadOwnerChange } from '../../contracts/actor-messages.ts';
import type { WebhookEvent } from '../../contracts/webhook-event.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { seedPage } from '../support/seed-configuration.ts';
import { until } from '../support/until.ts';
import { latestRecord, untilEnded } from '../support/watch-customer.ts';

const ASKS = `
attendant: 2
scenario: asks
blocks:
  one:
    send-message: { text: "one", wait: { timeout: 1h } }
  two:
    send-message: { text: "two" }
  three:
    send-message: { text: "three" }
  end:
    exit: {}
`;

const TYPES = `
attendant: 2
scenario: types
blocks:
  one:
    send-message: { text: "one", typing: 3s }
  end:
    exit: {}
`;

const stack = useActorStack();

async function play(scenario = ASKS): Promise<{ pageId: string; customer: Customer; said: () => string[] }> {
  const { pageId } = await seedPage(stack.store, { scenario });
  const customer = createCustomer(stack.client, pageId);
  return { pageId, customer, said: () => stack.graph.textsTo(customer.psid) };
}

const tell = ({ workflowId }: Customer, change: ThreadOwnerChange) =>
  stack.client.workflow.getHandle(workflowId).signal(threadOwnerSignal, change);
const outbound = ({ psid }: Customer) =>
  stack.db.collection('messages').find({ psid, direction: 'out' }).sort({ seq: 1 }).toArray();

function echo(pageId: string, psid: string, at: number): WebhookEvent {
  const place = { outcome: 'echo', channel: 'messaging', pageId, psid, at } as const;
  return { ...place, key: `e${at}`, mid: `e${at}`, text: 'Thanks! We answer within a day.', attachments: [] };
}

describe('an automation of the Page', () => {
  it('silences nobody: not before a conversation begins, nor in it, whichever news comes first', async () => {
    const { pageId, customer, said } = await play();
    const wroteAt = Date.now();
    await stack.readModel.events.recordEvent(echo(pageId, customer.psid, wroteAt + 300));
    await customer.say('Hi', { at: wroteAt });
    await until('the question', () => said().length === 1);
    await tell(customer, { owner: 'other-app', by: 'echo', at: wroteAt + 20_300 });
    await customer.say('yes', { at: wroteAt + 20_000 });
    await tell(customer, { owner: 'other-app', by: 'echo', at: wroteAt + 20_300 });
    await untilEnded(stack, customer);
    expect(said()).toEqual(['one', 'two', 'three']);
  });

  it('holds up nothing that leaves after a long typing indicator', async () => {
    const { pageId, customer, said } = await play(TYPES);
    const wroteAt = Date.now();
    await stack.readModel.events.recordEvent(echo(pageId, customer.psid, wroteAt + 300));
    await customer.say('Hi', { at: wroteAt });
    await untilEnded(stack, customer);
    expect(said()).toEqual(['one']);
  });

  it('silences no later conversation either, where replies in the Page Inbox pause us', async () => {
    const { pageId, customer, said } = await play();
    const wroteAt = Date.now();
    await customer.say('Hi', { at: wroteAt });
    await until('the question', () => said().length === 1);
    const { thread } = await stack.readModel.events.recordEvent(echo(pageId, customer.psid, wroteAt + 300), {
      inboxPauseMs: 3_600_000,
    });
    if (!thread) throw new Error('the echo says nothing of the thread');
    await tell(customer, thread);
    await customer.say('yes', { at: wroteAt + 20_000 });
    await untilEnded(stack, customer);
    await customer.say('Hi again', { at: wroteAt + 40_000 });
    await until('the question of the next conversation', () => said().length === 4);
    expect(said()).toEqual(['one', 'two', 'three', 'one']);
  });

  it('stands in the transcript of the conversation that it came before', async () => {
    const { pageId, customer, said } = await play();
    const wroteAt = Date.now();
    await stack.readModel.events.recordEvent(echo(pageId, customer.psid, wroteAt + 300));
    await customer.say('Hi', { at: wroteAt });
    await until('the question', () => said().length === 1);
    await until('the echo in the transcript', async () => {
      const record = await latestRecord(stack, customer);
      const rows = await outbound(customer);
      const heard = rows.find(({ author }) => author.kind === 'other-app');
      return heard?.conversationId === record?.conversationId;
    });
  });
});

describe('the standby copy of what came to us', () => {
  it('takes the thread from nobody, before it or after it', async () => {
    const { customer, said } = await play();
    const wroteAt = Date.now();
    await customer.say('Hi', { at: wroteAt });
    await tell(customer, { owner: 'other-app', at: wroteAt });
    await tell(customer, { owner: 'other-app', at: wroteAt + 1000 });
    await customer.say('yes', { at: wroteAt + 1000 });
    await tell(customer, { owner: 'other-app', at: wroteAt + 1000 });
    await untilEnded(stack, customer);
    expect(said()).toEqual(['one', 'two', 'three']);
  });
});

describe('a person in the Page Inbox', () => {
  it('silences us until the customer writes to us; what is held back is seen as held, and why', async () => {
    const { customer, said } = await play();
    const wroteAt = Date.now() - 60_000;
    await customer.say('Hi', { at: wroteAt });
    await until('the question', () => said().length === 1);
    await customer.say('yes', { at: wroteAt + 1000 });
    await untilEnded(stack, customer);
    await customer.say('Hi again', { at: wroteAt + 2000 });
    await until('the question', () => said().length === 4);
    await tell(customer, { owner: 'other-app', by: 'echo', at: wroteAt + 30_000 });
    await customer.say('written before', { at: wroteAt + 20_000 });
    await until('the held part', async () => (await latestRecord(stack, customer))?.parkedParts === 1);
    expect(await outbound(customer)).toContainEqual(
      expect.objectContaining({
        text: 'two',
        status: 'queued',
        parkedOn: expect.any(String),
        parked: expect.objectContaining({ by: 'thread', reason: expect.stringContaining('Page Inbox') }),
      }),
    );
    expect(said()).toHaveLength(4);
    await customer.say('now to you', { at: wroteAt + 40_000 });
    await untilEnded(stack, customer);
    expect(said().slice(3)).toEqual(['one', 'two', 'three']);
  });

  it('silences us for as long as the account says, whatever the customer writes', async () => {
    const { customer, said } = await play();
    const wroteAt = Date.now() - 60_000;
    await customer.say('Hi', { at: wroteAt });
    await until('the question', () => said().length === 1);
    const pausedUntil = Date.now() + 4000;
    await tell(customer, { owner: 'other-app', by: 'echo', at: wroteAt + 30_000, pausedUntil });
    await customer.say('yes', { at: wroteAt + 40_000 });
    await until('the held part', async () => (await latestRecord(stack, customer))?.parkedParts === 1);
    expect(Date.now()).toBeLessThan(pausedUntil);
    expect(said()).toEqual(['one']);
    await untilEnded(stack, customer);
    expect(Date.now()).toBeGreaterThanOrEqual(pausedUntil);
    expect(said()).toEqual(['one', 'two', 'three']);
  });
});
