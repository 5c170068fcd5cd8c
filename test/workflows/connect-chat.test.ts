import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { AgentState } from '../../contracts/routing.ts';
import { dispatcherWorkflowId } from '../../adapters/temporal/workflow-id.ts';
import { agentCommandUpdate, presenceSignal } from '../../contracts/actor-messages.ts';
import { seedPage, type SeededPage } from '../support/seed-configuration.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { acceptOffer, chooseState, endLease, refusalOf } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { latestRecord, untilInState } from '../support/watch-customer.ts';

const CHAT = `
attendant: 1
scenario: chat
blocks:
  find:
    find-agent: { skills: [support], timeout: 5s }
    exits: { no-agents: closed, timeout: late }
  found:
    send-message: { text: "$(agent.name) comes" }
  talk:
    connect-chat: { noAnswer: 2s }
    exits: { no-answer: find, target-disconnected: thanks }
  thanks:
    send-message: { text: "Thank you, $(targetDisconnectedCause)" }
  end:
    exit: {}
  closed:
    send-message: { text: "Nobody is here" }
  closed-end:
    exit: {}
  late:
    send-message: { text: "Nobody was free" }
  late-end:
    exit: {}
`;

const stack = useActorStack();

async function seed(agents: number, slots = 1): Promise<SeededPage> {
  return seedPage(stack.store, {
    scenario: CHAT,
    agents: Array.from({ length: agents }, () => ({ skills: { support: 50 }, slots })),
  });
}

const setState = (page: SeededPage, username: string, state: AgentState): Promise<void> =>
  chooseState(stack, page, { username, state });

const latest = (customer: Customer): Promise<ConversationRecord | undefined> => latestRecord(stack, customer);

const inState = (customer: Customer, state: ConversationRecord['state']): Promise<ConversationRecord> =>
  untilInState(stack, customer, state);

function command(
  record: ConversationRecord,
  username: string,
): { conversationId: string; clientId: string; contentHash: string; agent: { username: string; name: string } } {
  return {
    conversationId: record.conversationId,
    clientId: randomUUID(),
    contentHash: '',
    agent: { username, name: 'Agent 0' },
  };
}

const accept = (customer: Customer, username: string): Promise<ConversationRecord> =>
  acceptOffer(stack, customer, username);

