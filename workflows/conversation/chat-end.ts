import { openConversation, type Actor } from './actor.ts';
import { noteLeft } from './history.ts';

/** Keeps who was left and why, for that agent's screen, the record and the history. */
export function noteChatEnd(actor: Actor, cause: string): void {
  const conversation = openConversation(actor);
  const { chat } = conversation;
  if (!chat) return;
  const { username } = chat.agent;
  conversation.chatEnd = { agent: username, cause, at: Date.now() };
  noteLeft(actor, username, cause);
}
