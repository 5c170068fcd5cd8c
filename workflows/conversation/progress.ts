import {
  MAX_ANSWERS,
  type ConversationRecord,
  type CustomerAnswer,
  type Progress,
} from '../../contracts/conversation-record.ts';
import type { HistoryPiece, NewConversationEvent } from '../../contracts/history-event.ts';
import { MESSENGER_POLICY } from '../../contracts/messenger-policy.ts';
import { firstPieceOf, PAYLOAD_LIMITS } from '../../contracts/payload-limits.ts';
import { listAnswers } from '../../scenario-dsl/run/list-answers.ts';
import { openConversation, runningScenario, type Actor } from './actor.ts';
import type { Offer, OpenConversation } from './actor-state.ts';
import { invitationRecord, listSlots, membersOf, snoozeRecord } from './chat-state.ts';
import { recordedTimers } from './deadlines.ts';
import { historyRecordOf } from './history.ts';
import { inputsOf } from './scenario-inputs.ts';

/** Takes what the read model has to be told, or nothing. */
export function takeProgress(actor: Actor): Progress | undefined {
  if (!actor.state.conversation) return undefined;
  // As much as one activity can take; the next takes the rest.
  const messages = firstPieceOf(actor.unrecordedMessages, PAYLOAD_LIMITS.pieceBytes);
  actor.unrecordedMessages.splice(0, messages.length);
  const events = firstPieceOf(actor.unrecordedEvents, PAYLOAD_LIMITS.pieceBytes);
  actor.unrecordedEvents.splice(0, events.length);
  const news = { messages, ...(events.length > 0 && { history: toPiece(actor, events) }) };
  const { pageId, psid } = actor.state;
  const record = toRecord(actor);
  const recorded = JSON.stringify(record);
  const timers = recordedTimers(actor);
  const told = JSON.stringify(timers);
  const isRetimed = told !== actor.recordedTimers;
  actor.recordedTimers = told;
  if (recorded === actor.recorded) {
    if (isRetimed) {
      actor.state.revision = nextRevision(actor);
      const { conversationId } = record;
      return { pageId, psid, timers: { conversationId, revision: actor.state.revision, timers }, ...news };
    }
    return messages.length + events.length > 0 ? { pageId, psid, ...news } : undefined;
  }
  actor.recorded = recorded;
  actor.state.revision = nextRevision(actor);
  const conversation = { ...record, ...(timers.length > 0 && { timers }), revision: actor.state.revision };
  return { pageId, psid, conversation, ...news };
}

function nextRevision({ state }: Actor): number {
  return Math.max(state.revision + 1, Date.now());
}

function toPiece(actor: Actor, events: NewConversationEvent[]): HistoryPiece {
  const { id: conversationId, context } = openConversation(actor);
  const { service, scenario } = context;
  const { name, version } = scenario;
  return { conversationId, scenario: { name, version }, ...(service !== undefined && { service }), events };
}

/** The run before told the read model everything before it went on as new. */
export function recallRecorded(actor: Actor): void {
  actor.recorded = JSON.stringify(toRecord(actor));
  actor.recordedTimers = JSON.stringify(recordedTimers(actor));
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
    ...(context.entry !== '' && { entry: context.entry }),
    ...(conversation.origin && { origin: conversation.origin }),
    group: context.group,
    block: conversation.block,
    servedBy: conversation.servedBy,
    ...(window && { window: { ...window, isClosing: isWindowClosing(actor) } }),
    parkedParts: conversation.outbox.filter(({ parked }) => parked).length,
    ...(context.service !== undefined && { service: context.service }),
    ...(agent && { agent }),
    ...desk(conversation, recordedState),
    ...answersOf(actor),
    ...historyOf(conversation),
    ...historyRecordOf(conversation),
    ...routingOf(conversation),
    ...membersIn(conversation),
    ...inputsOf(conversation),
    ...(ended && { endedAt: ended.at, endReason: ended.reason }),
  };
}

/** Who is in the chat beside its holder, who is asked to come, and who wants help. */
function membersIn(conversation: OpenConversation): Partial<ConversationRecord> {
  const { invitation, lastInvitation, helpFlag, labels = [], chat } = conversation;
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
    ...(chat?.snooze && { snooze: snoozeRecord(chat.snooze) }),
    ...(labels.length > 0 && { labels }),
  };
}

function answersOf(actor: Actor): Pick<ConversationRecord, 'answers'> {
  const answers = answersSoFar(actor);
  return answers.length > 0 ? { answers } : {};
}

/** What the customer has answered in this scenario, behind what they said in those that they were handed on from. */
export function answersSoFar(actor: Actor): CustomerAnswer[] {
  const { scenario, context, earlierAnswers = [] } = openConversation(actor);
  const answers = listAnswers(runningScenario(actor), scenario, context.variables);
  const earlier = earlierAnswers.filter(({ name }) => answers.every((answer) => answer.name !== name));
  return [...earlier, ...answers].slice(-MAX_ANSWERS);
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
