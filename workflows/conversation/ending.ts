import type { HistoryActor } from '../../contracts/history-event.ts';
import { textIn, type SettingText } from '../../contracts/setting-text.ts';
import { findLanguage } from '../../scenario-dsl/expression/place.ts';
import { openConversation, type Actor } from './actor.ts';
import type { OpenConversation } from './actor-state.ts';
import { endAgentSilence } from './agent-silence.ts';
import { noteChatEnd } from './chat-end.ts';
import { noteEvent, noteOfferEnd, SYSTEM } from './history.ts';
import { abandonOperations } from './operations.ts';
import { disbandChat } from './members.ts';
import { queueScenarioMessage } from './outbox.ts';
import { releaseParked } from './parking.ts';
import { cancelRequest, releaseReservation } from './routing-intents.ts';

/** Ends the open conversation: what is still in the outbox leaves, what the dispatcher holds goes back to it. */
export function endConversation(actor: Actor, reason: string): void {
  const conversation = openConversation(actor);
  if (conversation.ended) return;
  conversation.ended = { at: Date.now(), reason };
  abandonOperations(actor);
  cancelRequest(actor);
  disbandChat(actor);
  releaseReservation(actor, 'ended');
  releaseParked(conversation);
  noteChatEnd(actor, reason);
  endAgentSilence(actor);
  if (conversation.offer) noteOfferEnd(actor, conversation.offer, { type: 'withdrawn' });
  delete conversation.offer;
  delete conversation.requeue;
  delete conversation.chat;
  delete conversation.inactivity;
  noteEvent(actor, { type: 'ended', data: { reason }, actor: endedBy(reason) });
}

/** A text of the settings in the language that the conversation's scenario speaks. */
export function inLanguageOf({ scenario }: OpenConversation, text: SettingText): string {
  return textIn(text, findLanguage(scenario.snapshot.context.variables));
}

/** Queues a closing text, unless there is none or another app owns the thread. */
export function sayAtTheEnd(actor: Actor, said: SettingText): void {
  const text = inLanguageOf(openConversation(actor), said);
  if (text !== '' && actor.state.threadOwner === 'ours') queueScenarioMessage(actor, { text, quickReplies: [] });
}

function endedBy(reason: string): HistoryActor {
  if (reason === 'cancelled') return { kind: 'operator' };
  return reason === 'exit' ? { kind: 'scenario' } : SYSTEM;
}
