import { openConversation, type Actor } from './actor.ts';
import { endAgentSilence } from './agent-silence.ts';
import { noteChatEnd } from './chat-end.ts';
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
  delete conversation.offer;
  delete conversation.requeue;
  delete conversation.chat;
  delete conversation.inactivity;
}

/** Queues a closing text, unless there is none or another app owns the thread. */
export function sayAtTheEnd(actor: Actor, text: string): void {
  if (text !== '' && actor.state.threadOwner === 'ours') queueScenarioMessage(actor, { text, quickReplies: [] });
}
