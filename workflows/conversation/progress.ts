import type { ConversationRecord, Progress } from '../../contracts/conversation-record.ts';
import { MESSENGER_POLICY } from '../../contracts/messenger-policy.ts';
import { firstPieceOf, PAYLOAD_LIMITS } from '../../contracts/payload-limits.ts';
import { openConversation, type Actor } from './actor.ts';
import type { Offer, OpenConversation } from './actor-state.ts';
import { invitationRecord, listSlots, membersOf } from './chat-state.ts';
import { inputsOf } from './scenario-inputs.ts';

/** Takes what the read model has to be told, or nothing. */
export function takeProgress(actor: Actor): Progress | undefined {
  if (!actor.state.conversation) return undefined;
  // As much as one activity can take; the next takes the rest.
  const messages = firstPieceOf(actor.unrecordedMessages, PAYLOAD_LIMITS.pieceBytes);
  actor.unrecordedMessages.splice(0, messages.length);
  const { pageId, psid } = actor.state;
  const record = toRecord(actor);
  const recorded = JSON.stringify(record);
  if (recorded === actor.recorded) return messages.length > 0 ? { pageId, psid, messages } : undefined;
  actor.recorded = recorded;
  actor.state.revision = Math.max(actor.state.revision + 1, Date.now());
  return { pageId, psid, conversation: { ...record, revision: actor.state.revision }, messages };
}

/** The run before told the read model everything before it went on as new. */
export function recallRecorded(actor: Actor): void {
  actor.recorded = JSON.stringify(toRecord(actor));
}

function toRecord(actor: Actor): Omit<ConversationRecord, 'revision'> {
  const conversation = openConversation(actor);
  const { state } = actor;
  const { context, chat, ended, lastAgent } = conversation;
  const window = state.shownWindow ?? state.window;
  const agent = chat?.agent ?? (ended && lastAgent);
  const recordedState = recordedStateOf(conversation);
  return {
    conversationId: conversation.id,
    pageId: state.pageId,
    psid: state.psid,
    workflowId: actor.workflowId,
    state: recordedState,
    owner: ownerOf(actor, recordedState),
    startedAt: conversation.startedAt,
    scenario: { name: context.scenario.name, version: context.scenario.version },
    entry: context.entry,
    group: context.group,
    block: conversation.block,
    servedBy: conversation.servedBy,
    ...(window && { window: { ...window, isClosing: isWindowClosing(actor) } }),
    parkedParts: conversation.outbox.filter(({ parked }) => parked).length,
    ...(context.service !== undefined && { service: context.service }),
    ...(agent && { agent }),
    ...desk(conversation, recordedState),
    ...historyOf(conversation),
    ...routingOf(conversation),
    ...membersIn(conversation),
    ...inputsOf(conversation),
    ...(ended && { endedAt: ended.at, endReason: ended.reason }),
  };
}

/** Who is in the chat beside its holder, who is asked to come, and who wants help. */
function membersIn(conversation: OpenConversation): Partial<ConversationRecord> {
  const { invitation, lastInvitation, helpFlag } = conversation;
  const participants = membersOf(conversation).map(({ agent, role, since }) => ({ agent, role, since }));
  return {
    ...(participants.length > 0 && { participants }),
    ...(invitation && {
      invitation: {
        ...invitationRecord(invitation),
        ...(invitation.offer && { offer: offerRecord(invitation.offer) }),
      },
    }),
    ...(lastInvitation && { lastInvitation }),
    ...(helpFlag && { helpFlag }),
  };
}

function isWindowClosing({ state: { window, conversation } }: Actor): boolean {
  const told = conversation?.windowTold;
  return window !== undefined && told?.until === window.until && told.leadMs <= MESSENGER_POLICY.closingWarningMs;
}

/** What happened in it so far, as far as the record keeps it. */
function historyOf({ annotations, chatEnd, isOverflow }: OpenConversation): Partial<ConversationRecord> {
  return { ...(annotations && { annotations }), ...(chatEnd && { chatEnd }), ...(isOverflow && { isOverflow }) };
}

/** What concerns agents: offer, position, who owes an answer. */
function desk(
  { offer, queue, agentSilence }: OpenConversation,
  recordedState: ConversationRecord['state'],
): Partial<ConversationRecord> {
  return {
    ...(offer && { offer: offerRecord(offer) }),
    ...(queue && recordedState === 'queued' && { queue }),
    ...(agentSilence && { agentSilence: { since: agentSilence.since, endAt: agentSilence.endAt } }),
  };
}

/** For a dispatcher that begins anew: which groups know of the conversation, and whose slot it holds. */
function routingOf(conversation: OpenConversation): Partial<ConversationRecord> {
  const routedBy = Object.keys(conversation.routing.stated);
  const heldAgents = listSlots(conversation).map(({ agent }) => agent.username);
  return {
    ...(routedBy.length > 0 && { routedBy }),
    ...(heldAgents.length > 0 && { heldAgents }),
  };
}

function offerRecord({ offerId, agent, expiresAt, autoAnswerAt }: Offer): NonNullable<ConversationRecord['offer']> {
  return { offerId, agent: agent.username, expiresAt, ...(autoAnswerAt !== undefined && { autoAnswerAt }) };
}

function recordedStateOf(conversation: OpenConversation): ConversationRecord['state'] {
  if (conversation.ended) return 'ended';
  if (conversation.chat) return 'connected';
  if (conversation.offer) return 'offered';
  return conversation.request ? 'queued' : 'running';
}

function ownerOf(actor: Actor, recordedState: ConversationRecord['state']): ConversationRecord['owner'] {
  if (actor.state.threadOwner === 'other-app') return 'other-app';
  if (recordedState === 'connected') return 'agent';
  return recordedState === 'queued' || recordedState === 'offered' ? 'queue' : 'scenario';
}
