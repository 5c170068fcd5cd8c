import { openConversation, type Actor } from './actor.ts';

/** Keeps who was left and why, for that agent's screen and the record. */
export function noteChatEnd(actor: Actor, cause: string): void {
  const conversation = openConversation(actor);
  if (conversation.chat) conversation.chatEnd = { agent: conversation.chat.agent.username, cause, at: Date.now() };
}
