import type { IssuedCommand } from '../../contracts/agent-command.ts';
import { MAX_PARTICIPANTS, type ParticipantRole } from '../../contracts/chat-members.ts';
import type { InternalMessage } from '../../contracts/conversation-record.ts';
import { openConversation, type Actor } from './actor.ts';
import { leaveChat } from './chat.ts';
import { membersOf } from './chat-state.ts';
import { noteChatEnd } from './chat-end.ts';
import { refusal, requireOpen } from './command-refusals.ts';
import { byAgent, noteEvent } from './history.ts';
import { invite, settleInvitation } from './invitation.ts';
import { handChatTo } from './hand-over.ts';
import { addMember, dismissMember, HELP_WANTED, lowerHelpFlag, removeMember, roleOf } from './members.ts';
import { raiseChatAlert } from './tell-of-chat.ts';

/** What agents write to each other and has not been recorded: more than this is no talk. */
const MAX_UNRECORDED = 500;

type Answer = { conversationId: string };

/** Asks somebody into the chat. */
export function inviteToChat(
  actor: Actor,
  { agent, conversationId, kind, to, message }: IssuedCommand<'invite'>,
): Answer & { invitationId: string } {
  const invitationId = invite(actor, { kind, by: agent, to, ...(message !== undefined && { message }) });
  return { conversationId, invitationId };
}

/** Only whoever holds the chat asks others in: one at a time, and no crowd. */
export function requireInviting(actor: Actor, command: IssuedCommand<'invite'>): void {
  requireHolder(actor, command);
  const conversation = openConversation(actor);
  if (conversation.invitation) throw refusal('INVITATION_OPEN');
  if (command.kind === 'transfer') return;
  const members = membersOf(conversation);
  const isConsulting = command.kind === 'consult' && members.some(({ role }) => role === 'consulted');
  if (isConsulting || members.length >= MAX_PARTICIPANTS) throw refusal('CHAT_FULL');
}

export function cancelInvitation(actor: Actor, { conversationId }: IssuedCommand<'cancelInvitation'>): Answer {
  settleInvitation(actor, 'cancelled');
  return { conversationId };
}

export function requireInvitation(actor: Actor, command: IssuedCommand<'cancelInvitation'>): void {
  requireHolder(actor, command);
  if (!openConversation(actor).invitation) throw refusal('OFFER_GONE');
}

/** The talk with the consulted agent is over: they take the chat, talk with the customer, too, or leave. */
export function finishConsult(actor: Actor, { conversationId, outcome }: IssuedCommand<'finishConsult'>): Answer {
  const consulted = findConsulted(actor);
  if (!consulted) return { conversationId };
  const { agent, slot } = consulted;
  if (outcome === 'return') dismissMember(actor, agent.username, 'SystemHangup');
  if (outcome === 'conference') addMember(actor, { ...consulted, role: 'member' });
  if (outcome === 'transfer') {
    removeMember(actor, agent.username);
    noteChatEnd(actor, 'Transferred');
    handChatTo(actor, agent, slot);
  }
  return { conversationId };
}

export function requireConsult(actor: Actor, command: IssuedCommand<'finishConsult'>): void {
  requireHolder(actor, command);
  if (!findConsulted(actor)) throw refusal('OFFER_GONE');
}

function findConsulted(actor: Actor): ReturnType<typeof membersOf>[number] | undefined {
  return membersOf(openConversation(actor)).find(({ role }) => role === 'consulted');
}

/** Leaves the chat to the others; whoever is the last ends it. */
export function leave(actor: Actor, { agent, conversationId }: IssuedCommand<'leave'>): Answer {
  if (isHolder(actor, agent.username)) leaveChat(actor, 'UserHangup');
  else dismissMember(actor, agent.username, 'UserHangup');
  return { conversationId };
}

const ROLES = { monitor: 'monitor', coach: 'coach', join: 'member' } as const satisfies Record<string, ParticipantRole>;

/** A supervisor looks in, whispers, or joins; also from one to another. */
export function supervise(actor: Actor, { agent, conversationId, mode }: IssuedCommand<'supervise'>): Answer {
  const known = membersOf(openConversation(actor)).find((member) => member.agent.username === agent.username);
  addMember(actor, { since: Date.now(), ...known, agent, role: ROLES[mode] });
  return { conversationId };
}

export function requireChatToSupervise(actor: Actor, command: IssuedCommand<'supervise'>): void {
  requireConnected(actor, command);
  const members = membersOf(openConversation(actor));
  if (isHolder(actor, command.agent.username)) throw refusal('ALREADY_YOURS');
  const isIn = members.some(({ agent }) => agent.username === command.agent.username);
  if (!isIn && members.length >= MAX_PARTICIPANTS) throw refusal('CHAT_FULL');
}

