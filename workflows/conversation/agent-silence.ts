import { openConversation, type Actor } from './actor.ts';
import { raiseChatAlert, resolveChatAlert } from './tell-of-chat.ts';

/**
 * A connected agent leaves what the customer wrote unanswered: the clock runs from the first unanswered message, or from
 * the moment the chat was connected, to the agent's next word. Half-way both the agent, on the conversation, and the
 * supervisors, by an alert, are warned; at the end the chat is taken from the agent.
 */
export function noteAnswerOwed(actor: Actor, now: number): void {
  const conversation = openConversation(actor);
  const { agentSilenceMs } = conversation.context.settings;
  if (!conversation.chat || agentSilenceMs === undefined || conversation.agentSilence) return;
  conversation.agentSilence = { since: now, warnAt: now + agentSilenceMs / 2, endAt: now + agentSilenceMs };
}

/** The agent has answered, or has no chat any more: nothing is owed. */
export function endAgentSilence(actor: Actor): void {
  const conversation = openConversation(actor);
  const { agentSilence } = conversation;
  delete conversation.agentSilence;
  if (agentSilence && agentSilence.warnAt === undefined) resolveChatAlert(actor, 'agent-silent');
}

/** Half of the time is over. */
export function warnOfAgentSilence(actor: Actor): void {
  const { agentSilence, chat, id } = openConversation(actor);
  if (!agentSilence || !chat) return;
  delete agentSilence.warnAt;
  const silentSeconds = Math.round((Date.now() - agentSilence.since) / 1000);
  raiseChatAlert(actor, {
    kind: 'agent-silent',
    message: `Agent "${chat.agent.username}" has left a customer's message unanswered for ${silentSeconds} s (conversation ${id})`,
    remedy: 'Ask the agent to answer or to end the chat; it is taken from them when the entry’s agentSilence is over.',
  });
}