describe('finding an agent and connecting the chat', () => {
  it('offers, connects, carries both directions and ends with UserHangup', async () => {
    const page = await seed(1);
    const [agent = ''] = page.agents;
    await setState(page, agent, 'ready');
    const customer = createCustomer(stack.client, page.pageId);
    await customer.say('help');
    const record = await accept(customer, agent);
    expect(record.agent?.username).toBe(agent);
    const handle = stack.client.workflow.getHandle(customer.workflowId);
    await handle.executeUpdate(agentCommandUpdate, {
      args: [{ type: 'message', ...command(record, agent), text: 'Hello, how can I help?' }],
    });
    await until('the agent at the customer', () =>
      stack.graph.textsTo(customer.psid).includes('Hello, how can I help?'),
    );
    await customer.say('my bill');
    await until('the customer in the transcript', async () => {
      const { items } = await stack.readModel.messages.listMessages(record.conversationId, { limit: 50 });
      return items.some(({ text }) => text === 'my bill');
    });
    await handle.executeUpdate(agentCommandUpdate, { args: [{ type: 'end', ...command(record, agent) }] });
    await inState(customer, 'ended');
    expect(stack.graph.textsTo(customer.psid)).toEqual([
      'Agent 0 comes',
      'Hello, how can I help?',
      'Thank you, UserHangup',
    ]);
  });

  it('says that nobody is there when no agent with the skill is logged in', async () => {
    const page = await seed(1);
    const customer = createCustomer(stack.client, page.pageId);
    await customer.say('help');
    await inState(customer, 'ended');
    expect(stack.graph.textsTo(customer.psid)).toEqual(['Nobody is here']);
  });

  it('waits while an agent is not ready, leaves by Timeout, and by No Agents when the last one logs out', async () => {
    const page = await seed(1);
    const [agent = ''] = page.agents;
    await setState(page, agent, 'not-ready');
    const patient = createCustomer(stack.client, page.pageId);
    const unlucky = createCustomer(stack.client, page.pageId);
    await patient.say('help');
    await inState(patient, 'ended');
    expect(stack.graph.textsTo(patient.psid)).toEqual(['Nobody was free']);
    await unlucky.say('help');
    await inState(unlucky, 'queued');
    await setState(page, agent, 'logged-out');
    await inState(unlucky, 'ended');
    expect(stack.graph.textsTo(unlucky.psid)).toEqual(['Nobody is here']);
  });

  it('makes an agent who does not answer Not Ready and offers the chat to the next one', async () => {
    const page = await seed(2);
    const [first = '', second = ''] = page.agents;
    await setState(page, first, 'ready');
    await setState(page, second, 'ready');
    const customer = createCustomer(stack.client, page.pageId);
    await customer.say('help');
    const offered = await inState(customer, 'offered');
    expect(offered.offer?.agent).toBe(first);
    const again = await until('the offer to the second', async () => {
      const record = await latest(customer);
      return record?.offer?.agent === second ? record : undefined;
    });
    await stack.client.workflow.getHandle(customer.workflowId).executeUpdate(agentCommandUpdate, {
      args: [{ type: 'accept', ...command(again, second), offerId: again.offer?.offerId ?? '' }],
    });
    expect((await inState(customer, 'connected')).agent?.username).toBe(second);
  });

  it('refuses a stale offer, a stranger and a command for the conversation before', async () => {
    const page = await seed(1);
    const [agent = ''] = page.agents;
    await setState(page, agent, 'ready');
    const customer = createCustomer(stack.client, page.pageId);
    await customer.say('help');
    const offered = await inState(customer, 'offered');
    const handle = stack.client.workflow.getHandle(customer.workflowId);
    const stale = { ...command(offered, agent), offerId: `${offered.conversationId}:99` };
    expect(await refusalOf(handle.executeUpdate(agentCommandUpdate, { args: [{ type: 'accept', ...stale }] }))).toBe(
      'OFFER_GONE',
    );
    const record = await accept(customer, agent);
    const strange = { ...command(record, 'somebody'), text: 'hi' };
    expect(await refusalOf(handle.executeUpdate(agentCommandUpdate, { args: [{ type: 'message', ...strange }] }))).toBe(
      'NOT_YOUR_CONVERSATION',
    );
    const old = { ...command(record, agent), conversationId: randomUUID() };
    expect(await refusalOf(handle.executeUpdate(agentCommandUpdate, { args: [{ type: 'end', ...old }] }))).toBe(
      'CONVERSATION_ENDED',
    );
  });

  it('answers a repeated command with the first answer and does nothing twice', async () => {
    const page = await seed(1);
    const [agent = ''] = page.agents;
    await setState(page, agent, 'ready');
    const customer = createCustomer(stack.client, page.pageId);
    await customer.say('help');
    const record = await accept(customer, agent);
    const say = { ...command(record, agent), text: 'once' };
    const handle = stack.client.workflow.getHandle(customer.workflowId);
    const answers = await Promise.all(
      [1, 2, 3].map(() => handle.executeUpdate(agentCommandUpdate, { args: [{ type: 'message', ...say }] })),
    );
    await until('the message', () => stack.graph.textsTo(customer.psid).includes('once'));
    await handle.executeUpdate(agentCommandUpdate, { args: [{ type: 'end', ...command(record, agent) }] });
    await inState(customer, 'ended');
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(stack.graph.textsTo(customer.psid).filter((text) => text === 'once')).toHaveLength(1);
  });

  it('gives a freed slot to the customer who waited longest', async () => {
    const page = await seed(1);
    const [agent = ''] = page.agents;
    await setState(page, agent, 'ready');
    const [served, waiting, later] = [1, 2, 3].map(() => createCustomer(stack.client, page.pageId)) as [
      Customer,
      Customer,
      Customer,
    ];
    await served.say('help');
    const record = await accept(served, agent);
    await waiting.say('help');
    await inState(waiting, 'queued');
    await later.say('help');
    await inState(later, 'queued');
    await stack.client.workflow
      .getHandle(served.workflowId)
      .executeUpdate(agentCommandUpdate, { args: [{ type: 'end', ...command(record, agent) }] });
    await inState(waiting, 'offered');
    expect((await latest(later))?.state).toBe('queued');
  });

  it('takes Target Disconnected with UserLogout when the agent logs out in the chat', async () => {
    const page = await seed(1);
    const [agent = ''] = page.agents;
    await setState(page, agent, 'ready');
    const customer = createCustomer(stack.client, page.pageId);
    await customer.say('help');
    await accept(customer, agent);
    await setState(page, agent, 'logged-out');
    await inState(customer, 'ended');
    expect(stack.graph.textsTo(customer.psid).at(-1)).toBe('Thank you, UserLogout');
  });

  it('keeps the chat of an agent whose client comes back within the grace time', async () => {
    const page = await seed(1);
    const [agent = ''] = page.agents;
    await setState(page, agent, 'ready');
    const customer = createCustomer(stack.client, page.pageId);
    await customer.say('help');
    await accept(customer, agent);
    const dispatcher = stack.client.workflow.getHandle(dispatcherWorkflowId(page.pageId));
    // Lost long ago: with the grace time over, the agent would be gone at once.
    await dispatcher.signal(presenceSignal, { username: agent, presence: 'lost', at: Date.now() - 62_000 });
    await dispatcher.signal(presenceSignal, { username: agent, presence: 'back', at: Date.now() - 61_000 });
    await customer.say('still there?');
    expect((await latest(customer))?.state).toBe('connected');
    await endLease(stack, agent);
    await dispatcher.signal(presenceSignal, { username: agent, presence: 'lost', at: Date.now() - 60_000 });
    await inState(customer, 'ended');
    expect(stack.graph.textsTo(customer.psid).at(-1)).toBe('Thank you, Failure');
  });

  it('lets an agent reject and puts them last', async () => {
    const page = await seed(2);
    const [first = '', second = ''] = page.agents;
    await setState(page, first, 'ready');
    await setState(page, second, 'ready');
    const customer = createCustomer(stack.client, page.pageId);
    await customer.say('help');
    const offered = await inState(customer, 'offered');
    await stack.client.workflow.getHandle(customer.workflowId).executeUpdate(agentCommandUpdate, {
      args: [{ type: 'reject', ...command(offered, first), offerId: offered.offer?.offerId ?? '' }],
    });
    const next = await until('the offer to the second', async () => {
      const record = await latest(customer);
      return record?.offer?.agent === second ? record : undefined;
    });
    expect(next.offer?.offerId).not.toBe(offered.offer?.offerId);
  });
});