/** A supervisor takes the chat; whoever held it leaves. */
export function takeOver(actor: Actor, { agent, conversationId }: IssuedCommand<'takeOver'>): Answer {
  const slot = removeMember(actor, agent.username)?.slot;
  noteChatEnd(actor, 'TakenOver');
  handChatTo(actor, agent, slot);
  return { conversationId };
}

export function requireChatToTake(actor: Actor, command: IssuedCommand<'takeOver'>): void {
  requireConnected(actor, command);
  if (isHolder(actor, command.agent.username)) throw refusal('ALREADY_YOURS');
}

/** Written beside the chat, for whoever works on it now or later. */
export function note(actor: Actor, command: IssuedCommand<'note'>): { id: string; at: number } {
  const { text, mentions = [] } = command;
  return writeInternal(actor, command, { kind: 'note', text, ...(mentions.length > 0 && { mentions }) });
}

/** To the others of ours in the chat, as a whisper or in a consultation. */
export function sayInside(actor: Actor, command: IssuedCommand<'innerMessage'>): { id: string; at: number } {
  return writeInternal(actor, command, { kind: 'inner', text: command.text });
}

export function requireRoomForNote(actor: Actor, command: IssuedCommand): void {
  requireOpen(actor, command);
  if (actor.unrecordedMessages.length > MAX_UNRECORDED) throw refusal('OUTBOX_FULL');
}

/** Whoever only reads has nothing to say. */
export function requireInside(actor: Actor, command: IssuedCommand<'innerMessage'>): void {
  requireMember(actor, command);
  if (roleOf(actor, command.agent.username) === 'monitor') throw refusal('NOT_YOUR_CONVERSATION');
  requireRoomForNote(actor, command);
}

/** Asks a supervisor to look at the chat, or takes that back. */
export function flag(actor: Actor, { agent, conversationId, isRaised, reason }: IssuedCommand<'flag'>): Answer {
  if (!isRaised) lowerHelpFlag(actor);
  else {
    const by = { by: agent, at: Date.now() };
    const why = reason === undefined ? {} : { reason };
    openConversation(actor).helpFlag = { ...by, ...why };
    noteEvent(actor, { type: 'help-flag', data: { isRaised, ...why }, actor: byAgent(agent.username) });
    raiseChatAlert(actor, {
      kind: HELP_WANTED,
      message: `Agent "${agent.username}" asks for help (conversation ${conversationId})`,
      remedy: 'Look into the chat: monitor, coach, join or take it over.',
    });
  }
  return { conversationId };
}

function writeInternal(
  actor: Actor,
  { agent, clientId, conversationId }: IssuedCommand,
  content: Pick<InternalMessage, 'kind' | 'text' | 'mentions'>,
): { id: string; at: number } {
  const conversation = openConversation(actor);
  const [id, at] = [`${conversationId}:${clientId}`, Date.now()];
  actor.unrecordedMessages.push({ ...content, id, conversationId, seq: conversation.nextSeq++, at, agent });
  const data = { messageId: id, kind: content.kind };
  noteEvent(actor, { type: 'internal', data, actor: byAgent(agent.username) });
  return { id, at };
}

function isHolder(actor: Actor, username: string): boolean {
  return openConversation(actor).chat?.agent.username === username;
}

function requireConnected(actor: Actor, command: IssuedCommand): void {
  requireOpen(actor, command);
  if (!openConversation(actor).chat) throw refusal('NOT_CONNECTED');
}

/** The agent holds the chat. */
export function requireHolder(actor: Actor, command: IssuedCommand): void {
  requireOpen(actor, command);
  if (isHolder(actor, command.agent.username)) return;
  const { chat, servedBy } = openConversation(actor);
  // For an agent whose chat is over the conversation has ended, though the scenario may still have something to say.
  const isOver = chat === undefined && servedBy.includes(command.agent.username);
  throw refusal(isOver ? 'CONVERSATION_ENDED' : 'NOT_YOUR_CONVERSATION');
}

/** The agent is in the chat, whatever they do in it. */
export function requireMember(actor: Actor, command: IssuedCommand): void {
  requireOpen(actor, command);
  if (roleOf(actor, command.agent.username) === undefined) requireHolder(actor, command);
}

/** The agent talks with the customer. */
export function requireSpeaker(actor: Actor, command: IssuedCommand): void {
  requireOpen(actor, command);
  if (roleOf(actor, command.agent.username) !== 'member') requireHolder(actor, command);
}
