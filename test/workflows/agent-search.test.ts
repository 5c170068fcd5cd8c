import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { dispatcherWorkflowId } from '../../adapters/temporal/workflow-id.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { agentCommandUpdate, routingNotificationSignal } from '../../contracts/actor-messages.ts';
import { seedPage, type SeededPage } from '../support/seed-configuration.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { acceptOffer, chooseState, command } from '../support/desk.ts';
import { playSplitFailure } from '../support/play-split-failure.ts';
import { until } from '../support/until.ts';
import { untilInState } from '../support/watch-customer.ts';

const stack = useActorStack();

/** Blocks `find` and `talk` as given, then what the customer reads at each end. */
const scenario = (find: string, talk = 'connect-chat: { noAnswer: 20s }'): string => `
attendant: 1
scenario: search
blocks:
  find:
    find-agent: ${find}
    exits: { no-agents: closed, timeout: closed, queue-limit: again }
  talk:
    ${talk}
    exits: { no-answer: missed, target-disconnected: end }
  end:
    send-message: { text: "Thank you, $(targetDisconnectedCause)" }
  bye:
    exit: {}
  closed:
    send-message: { text: "Nobody is here" }
  closed-end:
    exit: {}
  missed:
    send-message: { text: "Nobody took it" }
  missed-end:
    exit: {}
  again:
    wait: { for: 50ms }
  once-more:
    goto: find
`;

const agents = [{ skills: { support: 50 } }];

async function ready(page: SeededPage, index = 0): Promise<string> {
  const username = page.agents[index] ?? '';
  await chooseState(stack, page, { username, state: 'ready' });
  return username;
}

const inState = (customer: Customer, state: ConversationRecord['state']): Promise<ConversationRecord> =>
  untilInState(stack, customer, state);

async function accept(customer: Customer): Promise<ConversationRecord> {
  const { offer } = await inState(customer, 'offered');
  return acceptOffer(stack, customer, offer?.agent ?? '');
}

async function start(source: string, entry: object = {}): Promise<{ page: SeededPage; customer: Customer }> {
  const page = await seedPage(stack.store, { scenario: source, agents, entry });
  const customer = createCustomer(stack.client, page.pageId);
  return { page, customer };
}

const heard = (customer: Customer): string[] => stack.graph.textsTo(customer.psid);

describe('find-agent', () => {
  it('asks the group of the service that it names', async () => {
    const other = await seedPage(stack.store, { scenario: scenario('{}'), agents });
    const helper = await ready(other);
    const { customer } = await start(scenario(`{ service: ${other.pageId}, timeout: 10s }`));
    await customer.say('help');
    const { agent } = await accept(customer);
    expect(agent?.username).toBe(helper);
    // It is that group's dispatcher that says they are gone.
    await chooseState(stack, other, { username: helper, state: 'logged-out' });
    await inState(customer, 'ended');
    expect(heard(customer)).toEqual(['Thank you, UserLogout']);
  });

  it('finds the agent who last talked with the customer, and another one where they do not become free in time', async () => {
    const page = await seedPage(stack.store, {
      scenario: scenario('{ skills: [support], timeout: 20s, lastAgentWithin: 1h, lastAgentWait: 1s }'),
      agents: [...agents, ...agents],
    });
    const [first, second] = [await ready(page), await ready(page, 1)];
    const customer = createCustomer(stack.client, page.pageId);
    await customer.say('help');
    const record = await accept(customer);
    // The longest idle one; whoever it was is found again, although the other has been idle for longer now.
    const last = record.agent?.username ?? '';
    expect([first, second]).toContain(last);
    await command(stack, { customer, record, username: last }, { type: 'end' });
    await inState(customer, 'ended');
    await customer.say('help again');
    const again = await accept(customer);
    expect([again.agent?.username, again.conversationId === record.conversationId]).toEqual([last, false]);
    await command(stack, { customer, record: again, username: last }, { type: 'end' });
    await inState(customer, 'ended');
    await chooseState(stack, page, { username: last, state: 'not-ready' });
    await customer.say('and again');
    expect((await inState(customer, 'offered')).offer?.agent).toBe(last === first ? second : first);
  });

  it('waits for the interval that the agents who are there will do for', async () => {
    const { page, customer } = await start(
      scenario('{ skills: [support], intervals: [{ for: 1s, minLevel: 90 }, { for: 20s }] }'),
    );
    const username = await ready(page);
    await customer.say('help');
    expect((await accept(customer)).agent?.username).toBe(username);
  });

  it('is left by words that work anywhere, and its place in the queue with it', async () => {
    const rules = `anywhere: [{ when: "$(item.message) == 'never mind'", go: bye }]`;
    const { page, customer } = await start(scenario('{ timeout: 20s }').replace('blocks:', `${rules}\nblocks:`));
    const username = await ready(page);
    await chooseState(stack, page, { username, state: 'not-ready' });
    await customer.say('help');
    await inState(customer, 'queued');
    await customer.say('Is anybody there?');
    await customer.say('never mind');
    expect(await inState(customer, 'ended')).not.toHaveProperty('routedBy');
    await chooseState(stack, page, { username, state: 'ready' });
    const next = createCustomer(stack.client, page.pageId);
    await next.say('help');
    // The one slot is free: nothing was reserved for who has left.
    expect((await inState(next, 'offered')).offer?.agent).toBe(username);
    expect(heard(customer)).toEqual([]);
  });

  it('takes No Agents for a service that there is not', async () => {
    const { customer } = await start(scenario('{ service: none, timeout: 10s }'));
    await customer.say('help');
    await inState(customer, 'ended');
    expect(heard(customer)).toEqual(['Nobody is here']);
  });

  it('ends the scenario at the second attempt to enter a queue that was full', async () => {
    const { page, customer } = await start(scenario('{ skills: [support], timeout: 20s }'));
    const username = await ready(page);
    await chooseState(stack, page, { username, state: 'not-ready' });
    await customer.say('help');
    const { conversationId } = await inState(customer, 'queued');
    await stack.client.workflow
      .getHandle(customer.workflowId)
      .signal(routingNotificationSignal, { type: 'queue-limit', conversationId, requestId: 'find:1', number: 1 });
    await inState(customer, 'ended');
    expect(heard(customer)).toEqual([]);
  });

  it('keeps the position in the queue and how long it is expected to last', async () => {
    const { page, customer } = await start(scenario('{ skills: [support], timeout: 20s }'));
    const username = await ready(page);
    await chooseState(stack, page, { username, state: 'not-ready' });
    await customer.say('help');
    const queue = await until('the place', async () => (await inState(customer, 'queued')).queue);
    // One slot, nobody served lately: five minutes for a chat.
    expect(queue).toEqual({ position: 1, waiting: 1, ewtMs: 300_000 });
  });
});

