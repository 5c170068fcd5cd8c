import { describe, expect, it } from 'vitest';
import { agentStatusQuery, queueQuery } from '../../contracts/actor-messages.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { acceptOffer, chooseState, command, dispatcherOf } from '../support/desk.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { seedPage, type SeededPage } from '../support/seed-configuration.ts';
import { until } from '../support/until.ts';
import { latestRecord, untilEnded, untilInState, untilSent } from '../support/watch-customer.ts';

/** Ends at once where the agent ends the chat. */
const SHORT = `
attendant: 1
scenario: short
blocks:
  find:
    find-agent: { skills: [support], timeout: 60s }
    exits: { no-agents: end, timeout: end }
  talk:
    connect-chat: { noAnswer: 30s }
    exits: { no-answer: end, target-disconnected: end }
  end:
    exit: {}
`;

const CHAT = `
attendant: 1
scenario: chat
blocks:
  find:
    find-agent: { skills: [support], timeout: 60s }
    exits: { no-agents: end, timeout: end }
  talk:
    connect-chat: { noAnswer: 30s }
    exits: { no-answer: end, target-disconnected: thanks }
  thanks:
    send-message: { text: "Thank you, $(targetDisconnectedCause)" }
  end:
    exit: {}
`;

const stack = useActorStack();

/** A Page with one agent who is ready. */
async function seed(
  entry: { agentSilenceMs?: number; onAgentSilence?: 'queue'; inactivityTimeoutMs?: number } = {},
  scenario = CHAT,
): Promise<{ page: SeededPage; username: string }> {
  const page = await seedPage(stack.store, { scenario, entry, agents: [{ skills: { support: 50 } }] });
  const [username = ''] = page.agents;
  await chooseState(stack, page, { username, state: 'ready' });
  return { page, username };
}

async function connect(
  page: SeededPage,
  username: string,
): Promise<{ customer: Customer; record: ConversationRecord }> {
  const customer = createCustomer(stack.client, page.pageId);
  await customer.say('help');
  return { customer, record: await acceptOffer(stack, customer, username) };
}

/** Something that waits until it is answered. */
function holdBack(): { held: Promise<void>; answer: () => void } {
  const answers: (() => void)[] = [];
  const held = new Promise<void>((resolve) => void answers.push(resolve));
  return { held, answer: () => answers.forEach((answer) => answer()) };
}

async function untilOfferedTo(customer: Customer, username: string): Promise<ConversationRecord> {
  return until(`an offer to ${username}`, async () => {
    const now = await latestRecord(stack, customer);
    return now?.offer?.agent === username ? now : undefined;
  });
}

const failedTasks = async (workflowId: string): Promise<number> => {
  const { events } = await stack.client.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).filter((event) => event.workflowTaskFailedEventAttributes).length;
};

const chatsOf = async (page: SeededPage, username: string): Promise<number | undefined> =>
  (await dispatcherOf(stack, page).query(agentStatusQuery, username))?.chats;

