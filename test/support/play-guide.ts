import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { dispatcherWorkflowId } from '../../adapters/temporal/workflow-id.ts';
import { ACTOR_OPTIONS } from '../../contracts/task-queues.ts';
import { agentCommandUpdate, agentStateSignal, DISPATCHER_WORKFLOW } from '../../contracts/actor-messages.ts';
import type { ActorStack } from './actor-stack.ts';
import { createCustomer } from './customer.ts';
import { seedPage } from './seed-configuration.ts';
import { until } from './until.ts';

const mobileChat = path.join(import.meta.dirname, '..', '..', 'scenarios', 'mobile-chat.yaml');

/** Plays the guide's conversation from greeting to Exit on real actors; gives the workflows that took part. */
export async function playGuide(stack: ActorStack, memo: { continueAsNewAfterEvents: number }): Promise<string[]> {
  const { pageId, agents } = await seedPage(stack.store, {
    scenario: await readFile(mobileChat, 'utf8'),
    agents: [{ skills: { support: 50, billing: 50 } }],
  });
  const agent = { username: agents[0] ?? '', name: 'Agent 0' };
  await stack.client.workflow.signalWithStart(DISPATCHER_WORKFLOW, {
    ...ACTOR_OPTIONS,
    workflowId: dispatcherWorkflowId(pageId),
    args: [{ group: pageId }],
    signal: agentStateSignal,
    signalArgs: [{ username: agent.username, state: 'ready', at: Date.now() }],
    memo,
  });
  const customer = createCustomer(stack.client, pageId, memo);
  const saw = (text: string): Promise<true> =>
    until(text, () => stack.graph.textsTo(customer.psid).some((sent) => sent.includes(text)) || undefined);
  await customer.say('Hello');
  await saw('What can we do for you?');
  await customer.say('my invoice is wrong');
  const offered = await until('the offer', async () => {
    const { items } = await stack.readModel.conversations.listConversations({ psid: customer.psid }, { limit: 1 });
    return items[0]?.offer ? items[0] : undefined;
  });
  const handle = stack.client.workflow.getHandle(customer.workflowId);
  const command = () => ({ conversationId: offered.conversationId, clientId: randomUUID(), contentHash: '', agent });
  await handle.executeUpdate(agentCommandUpdate, {
    args: [{ type: 'accept', ...command(), offerId: offered.offer?.offerId ?? '' }],
  });
  await handle.executeUpdate(agentCommandUpdate, { args: [{ type: 'message', ...command(), text: 'Which invoice?' }] });
  await saw('Which invoice?');
  await customer.say('number 7');
  await handle.executeUpdate(agentCommandUpdate, { args: [{ type: 'end', ...command() }] });
  await saw('Thank you for talking to us.');
  await handle.result();
  return [customer.workflowId, dispatcherWorkflowId(pageId)];
}
