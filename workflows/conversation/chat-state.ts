import type { InvitationRecord, Participant, SettledInvitation } from '../../contracts/chat-members.ts';
import type { AgentIdentity } from '../../contracts/conversation.ts';
import type { SnoozeRecord } from '../../contracts/snooze.ts';
import type { AgentSearch, Offer, OpenConversation, SearchTarget } from './actor-state.ts';

/** An agent's slot that the conversation holds, by the request that got it, and until when; for good once connected. */
export interface Slot {
  agent: AgentIdentity;
  requestId: string;
  expiresAt?: number;
}

/** Somebody in the chat beside its holder; supervisors who look in have no slot. */
export interface ChatMember extends Participant {
  slot?: Slot;
}

/** A connected chat: who holds it, the Connect Chat that waits for its end, and who else is in it. */
export interface Chat {
  agent: AgentIdentity;
  effectId: string;
  members?: ChatMember[];
  snooze?: Snooze;
}

/** Its holder has put it away. */
export interface Snooze extends SnoozeRecord {
  /** Whose word was to come next. */
  turn: 'agent' | 'customer';
  /** Where its slot was taken; absent where it had none. */
  target?: SearchTarget;
}

/** Somebody is asked into the chat: looked for, then offered it. */
export interface Invitation extends InvitationRecord {
  /** It is given up then. */
  until: number;
  /** How often somebody was looked for: each search has an id of its own. */
  searches: number;
  refusedBy: string[];
  search?: AgentSearch;
  slot?: Slot;
  offer?: Offer;
}

/** Members of the chat beside its holder, in the order in which they came. */
export function membersOf({ chat }: OpenConversation): readonly ChatMember[] {
  return chat?.members ?? [];
}

/** User names of everybody of ours in the chat. */
export function usernamesIn(conversation: OpenConversation): string[] {
  const { chat } = conversation;
  return chat ? [chat.agent, ...membersOf(conversation).map(({ agent }) => agent)].map(({ username }) => username) : [];
}

/** While the chat is put away. */
export function sleepOf(chat: Chat | undefined): Snooze | undefined {
  return chat?.snooze?.woken ? undefined : chat?.snooze;
}

/** Every slot that the conversation holds. */
export function listSlots(conversation: OpenConversation): Slot[] {
  const { reservation, invitation } = conversation;
  return [reservation, invitation?.slot, ...membersOf(conversation).map(({ slot }) => slot)].filter(
    (slot) => slot !== undefined,
  );
}

/** The question that dispatchers are asked now: the scenario's own, or that of an invitation into the chat. */
export function openSearch({ request, invitation }: OpenConversation): AgentSearch | undefined {
  return request ?? invitation?.search;
}

/** What the record says of a chat that is, or was, put away. */
export function snoozeRecord({ since, until, note, woken }: Snooze): SnoozeRecord {
  return { since, until, ...(note !== undefined && { note }), ...(woken && { woken }) };
}

/** What the record says of an invitation. */
export function invitationRecord({ id, kind, by, to, message, at }: Invitation): InvitationRecord {
  return { id, kind, by, to, at, ...(message !== undefined && { message }) };
}

/** What the record says of an invitation that is over. */
export function settle(
  invitation: Invitation,
  end: Pick<SettledInvitation, 'outcome' | 'answeredBy'>,
): SettledInvitation {
  return { ...invitationRecord(invitation), ...end, settledAt: Date.now() };
}