describe('connect-chat', () => {
  it('offers the chat to the agent that the author names, and gives the found one back', async () => {
    const page = await seedPage(stack.store, {
      scenario: scenario(
        '{ skills: [support], timeout: 10s }',
        'connect-chat: { destination: "$(customer.id|x)-boss", noAnswer: 20s }',
      ),
      agents,
    });
    const found = await ready(page);
    const customer = createCustomer(stack.client, page.pageId);
    const boss = `${customer.psid}-boss`;
    await stack.store.users.put({
      id: boss,
      createdAt: 0,
      username: boss,
      name: 'Boss',
      role: 'agent',
      skills: { [`${page.pageId}-skill`]: 90 },
      slots: 1,
      passwordHash: '',
    });
    await stack.store.raiseRevision();
    await stack.client.workflow.getHandle(dispatcherWorkflowId(page.pageId)).terminate('to learn of the new agent');
    for (const username of [found, boss]) {
      await chooseState(stack, page, { username, state: 'ready' });
    }
    await customer.say('help');
    expect((await inState(customer, 'offered')).offer?.agent).toBe(boss);
    const second = createCustomer(stack.client, page.pageId);
    await accept(customer);
    await second.say('help');
    await inState(second, 'ended');
    // The second customer’s boss does not exist: nobody takes it.
    expect(heard(second)).toEqual(['Nobody took it']);
  });
});

describe('a text in several parts', () => {
  it('takes the failure exit with the first part that is refused, and sends no more of it', async () => {
    const { psid } = await playSplitFailure(stack);
    expect(stack.graph.textsTo(psid)).toHaveLength(2);
    expect(stack.graph.textsTo(psid).at(-1)).toBe('sorry');
  });
});

describe('exception-handler', () => {
  it('ends the chat of a connected agent with its cause before the scenario goes on', async () => {
    const { page, customer } = await start(
      `
attendant: 1
scenario: caught
blocks:
  guard:
    exception-handler: { try: [find, talk], catch: gone }
  find:
    find-agent: { skills: [support], timeout: 10s }
  talk:
    connect-chat: { noAnswer: 20s }
  end:
    exit: {}
  gone:
    send-message: { text: "We miss you" }
`,
      { inactivityTimeoutMs: 1500, inactivityWarning: '', inactivityClosing: '' },
    );
    const username = await ready(page);
    await customer.say('help');
    const { conversationId } = await accept(customer);
    const handle = stack.client.workflow.getHandle(customer.workflowId);
    const agent = { username, name: 'Agent 0' };
    await handle.executeUpdate(agentCommandUpdate, {
      args: [{ type: 'message', conversationId, clientId: randomUUID(), contentHash: '', agent, text: 'Hello?' }],
    });
    const { chatEnd } = await inState(customer, 'ended');
    expect(chatEnd).toMatchObject({ agent: username, cause: 'inactivity' });
    expect(heard(customer)).toEqual(['Hello?', 'We miss you']);
    const next = createCustomer(stack.client, page.pageId);
    await next.say('help');
    expect((await inState(next, 'offered')).offer?.agent).toBe(username);
  });
});
