import { Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { ConversationEvent } from '../../contracts/history-event.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer } from '../support/customer.ts';
import { acceptOffer, chooseState, command, dispatcherOf, refusalOf } from '../support/desk.ts';
import { queueQuery, type QueueSnapshot } from '../../contracts/actor-messages.ts';
import { publishScenario } from '../support/publish-scenario.ts';
import { seedPage } from '../support/seed-configuration.ts';
import { until } from '../support/until.ts';
import { untilEnded, untilInState, untilRecord, untilSent } from '../support/watch-customer.ts';

const CHAT = `
attendant: 1
scenario: chat-first
blocks:
  topic:
    send-message: { text: "What is it about?", wait: { into: question, timeout: 5m } }
    exits: { timeout: end }
  find:
    find-agent: { skills: [support], timeout: 60s }
    exits: { no-agents: end, timeout: end }
  talk:
    connect-chat: { noAnswer: 20s }
    exits: { no-answer: end, target-disconnected: thanks }
  thanks:
    send-message: { text: "Bye of the first" }
  end:
    exit: {}
`;

/** Its blocks have the same names and places as those of the first: no message of it may pass for one of those. */
const NEXT = `
attendant: 1
scenario: next-one
blocks:
  topic:
    send-message: { text: "Still about $(question)?", wait: { into: again, timeout: 5m } }
    exits: { timeout: end }
  find:
    find-agent: { skills: [support], timeout: 60s }
    exits: { no-agents: end, timeout: end }
  talk:
    connect-chat: { noAnswer: 20s }
    exits: { no-answer: end, target-disconnected: thanks }
  thanks:
    send-message: { text: "Bye of the next: $(question), $(again)" }
  end:
    exit: {}
`;

const stack = useActorStack();
beforeAll(() => publishScenario(stack.store, NEXT));

async function beginChat(memo?: { continueAsNewAfterEvents: number }) {
  const page = await seedPage(stack.store, { scenario: CHAT, agents: [{ skills: { support: 50 } }] });
  const [ann = ''] = page.agents;
  await chooseState(stack, page, { username: ann, state: 'ready' });
  const customer = createCustomer(stack.client, page.pageId, memo);
  await customer.say('hello');
  await untilSent(stack, customer, 'What is it about?');
  await customer.say('a lamp');
  const record = await acceptOffer(stack, customer, ann);
  const byAnn = (what: Parameters<typeof command>[2]) => command(stack, { customer, record, username: ann }, what);
  return { page, ann, customer, record, byAnn };
}

async function eventsOf(conversationId: string, type: string): Promise<ConversationEvent[]> {
  const { items } = await stack.readModel.history.listConversationEvents(conversationId, { limit: 200 });
  return items.filter((event) => event.type === type);
}

describe('a transfer to a scenario', () => {
  it('goes on with the customer at its first block, in the same conversation, and sets the agent free', async () => {
    const { page, ann, customer, record, byAnn } = await beginChat();
    const { conversationId } = record;
    await byAnn({ type: 'transferToScenario', to: { scenario: 'next-one' }, message: 'wants a refund' });
    await untilSent(stack, customer, 'Still about a lamp?');
    const handed = await untilRecord(stack, customer, {
      what: 'the next scenario',
      isSo: ({ scenario }) => scenario?.name === 'next-one',
    });
    expect(handed).toMatchObject({
      conversationId,
      state: 'running',
      service: page.pageId,
      entry: page.pageId,
      chatEnd: { agent: ann, cause: 'Transferred' },
      segments: [{ number: 1, agent: ann, to: expect.any(Number) }],
      answers: [{ name: 'question', value: 'a lamp' }],
    });
    expect(await eventsOf(conversationId, 'transferred-to-scenario')).toMatchObject([
      {
        actor: { kind: 'agent', name: ann },
        data: { from: ann, scenario: 'next-one', version: handed.scenario?.version, service: page.pageId },
      },
    ]);
    const { items } = await stack.readModel.messages.listMessages(conversationId, { limit: 50 });
    expect(items).toContainEqual(expect.objectContaining({ kind: 'note', text: 'wants a refund' }));
    await until('the free slot', async () => {
      const queue: QueueSnapshot = await dispatcherOf(stack, page).query(queueQuery, 10);
      return queue.agents.every(({ chats }) => chats === 0);
    });
    expect(await refusalOf(byAnn({ type: 'message', text: 'still me' }))).toBe('CONVERSATION_ENDED');

    await customer.say('yes');
    await acceptOffer(stack, customer, ann);
    await byAnn({ type: 'end' });
    const ended = await untilEnded(stack, customer);
    expect(stack.graph.textsTo(customer.psid)).toEqual([
      'What is it about?',
      'Still about a lamp?',
      'Bye of the next: a lamp, yes',
    ]);
    expect(ended.conversationId).toBe(conversationId);
    expect(ended.segments).toMatchObject([{ number: 1 }, { number: 2 }]);
    expect(ended.answers).toMatchObject([{ name: 'question' }, { name: 'again', value: 'yes' }]);
  });

  it('to an entry takes its scenario and its service, for the next agent too', async () => {
    const other = await seedPage(stack.store, { scenario: NEXT, agents: [{ skills: { support: 50 } }] });
    const [ben = ''] = other.agents;
    await chooseState(stack, other, { username: ben, state: 'ready' });
    const { customer, record, byAnn } = await beginChat();
    await byAnn({ type: 'transferToScenario', to: { entry: other.pageId } });
    await untilSent(stack, customer, 'Still about a lamp?');
    await customer.say('yes');
    const taken = await acceptOffer(stack, customer, ben);
    expect(taken).toMatchObject({
      conversationId: record.conversationId,
      pageId: record.pageId,
      entry: other.pageId,
      service: other.pageId,
      agent: { username: ben },
    });
    await command(stack, { customer, record, username: ben }, { type: 'end' });
    await untilEnded(stack, customer);
  });

  it('is refused where nothing has that name, and the chat goes on as it was', async () => {
    const { ann, customer, byAnn } = await beginChat();
    for (const to of [{ scenario: 'no-such' }, { entry: 'no-such' }])
      expect(await refusalOf(byAnn({ type: 'transferToScenario', to }))).toBe('SCENARIO_NOT_PUBLISHED');
    await byAnn({ type: 'message', text: 'I am still here' });
    await untilSent(stack, customer, 'I am still here');
    expect(await untilInState(stack, customer, 'connected')).toMatchObject({ agent: { username: ann } });
    await byAnn({ type: 'end' });
    await untilEnded(stack, customer);
  });

  it('is the holder’s to give: nobody else can, and not after they have', async () => {
    const { ann, customer, record, byAnn } = await beginChat();
    const to = { scenario: 'next-one' };
    const byBen = command(stack, { customer, record, username: 'ben' }, { type: 'transferToScenario', to });
    expect(await refusalOf(byBen)).toBe('NOT_YOUR_CONVERSATION');
    await byAnn({ type: 'transferToScenario', to });
    expect(await refusalOf(byAnn({ type: 'transferToScenario', to }))).toBe('CONVERSATION_ENDED');
    await customer.say('yes');
    await acceptOffer(stack, customer, ann);
    await byAnn({ type: 'end' });
    await untilEnded(stack, customer);
  });

  it('replays, and is known to the run that continues as new behind it', async () => {
    const { ann, customer, byAnn } = await beginChat({ continueAsNewAfterEvents: 40 });
    await byAnn({ type: 'transferToScenario', to: { scenario: 'next-one' } });
    await untilSent(stack, customer, 'Still about a lamp?');
    await customer.say('yes');
    await acceptOffer(stack, customer, ann);
    for (const text of ['one', 'two', 'three', 'four', 'five']) {
      await byAnn({ type: 'message', text });
      await untilSent(stack, customer, text);
    }
    await byAnn({ type: 'end' });
    await untilSent(stack, customer, 'Bye of the next: a lamp, yes');
    await stack.client.workflow.getHandle(customer.workflowId).result();
    const { workflowId } = customer;
    const runs = await until('the runs', async () => {
      const found: string[] = [];
      const query = `WorkflowId = "${workflowId}"`;
      for await (const { runId } of stack.client.workflow.list({ query })) found.push(runId);
      return found.length > 1 ? found : undefined;
    });
    const workflowBundle = { codePath: inject('workflowBundle') };
    for (const runId of runs) {
      const history = await stack.client.workflow.getHandle(workflowId, runId).fetchHistory();
      await Worker.runReplayHistory({ workflowBundle }, history, workflowId);
    }
  });
});