describe('a conversation', () => {
  it('comes to its end where a part is parked that was under way when it ended', async () => {
    const { page, username } = await seed({}, SHORT);
    const { customer, record } = await connect(page, username);
    const { held, answer } = holdBack();
    const refused = { class: 'page-closed', retryable: false, code: 190, operatorMessage: 'token expired' };
    stack.graph.isTokenGood = false;
    stack.graph.answerNext(async () => {
      await held;
      return { outcome: 'refused', error: refused as never };
    });
    await command(stack, { customer, record, username }, { type: 'message', text: 'Bye then' });
    await untilSent(stack, customer, 'Bye then');
    await command(stack, { customer, record, username }, { type: 'end' });
    await untilEnded(stack, customer);
    answer();
    await stack.client.workflow.getHandle(customer.workflowId).result();
    stack.graph.isTokenGood = true;
    expect(await failedTasks(customer.workflowId)).toBe(0);
  });

  it('that an operator cancels tells the customer, frees the agent and ends', async () => {
    const { page, username } = await seed({ onError: 'Something went wrong.' } as object);
    const { customer } = await connect(page, username);
    await stack.client.workflow.getHandle(customer.workflowId).cancel();
    expect(await untilEnded(stack, customer)).toMatchObject({ endReason: 'cancelled' });
    await stack.client.workflow.getHandle(customer.workflowId).result();
    await untilSent(stack, customer, 'Something went wrong.');
    await until('the freed slot', async () => (await chatsOf(page, username)) === 0);
  });

  it('that was terminated frees its agent when its customer writes again', async () => {
    const { page, username } = await seed();
    const { customer, record } = await connect(page, username);
    await stack.client.workflow.getHandle(customer.workflowId).terminate('an operator');
    await customer.say('hello?');
    // The slot is free for the next conversation of the same customer.
    await until('the next offer', async () => {
      const next = await latestRecord(stack, customer);
      return next?.state === 'offered' && next.conversationId !== record.conversationId;
    });
    const old = await stack.readModel.conversations.findConversation(record.conversationId);
    expect(old).toMatchObject({ state: 'ended', endReason: 'terminated' });
    const told = await stack.readModel.history.listConversationEvents(record.conversationId, { limit: 200 });
    expect(told.items.at(-1)).toMatchObject({ type: 'ended', data: { reason: 'terminated' } });
  });

  it('takes an agent who falls silent out of it, having warned of it', async () => {
    const { page, username } = await seed({ agentSilenceMs: 1500 });
    const { customer } = await connect(page, username);
    await untilSent(stack, customer, 'Thank you, AgentSilent');
    await untilEnded(stack, customer);
    const warned = stack.graph.alerts.filter(({ kind, group }) => kind === 'agent-silent' && group === page.pageId);
    expect(warned).toHaveLength(1);
    await until('Not Ready', async () => {
      const status = await dispatcherOf(stack, page).query(agentStatusQuery, username);
      return status?.state === 'not-ready';
    });
  });

  it('is the agent’s to answer where the customer has written since, however late Meta’s answer comes', async () => {
    const { page, username } = await seed({ agentSilenceMs: 8000, inactivityTimeoutMs: 500 });
    const { customer, record } = await connect(page, username);
    const { held, answer } = holdBack();
    stack.graph.answerNext(async ({ partId }) => {
      await held;
      return { outcome: 'accepted', mid: `m_${partId}` };
    });
    await command(stack, { customer, record, username }, { type: 'message', text: 'What is its number?' });
    await untilSent(stack, customer, 'What is its number?');
    await customer.say('4711');
    await until('the silence of the agent', async () => (await latestRecord(stack, customer))?.agentSilence);
    answer();
    // By the customer's it would have ended long before.
    const { chatEnd } = await untilEnded(stack, customer);
    expect(chatEnd).toMatchObject({ agent: username, cause: 'AgentSilent' });
  });

  it('goes back to the queue when its agent falls silent, and goes on with the next, where the entry says so', async () => {
    const page = await seedPage(stack.store, {
      scenario: CHAT,
      entry: { agentSilenceMs: 1500, onAgentSilence: 'queue' },
      agents: [{ skills: { support: 50 } }, { skills: { support: 50 } }, { skills: { support: 50 } }],
    });
    const [silent = '', unwilling = '', helpful = ''] = page.agents;
    await chooseState(stack, page, { username: silent, state: 'ready' });
    const { customer, record } = await connect(page, silent);
    await chooseState(stack, page, { username: unwilling, state: 'ready' });
    const refused = await untilOfferedTo(customer, unwilling);
    expect(refused).toMatchObject({ conversationId: record.conversationId, chatEnd: { cause: 'AgentSilent' } });
    const { offerId = '' } = refused.offer ?? {};
    await command(stack, { customer, record, username: unwilling }, { type: 'reject', offerId });
    await untilInState(stack, customer, 'queued');
    await chooseState(stack, page, { username: helpful, state: 'ready' });
    await untilOfferedTo(customer, helpful);
    await acceptOffer(stack, customer, helpful);
    await command(stack, { customer, record, username: helpful }, { type: 'end' });
    await untilSent(stack, customer, 'Thank you, UserHangup');
    expect(await untilEnded(stack, customer)).toMatchObject({ servedBy: [silent, helpful] });
    await until('freed slots', async () => (await chatsOf(page, silent)) === 0 && (await chatsOf(page, helpful)) === 0);
  });

  it('offers the chat on when the next agent does not look either', async () => {
    const page = await seedPage(stack.store, {
      scenario: CHAT.replace('noAnswer: 30s', 'noAnswer: 4s'),
      entry: { agentSilenceMs: 1500, onAgentSilence: 'queue' },
      agents: [{ skills: { support: 50 } }, { skills: { support: 50 } }, { skills: { support: 50 } }],
    });
    const [silent = '', absent = '', helpful = ''] = page.agents;
    await chooseState(stack, page, { username: silent, state: 'ready' });
    const { customer } = await connect(page, silent);
    await chooseState(stack, page, { username: absent, state: 'ready' });
    await untilOfferedTo(customer, absent);
    await chooseState(stack, page, { username: helpful, state: 'ready' });
    await untilOfferedTo(customer, helpful);
  });

  it('takes Target Disconnected where nobody is left whom the queue could wait for', async () => {
    const page = await seedPage(stack.store, {
      scenario: CHAT,
      entry: { agentSilenceMs: 1500, onAgentSilence: 'queue' },
      agents: [{ skills: { support: 50 } }],
    });
    const [silent = ''] = page.agents;
    await chooseState(stack, page, { username: silent, state: 'ready' });
    const { customer } = await connect(page, silent);
    await untilInState(stack, customer, 'queued');
    await chooseState(stack, page, { username: silent, state: 'logged-out' });
    await untilSent(stack, customer, 'Thank you, AgentSilent');
  });

  it('does not take the chat of an agent who answers', async () => {
    const { page, username } = await seed({ agentSilenceMs: 2000 });
    const { customer, record } = await connect(page, username);
    await command(stack, { customer, record, username }, { type: 'message', text: 'Here I am' });
    await until('nothing is owed', async () => (await latestRecord(stack, customer))?.agentSilence === undefined);
    await customer.say('thanks');
    const { agentSilence } = await until('an answer is owed', async () => {
      const now = await latestRecord(stack, customer);
      return now?.agentSilence ? now : undefined;
    });
    expect(agentSilence?.endAt).toBe((agentSilence?.since ?? 0) + 2000);
  });
});

