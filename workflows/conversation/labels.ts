import type { IssuedCommand } from '../../contracts/agent-command.ts';
import { changeLabels } from '../../contracts/label.ts';
import { openConversation, type Actor } from './actor.ts';
import { refusal } from './command-refusals.ts';
import { byAgent, noteEvent } from './history.ts';

/** Puts labels on the conversation and takes others off. */
export function label(actor: Actor, { agent, add, remove }: IssuedCommand<'label'>): { labels: string[] } {
  const conversation = openConversation(actor);
  const before = conversation.labels ?? [];
  const labels = changeLabels(before, { add, remove });
  conversation.labels = labels;
  const added = labels.filter((name) => !before.includes(name));
  const removed = before.filter((name) => !labels.includes(name));
  if (added.length + removed.length > 0)
    noteEvent(actor, { type: 'labelled', data: { added, removed }, actor: byAgent(agent.username) });
  return { labels };
}

/** Also of a conversation that has ended, while its actor has something to send: what it writes last must hold them. */
export function requireKnownConversation({ state }: Actor, { conversationId }: IssuedCommand<'label'>): void {
  if (state.conversation?.id !== conversationId) throw refusal('CONVERSATION_ENDED');
}
