import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { presentStored } from '../../api/conversations/present-stored.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { StoredConversation } from '../../contracts/stored-conversation-schema.ts';
import { backTest } from '../../scenario-dsl/back-test/back-test.ts';
import { agentCommandUpdate } from '../../contracts/actor-messages.ts';
import type { ScenarioDocument } from '../../scenario-dsl/document/document.ts';
import { parseScenario } from '../../scenario-dsl/parse/parse-scenario.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { seedPage } from '../support/seed-configuration.ts';
import { chooseState } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { untilInState } from '../support/watch-customer.ts';

const CHAT = `
attendant: 1
scenario: chat
blocks:
  hello: { send-message: { text: "Hello $(customer.firstName|there)" } }
  ask: { send-message: { text: "Tea?", quickReplies: [{ title: Tea }, { title: Coffee }], wait: { into: drink } } }
  hours: { business-hours: { open: [{ days: [mon, tue, wed, thu, fri, sat, sun], from: "00:00", to: "00:00" }], timeZone: UTC }, exits: { closed: end, failed: end } }
  which: { if: [{ when: "$(drink) == 'Tea'", go: find }] }
  bye: { send-message: { text: "Bye, $(drink)" } }
  end: { exit: {} }
  find: { find-agent: { skills: [tea], timeout: 30s }, exits: { no-agents: nobody, timeout: bye, queue-limit: bye } }
  found: { send-message: { text: "$(agent.name) comes" } }
  talk: { connect-chat: { noAnswer: 20s }, exits: { no-answer: find, target-disconnected: bye } }
  nobody: { send-message: { text: Nobody is here } }
`;

const stack = useActorStack();

function documentOf(source: string): ScenarioDocument {
  const { document, problems } = parseScenario(source);
  if (!document) throw new Error(JSON.stringify(problems));
  return document;
}

const inState = (customer: Customer, state: ConversationRecord['state']): Promise<ConversationRecord> =>
  untilInState(stack, customer, state);

async function readStored(customer: Customer): Promise<StoredConversation> {
  const record = await inState(customer, 'ended');
  const messages = await stack.readModel.messages.listStored(record.conversationId, 100);
  return presentStored(record, messages, false);
}

/** A real conversation with an agent in it, from the first message to the end. */
async function chatWithAgent(): Promise<StoredConversation> {
  const page = await seedPage(stack.store, { scenario: CHAT, agents: [{ skills: { tea: 50 } }] });
  const [agent = ''] = page.agents;
  await chooseState(stack, page, { username: agent, state: 'ready' });
  const customer = createCustomer(stack.client, page.pageId);
  await customer.say('Hi');
  await until('the question', () => stack.graph.textsTo(customer.psid).includes('Tea?'));
  await customer.say('Tea');
  const offered = await inState(customer, 'offered');
  const handle = stack.client.workflow.getHandle(customer.workflowId);
  const command = (): {
    conversationId: string;
    clientId: string;
    contentHash: string;
    agent: { username: string; name: string };
  } => ({
    conversationId: offered.conversationId,
    clientId: randomUUID(),
    contentHash: '',
    agent: { username: agent, name: 'Agent 0' },
  });
  const offerId = offered.offer?.offerId ?? '';
  await handle.executeUpdate(agentCommandUpdate, { args: [{ type: 'accept', ...command(), offerId }] });
  await handle.executeUpdate(agentCommandUpdate, { args: [{ type: 'message', ...command(), text: 'Here you are' }] });
  await until('the agent’s words', () => stack.graph.textsTo(customer.psid).includes('Here you are'));
  await customer.say('Thanks');
  await handle.executeUpdate(agentCommandUpdate, { args: [{ type: 'end', ...command() }] });
  return readStored(customer);
}

describe('A back-test on a conversation that really was', () => {
  let stored: StoredConversation;
  const original = documentOf(CHAT);

  beforeAll(async () => {
    stored = await chatWithAgent();
  });

  it('has all that the scenario was told, and finds nothing with the same scenario', () => {
    expect(stored.recordedInputs.map(({ event }) => event.type).filter((type) => type !== 'queue.changed')).toEqual([
      'operation.completed',
      'agent.reserved',
      'offer.accepted',
      'chat.ended',
    ]);
    expect(backTest(stored, { original, draft: original })).toEqual({
      id: stored.id,
      verdict: 'same',
      differences: [],
    });
  });

  it('follows a draft with other last words to its end', () => {
    const draft = documentOf(CHAT.replace('Bye, $(drink)', 'Come again'));
    expect(backTest(stored, { original, draft })).toMatchObject({
      verdict: 'differs',
      differences: [{ kind: 'message', stored: 'Bye, Tea', draft: 'Come again' }],
    });
  });

  it('stops where another prompt might have been answered otherwise', () => {
    const draft = documentOf(CHAT.replace('text: "Tea?"', 'text: "Tea or coffee?"'));
    expect(backTest(stored, { original, draft })).toMatchObject({
      verdict: 'differs',
      differences: [{ kind: 'message', stored: 'Tea? [Tea] [Coffee]', draft: 'Tea or coffee? [Tea] [Coffee]' }],
      stop: { reason: expect.stringContaining('nobody knows their answer') },
    });
  });
});