describe('a dispatcher', () => {
  it('goes on where an operator cancels it', async () => {
    const { page, username } = await seed();
    const dispatcher = dispatcherOf(stack, page);
    await until('the agent', async () => (await dispatcher.query(agentStatusQuery, username))?.state === 'ready');
    await dispatcher.cancel();
    const customer = createCustomer(stack.client, page.pageId);
    await customer.say('help');
    await untilInState(stack, customer, 'offered');
    expect(await failedTasks(dispatcher.workflowId)).toBe(0);
  });

  it('that was terminated serves who waited', async () => {
    const { page, username } = await seed();
    await chooseState(stack, page, { username, state: 'not-ready' });
    const customer = createCustomer(stack.client, page.pageId);
    await customer.say('help');
    await until('the queue', async () => (await dispatcherOf(stack, page).query(queueQuery, 10)).waitingCount === 1);
    await dispatcherOf(stack, page).terminate('an operator');
    await chooseState(stack, page, { username, state: 'ready' });
    await untilInState(stack, customer, 'offered');
  });

  it('that was terminated gives no slot twice that a chat holds', async () => {
    const { page, username } = await seed();
    await connect(page, username);
    await dispatcherOf(stack, page).terminate('an operator');
    // Whoever speaks first begins its successor, and that is not always the agent.
    const second = createCustomer(stack.client, page.pageId);
    await second.say('help');
    await untilInState(stack, second, 'queued');
    await until('the chat is known again', async () => (await chatsOf(page, username)) === 1);
    expect((await latestRecord(stack, second))?.state).toBe('queued');
  });
});
