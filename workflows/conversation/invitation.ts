import type { InvitationOutcome, InvitationTarget } from '../../contracts/chat-members.ts';
import type { QueueQuery, QueueTarget } from '../../activities/find-queue.ts';
import type { AgentIdentity } from '../../contracts/conversation.ts';
import { openConversation, type Actor } from './actor.ts';
import { toSearchTarget } from './agent-search.ts';
import { settle, type Invitation } from './chat-state.ts';
import { noteChatEnd } from './chat-end.ts';
import { handChatTo } from './hand-over.ts';
import { byAgent, noteEvent, noteInvitationEnd, noteOffer, noteOfferEnd } from './history.ts';
import { addMember } from './members.ts';
import { makeOffer } from './offer.ts';
import { releaseSlot, rememberTarget } from './routing-intents.ts';
import { lookUpQueue } from './search-elsewhere.ts';

/** How long somebody is looked for before the one who asked is told that nobody comes. */
const INVITATION_MS = 5 * 60_000;
/** How long an agent who is asked in may think. */
const NO_ANSWER_MS = 30_000;

/** Looks for somebody and offers them a place in the chat. Whoever holds it stays until then. */
export function invite(
  actor: Actor,
  { kind, by, to, message }: Pick<Invitation, 'kind' | 'by' | 'to' | 'message'>,
): string {
  const conversation = openConversation(actor);
  conversation.invitationCount = (conversation.invitationCount ?? 0) + 1;
  const at = Date.now();
  const invitation: Invitation = {
    id: `${conversation.id}:invitation:${conversation.invitationCount}`,
    kind,
    by,
    to,
    at,
    until: at + INVITATION_MS,
    searches: 0,
    refusedBy: [],
    ...(message !== undefined && { message }),
  };
  conversation.invitation = invitation;
  const data = { invitationId: invitation.id, kind, to, ...(message !== undefined && { message }) };
  noteEvent(actor, { type: 'invited', data, actor: byAgent(by.username) });
  search(actor, invitation);
  return invitation.id;
}

/** Each search has an id of its own: the slot that an earlier one got was given back under the other. */
function search(actor: Actor, invitation: Invitation): void {
  const conversation = openConversation(actor);
  invitation.searches += 1;
  const { to } = invitation;
  const effectId = `${invitation.id}:${invitation.searches}`;
  invitation.search = {
    effectId,
    skills: [],
    priority: conversation.foundBy?.priority ?? 0,
    minLevel: 0,
    escalations: [],
    isTargetPending: true,
    ...('agent' in to && { onlyAgent: to.agent }),
  };
  lookUpQueue(actor, effectId, toQuery(to));
}

function toQuery(to: InvitationTarget): QueueQuery {
  return 'agent' in to ? { username: to.agent } : to;
}

/** Where the question goes is known; null: there is no such agent or service any more. */
export function takeInvitationTarget(actor: Actor, searchId: string, target: QueueTarget | null): void {
  const conversation = openConversation(actor);
  const { invitation } = conversation;
  if (invitation?.search?.effectId !== searchId || !invitation.search.isTargetPending) return;
  if (!target) return settleInvitation(actor, 'no-agents');
  delete invitation.search.isTargetPending;
  invitation.search.anySkillOf = target.skills;
  rememberTarget(conversation, searchId, toSearchTarget(conversation, target));
}

/** The dispatcher has found somebody: they are asked. */
export function offerInvitation(
  actor: Actor,
  reserved: { agent: AgentIdentity; requestId: string; expiresAt: number },
): void {
  const { invitation } = openConversation(actor);
  if (!invitation) return;
  delete invitation.search;
  const { agent, requestId } = reserved;
  const made = makeOffer(actor, { effectId: requestId, agent, terms: { noAnswerMs: NO_ANSWER_MS } });
  invitation.offer = made.offer;
  noteOffer(actor, made.offer, invitation.id);
  invitation.slot = { agent, requestId, expiresAt: made.slotUntil };
}

/** Whoever was asked comes in. */
export function acceptInvitation(actor: Actor): void {
  const conversation = openConversation(actor);
  const { invitation } = conversation;
  const { slot, offer } = invitation ?? {};
  if (!invitation || !slot || !offer) return;
  // From now on the slot is held for good.
  const held = { agent: slot.agent, requestId: slot.requestId };
  delete conversation.invitation;
  conversation.lastInvitation = settle(invitation, { outcome: 'accepted', answeredBy: offer.agent });
  noteInvitationEnd(actor, invitation, { outcome: 'accepted', by: offer.agent.username });
  if (invitation.kind === 'transfer') {
    noteChatEnd(actor, 'Transferred');
    return handChatTo(actor, offer.agent, held);
  }
  const role = invitation.kind === 'consult' ? 'consulted' : 'member';
  addMember(actor, { agent: offer.agent, role, since: Date.now(), slot: held });
}

/** Whoever was asked does not come: somebody else of the service is asked; where it was they or nobody, it is over. */
export function passOverInvited(actor: Actor, outcome: 'rejected' | 'no-answer'): void {
  const conversation = openConversation(actor);
  const { invitation } = conversation;
  if (!invitation?.offer) return;
  const { offer } = invitation;
  const { agent } = offer;
  if (invitation.slot) releaseSlot(conversation, invitation.slot, { reason: outcome });
  delete invitation.slot;
  delete invitation.offer;
  noteOfferEnd(actor, offer, { type: outcome === 'rejected' ? 'rejected' : 'ignored', invitationId: invitation.id });
  if ('agent' in invitation.to) return settleInvitation(actor, outcome, agent);
  if (!invitation.refusedBy.includes(agent.username)) invitation.refusedBy.push(agent.username);
  search(actor, invitation);
}

/** The slot of whoever was asked is gone, by no will of theirs: nothing goes back. False: it is not of this request. */
export function loseInvited(actor: Actor, requestId: string): boolean {
  const { invitation } = openConversation(actor);
  if (invitation?.slot?.requestId !== requestId) return false;
  delete invitation.slot;
  passOverInvited(actor, 'no-answer');
  return true;
}

/** Nobody comes: whoever asked is told why, and the chat goes on as it was. */
export function settleInvitation(
  actor: Actor,
  outcome: Exclude<InvitationOutcome, 'accepted'>,
  answeredBy?: AgentIdentity,
): void {
  const conversation = openConversation(actor);
  const { invitation } = conversation;
  if (!invitation) return;
  const reason = outcome === 'no-answer' ? outcome : 'cancelled';
  if (invitation.slot) releaseSlot(conversation, invitation.slot, { reason });
  conversation.lastInvitation = settle(invitation, { outcome, ...(answeredBy && { answeredBy }) });
  noteInvitationEnd(actor, invitation, { outcome, ...(answeredBy && { by: answeredBy.username }) });
  delete conversation.invitation;
}

/** Nobody has come in time. */
export function giveUpInvitation(actor: Actor): void {
  const { invitation } = openConversation(actor);
  settleInvitation(actor, invitation?.offer ? 'no-answer' : 'no-agents');
}
