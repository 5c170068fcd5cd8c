import { describe, expect, it } from 'vitest';
import type { AgentCommand } from '../../contracts/agent-command.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { queueQuery, type QueueSnapshot } from '../../contracts/actor-messages.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { CHAT_SCENARIO } from '../support/chat-scenario.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { acceptOffer, chooseState, command, dispatcherOf, refusalOf } from '../support/desk.ts';
import { seedPage, type SeededPage } from '../support/seed-configuration.ts';
import { until } from '../support/until.ts';
import { latestRecord, untilEnded, untilRecord, untilSent } from '../support/watch-customer.ts';

const stack = useActorStack();

interface Chat {
  page: SeededPage;
  customer: Customer;
  record: ConversationRecord;
  ann: string;
}

/** A chat of the only agent, who has one slot. */
async function beginChat(silences: { agentSilenceMs?: number; inactivityTimeoutMs?: number } = {}): Promise<Chat> {
  const page = await seedPage(stack.store, {
    scenario: CHAT_SCENARIO,
    agents: [{ skills: { support: 50 }, slots: 1 }],
    entry: { ...silences, inactivityWarning: '', inactivityClosing: 'Good night' },
  });
  const [ann = ''] = page.agents;
  await chooseState(stack, page, { username: ann, state: 'ready' });
  const customer = createCustomer(stack.client, page.pageId);
  await customer.say('help');
  return { page, customer, ann, record: await acceptOffer(stack, customer, ann) };
}

type Wanted = Omit<AgentCommand, 'clientId'> & Record<string, unknown>;

const give = ({ customer, record, ann }: Chat, what: Wanted): Promise<unknown> =>
  command(stack, { customer, record, username: ann }, what);

const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

async function pass(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

function untilChats({ page }: Chat, wanted: number): Promise<boolean> {
  return until(`${wanted} chats`, async () => {
    const queue: QueueSnapshot = await dispatcherOf(stack, page).query(queueQuery, 10);
    return queue.agents[0]?.chats === wanted;
  });
}

describe('a chat that its agent puts away', () => {
  it('frees their slot, and comes back on top of what they have then when the customer writes', async () => {
    const chat = await beginChat();
    await give(chat, { type: 'snooze', until: inMs(60_000), note: 'ask the warehouse' });
    const asleep = await untilRecord(stack, chat.customer, {
      what: 'sleep',
      isSo: ({ snooze }) => snooze !== undefined,
    });
    expect(asleep).toMatchObject({
      state: 'connected',
      agent: { username: chat.ann },
      snooze: { note: 'ask the warehouse' },
    });
    expect(asleep.heldAgents).toBeUndefined();
    await untilChats(chat, 0);
    const next = createCustomer(stack.client, chat.page.pageId);
    await next.say('help');
    await acceptOffer(stack, next, chat.ann);
    await chat.customer.say('any news?');
    const awake = await untilRecord(stack, chat.customer, {
      what: 'waking',
      isSo: ({ snooze }) => snooze?.woken !== undefined,
    });
    expect(awake).toMatchObject({
      state: 'connected',
      agent: { username: chat.ann },
      snooze: { woken: { by: 'customer' } },
    });
    await untilChats(chat, 2);
    await give(chat, { type: 'message', text: 'It has left' });
    await untilSent(stack, chat.customer, 'It has left');
    await untilRecord(stack, chat.customer, { what: 'no reminder', isSo: ({ snooze }) => snooze === undefined });
  });

  it('is not lost by anybody’s silence, and wakes at its time, when whose turn it was has it again', async () => {
    const silenceMs = 4000;
    const chat = await beginChat({ inactivityTimeoutMs: silenceMs });
    await give(chat, { type: 'message', text: 'I will come back to you' });
    await give(chat, { type: 'snooze', until: inMs(60_000) });
    await untilSent(stack, chat.customer, 'I will come back to you');
    await pass(silenceMs * 1.5);
    expect((await latestRecord(stack, chat.customer))?.state).toBe('connected');
    await give(chat, { type: 'snooze', until: inMs(500), note: 'now' });
    const awake = await untilRecord(stack, chat.customer, {
      what: 'waking',
      isSo: ({ snooze }) => snooze?.woken !== undefined,
    });
    expect(awake.snooze).toMatchObject({ note: 'now', woken: { by: 'time' } });
    await untilEnded(stack, chat.customer);
    // The record says so before the last words have gone out.
    await untilSent(stack, chat.customer, 'Good night');
    expect(stack.graph.textsTo(chat.customer.psid)).toEqual(['I will come back to you', 'Good night']);
  });

  it('is lost by an agent who does not write after they went on with it', async () => {
    const chat = await beginChat({ agentSilenceMs: 4000 });
    await give(chat, { type: 'snooze', until: inMs(60_000) });
    await give(chat, { type: 'wake' });
    await untilChats(chat, 1);
    await untilEnded(stack, chat.customer);
    expect(stack.graph.textsTo(chat.customer.psid)).toEqual([`Bye from ${chat.ann}, AgentSilent`]);
  });

  it('goes on in the scenario when its agent is gone by the time that it wakes', async () => {
    const chat = await beginChat();
    await give(chat, { type: 'snooze', until: inMs(60_000) });
    await untilChats(chat, 0);
    await chooseState(stack, chat.page, { username: chat.ann, state: 'logged-out' });
    await chat.customer.say('hello?');
    await untilEnded(stack, chat.customer);
    expect(stack.graph.textsTo(chat.customer.psid)).toEqual([`Bye from ${chat.ann}, UserLogout`]);
  });

  it('cannot be put away by who does not hold it, and can be ended from where it lies', async () => {
    const chat = await beginChat();
    const other = { ...chat, ann: 'somebody-else' };
    expect(await refusalOf(give(other, { type: 'snooze', until: inMs(60_000) }))).toBe('NOT_YOUR_CONVERSATION');
    await give(chat, { type: 'snooze', until: inMs(60_000) });
    await give(chat, { type: 'end' });
    await untilEnded(stack, chat.customer);
    expect(stack.graph.textsTo(chat.customer.psid)).toEqual([`Bye from ${chat.ann}, UserHangup`]);
  });
});
