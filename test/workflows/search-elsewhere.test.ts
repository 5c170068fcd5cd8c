import { describe, expect, it } from 'vitest';
import { dispatcherWorkflowId } from '../../adapters/temporal/workflow-id.ts';
import { agentStatusQuery, queueQuery, routingQuery, type QueueSnapshot } from '../../contracts/actor-messages.ts';
import { seedPage, type SeededPage } from '../support/seed-configuration.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer } from '../support/customer.ts';
import { acceptOffer, chooseState, command, dispatcherOf } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { untilInState } from '../support/watch-customer.ts';

const stack = useActorStack();

const scenario = `
attendant: 2
scenario: elsewhere
blocks:
  find:
    find-agent: { timeout: 30s }
    exits: { no-agents: closed, timeout: closed, queue-limit: closed }
  talk:
    connect-chat: { noAnswer: 20s }
    exits: { no-answer: closed, target-disconnected: thanks }
  thanks:
    send-message: { text: "Thank you" }
  end:
    exit: {}
  closed:
    send-message: { text: "Nobody is here" }
  closed-end:
    exit: {}
`;
const agents = [{ skills: {} }, { skills: {} }];

const ready = (page: SeededPage, username: string): Promise<void> =>
  chooseState(stack, page, { username, state: 'ready' });

async function start(service: object = {}) {
  const page = await seedPage(stack.store, { scenario, agents, service });
  const [first = '', second = ''] = page.agents;
  return { page, first, second, customer: createCustomer(stack.client, page.pageId) };
}

describe('a search that goes on elsewhere', () => {
  it('asks the agents of the next service once its time has come, and is answered by them', async () => {
    const other = await seedPage(stack.store, { scenario, agents });
    const helper = other.agents[0] ?? '';
    await ready(other, helper);
    const { page, first, customer } = await start({ overflow: [{ afterMs: 500, service: other.pageId }] });
    await chooseState(stack, page, { username: first, state: 'not-ready' });
    await customer.say('help');
    const { offer } = await untilInState(stack, customer, 'offered');
    expect(offer?.agent).toBe(helper);
    expect((await acceptOffer(stack, customer, helper)).agent?.username).toBe(helper);
  });

  it('asks them at once where nobody is logged in', async () => {
    const other = await seedPage(stack.store, { scenario, agents });
    const helper = other.agents[0] ?? '';
    await ready(other, helper);
    const { customer } = await start({ overflow: [{ afterMs: 60_000, service: other.pageId }] });
    await customer.say('help');
    expect((await untilInState(stack, customer, 'offered')).offer?.agent).toBe(helper);
  });
});

describe('a conversation that waits', () => {
  it('is connected with who picks it as soon as they are free, whoever else is asked', async () => {
    const { page, first, customer } = await start();
    await chooseState(stack, page, { username: first, state: 'not-ready' });
    await customer.say('help');
    const record = await untilInState(stack, customer, 'queued');
    await command(stack, { customer, record, username: first }, { type: 'pick' });
    await ready(page, first);
    expect((await untilInState(stack, customer, 'connected')).agent?.username).toBe(first);
  });

  it('is offered to whom it is assigned, and looked for as before where they are gone', async () => {
    const { page, first, second, customer } = await start();
    for (const username of [first, second]) await chooseState(stack, page, { username, state: 'not-ready' });
    await customer.say('help');
    const record = await untilInState(stack, customer, 'queued');
    const assign = (username: string) =>
      command(stack, { customer, record, username: 'sue' }, { type: 'assign', username });
    await assign(first);
    const question = (): Promise<{ waiting?: { onlyAgent?: string } }> =>
      dispatcherOf(stack, page).query(routingQuery, record.conversationId);
    await until('the one agent to be asked for', async () => (await question()).waiting?.onlyAgent === first);
    await chooseState(stack, page, { username: first, state: 'logged-out' });
    await until('anybody to do', async () => {
      const { waiting } = await question();
      return waiting !== undefined && waiting.onlyAgent === undefined;
    });
    await assign(second);
    await ready(page, second);
    expect((await untilInState(stack, customer, 'offered')).offer?.agent).toBe(second);
    const late = command(stack, { customer, record, username: second }, { type: 'pick' });
    await expect(late).rejects.toThrow();
  });
});

describe('an agent whose chat has ended', () => {
  it('keeps the slot for the paper work of the service, while the scenario goes on at once', async () => {
    const { page, first, customer } = await start({ wrapUp: { timeoutMs: 60_000 } });
    await ready(page, first);
    await customer.say('help');
    await untilInState(stack, customer, 'offered');
    const record = await acceptOffer(stack, customer, first);
    await command(stack, { customer, record, username: first }, { type: 'end' });
    await untilInState(stack, customer, 'ended');
    expect(stack.graph.textsTo(customer.psid)).toContain('Thank you');
    const handle = stack.client.workflow.getHandle(dispatcherWorkflowId(page.pageId));
    await until('the paper work', async () => {
      const agent = await handle.query(agentStatusQuery, first);
      return agent?.state === 'after-call-work' && agent.chats === 0 && agent.afterWork === 1;
    });
    const told = await stack.db.collection('wrap-ups').findOne({ username: first });
    expect(told).toMatchObject({ conversationId: record.conversationId });
  });

  it('is served before those who came earlier once somebody has raised its priority', async () => {
    const { page, first, customer } = await start();
    await chooseState(stack, page, { username: first, state: 'not-ready' });
    await customer.say('help');
    await untilInState(stack, customer, 'queued');
    const later = createCustomer(stack.client, page.pageId);
    await later.say('help');
    const record = await untilInState(stack, later, 'queued');
    await command(stack, { customer: later, record, username: 'sue' }, { type: 'prioritize', priority: 90 });
    await until('the order in the queue', async () => {
      const queue: QueueSnapshot = await dispatcherOf(stack, page).query(queueQuery, 10);
      return queue.waiting[0]?.conversationId === record.conversationId;
    });
    await ready(page, first);
    expect((await untilInState(stack, later, 'offered')).offer?.agent).toBe(first);
    expect((await untilInState(stack, customer, 'queued')).state).toBe('queued');
  });
});
