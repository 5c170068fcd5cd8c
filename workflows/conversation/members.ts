import type { ParticipantRole } from '../../contracts/chat-members.ts';
import type { AgentIdentity } from '../../contracts/conversation.ts';
import { openConversation, type Actor } from './actor.ts';
import { membersOf, settle, type ChatMember } from './chat-state.ts';
import { beginSegment, byAgent, endSegment, noteEvent, noteInvitationEnd, noteLeft, SYSTEM } from './history.ts';
import { releaseSlot } from './routing-intents.ts';
import { resolveChatAlert } from './tell-of-chat.ts';

/** Takes somebody into the chat, or changes what they do in it. */
export function addMember(actor: Actor, member: ChatMember): void {
  const conversation = openConversation(actor);
  if (!conversation.chat) return;
  const others = membersOf(conversation).filter(({ agent }) => agent.username !== member.agent.username);
  conversation.chat.members = [...others, member];
  noteServedBy(actor, member.agent);
  const { agent, role } = member;
  if (role === 'member') beginSegment(actor, agent.username);
  else endSegment(actor, agent.username);
  noteEvent(actor, { type: 'joined', data: { agent: agent.username, as: role }, actor: byAgent(agent.username) });
}

/** Takes somebody out who is beside the holder: they hold the chat, or have left it. */
export function removeMember(actor: Actor, username: string): ChatMember | undefined {
  const conversation = openConversation(actor);
  const member = membersOf(conversation).find(({ agent }) => agent.username === username);
  if (!conversation.chat || !member) return undefined;
  const rest = membersOf(conversation).filter((each) => each !== member);
  if (rest.length > 0) conversation.chat.members = rest;
  else delete conversation.chat.members;
  return member;
}

/** Somebody leaves who does not hold the chat; their slot goes back. */
export function dismissMember(actor: Actor, username: string, cause: string): void {
  const member = loseMember(actor, username, cause);
  if (member?.slot) releaseSlot(openConversation(actor), member.slot, { reason: 'ended' });
}

/** Somebody is gone who does not hold the chat, and their slot with them. */
export function loseMember(actor: Actor, username: string, cause: string): ChatMember | undefined {
  const member = removeMember(actor, username);
  if (member) noteLeft(actor, username, cause);
  return member;
}

/** What somebody in the chat does in it; undefined for who is not in it or holds it. */
export function roleOf(actor: Actor, username: string): ParticipantRole | undefined {
  return membersOf(openConversation(actor)).find(({ agent }) => agent.username === username)?.role;
}

/** Kind of the alert by which an agent calls a supervisor. */
export const HELP_WANTED = 'help-wanted';

/** Nobody is called any more. */
export function lowerHelpFlag(actor: Actor): void {
  const conversation = openConversation(actor);
  if (!conversation.helpFlag) return;
  delete conversation.helpFlag;
  noteEvent(actor, { type: 'help-flag', data: { isRaised: false }, actor: SYSTEM });
  resolveChatAlert(actor, HELP_WANTED);
}

/** The chat is over: whoever is in it beside its holder leaves, and nobody else is asked in. */
export function disbandChat(actor: Actor): void {
  const conversation = openConversation(actor);
  for (const { agent } of membersOf(conversation)) dismissMember(actor, agent.username, 'SystemHangup');
  lowerHelpFlag(actor);
  const { invitation } = conversation;
  if (!invitation) return;
  if (invitation.slot) releaseSlot(conversation, invitation.slot, { reason: 'cancelled' });
  noteInvitationEnd(actor, invitation, { outcome: 'chat-ended' });
  conversation.lastInvitation = settle(invitation, { outcome: 'chat-ended' });
  delete conversation.invitation;
}

/** Kept for the record, and for what they may see of it. */
export function noteServedBy(actor: Actor, { username }: AgentIdentity): void {
  const { servedBy } = openConversation(actor);
  if (!servedBy.includes(username)) servedBy.push(username);
}
