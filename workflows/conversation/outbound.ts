import { workflowInfo } from '@temporalio/workflow';
import type { ConversationContext, OpeningContext } from '../../contracts/conversation-context.ts';
import type { OutboundBeginning } from '../../contracts/outbound.ts';
import { splitText } from '../../contracts/split-text.ts';
import type { CompiledScenario } from '../../scenario-dsl/compile/compile-scenario.ts';
import { createItem } from '../../scenario-dsl/run/item-variables.ts';
import { startScenario } from '../../scenario-dsl/run/step.ts';
import { openConversation, type Actor } from './actor.ts';
import type { ActorState } from './actor-state.ts';
import { createConversation } from './create-conversation.ts';
import { beginSegment, byAgent, noteEvent } from './history.ts';
import { noteServedBy } from './members.ts';
import { queueAgentMessage } from './outbox.ts';
import { rememberTarget } from './routing-intents.ts';
import { applyStep, stepScenario } from './scenario-run.ts';

/** Of the slot that no dispatcher was asked for: it hears of it as of a chat that is connected. */
const REQUEST_ID = 'outbound';

/** Takes the next conversation that an agent begins; undefined where there is none. */
export function takeBeginning(state: ActorState): OutboundBeginning | undefined {
  const index = state.inbox.findIndex(({ type }) => type === 'outbound');
  const [item] = index < 0 ? [] : state.inbox.splice(index, 1);
  return item?.type === 'outbound' ? item.beginning : undefined;
}

/** The conversation is open, and the agent's from the first moment: they hold the chat, and their first words leave. */
export function beginOutbound(
  actor: Actor,
  scenario: CompiledScenario,
  {
    beginning,
    context,
    lastAgent,
    engineVersion,
  }: {
    beginning: OutboundBeginning;
    context: ConversationContext;
    lastAgent: OpeningContext['lastAgent'];
    engineVersion: number;
  },
): void {
  const now = Date.now();
  const { conversationId: id, agent, previousConversationId } = beginning;
  const item = createItem({
    interactionId: id,
    startedBy: 'message',
    message: { at: now, attachments: [] },
    lastAgent,
  });
  const variables = { ...context.variables, item, begunBy: agent.username };
  const started = startScenario(scenario, { variables, engineVersion }, now);
  const conversation = createConversation(id, { now, context, scenario: started.state });
  conversation.outbox = actor.state.leftBehind ?? [];
  delete actor.state.leftBehind;
  conversation.origin = {
    by: agent,
    runId: workflowInfo().runId,
    ...(previousConversationId !== undefined && { previousConversationId }),
  };
  actor.state.conversation = conversation;
  const { entry, service } = context;
  const startedBy = { by: 'agent' as const, entry, ...(service !== undefined && { service }) };
  noteEvent(actor, { type: 'started', data: startedBy, actor: byAgent(agent.username) });
  // Nobody is looked for: what Connect Chat asks for is there.
  applyStep(actor, { ...started, effects: [] });
  connect(actor, { beginning, effectId: started.effects[0]?.id ?? '' });
}

function connect(actor: Actor, { beginning, effectId }: { beginning: OutboundBeginning; effectId: string }): void {
  const conversation = openConversation(actor);
  const { agent, agentGroup: group } = beginning;
  const { service, serviceTerms } = conversation.context;
  const afterWorkMs = serviceTerms?.afterWorkMs;
  rememberTarget(conversation, REQUEST_ID, {
    group,
    ...(service !== undefined && { service }),
    ...(afterWorkMs !== undefined && { afterWorkMs }),
  });
  conversation.reservation = { agent, requestId: REQUEST_ID };
  conversation.chat = { agent, effectId };
  conversation.lastAgent = agent;
  conversation.history.acceptedAt = Date.now();
  noteServedBy(actor, agent);
  beginSegment(actor, agent.username);
  stepScenario(actor, { type: 'offer.accepted', effectId, agent });
  sayFirst(actor, beginning);
}

function sayFirst(actor: Actor, { conversationId, agent, text, attachments }: OutboundBeginning): void {
  const contents = [
    ...splitText(text).map((piece) => ({ text: piece })),
    ...attachments.map((attachment) => ({ text: '', attachment })),
  ];
  contents.forEach((content, index) =>
    queueAgentMessage(actor, { agent, at: Date.now() }, { id: `${conversationId}:begin:${index}`, ...content }),
  );
}
