/**
 * What happened to a conversation and to an agent, one entry for each thing, only ever added to. Decided by the actors, written
 * with the record that they decided it for. Times are epoch milliseconds. Docs: docs/api.md, "Event history".
 */
import type { InvitationKind, InvitationOutcome, InvitationTarget, ParticipantRole } from './chat-members.ts';
import type { InternalMessage } from './conversation-record.ts';
import type { CustomerEvent } from './customer-event.ts';
import type { NamedValue } from './conversation-annotations.ts';
import type { Author } from './part.ts';
import type { AfterWorkEnd } from './routing-decision.ts';
import type { AgentState } from './routing.ts';
import type { MoveKind } from './scenario-move.ts';
import type { Surgery } from './surgery.ts';
import type { SurveyAnswer, SurveyOutcome } from './survey.ts';
import type { WokenBy } from './snooze.ts';

/** Who did it. `name`: the user name of an agent or operator, the id of a block; absent where there is nothing to name. */
export interface HistoryActor {
  kind: 'customer' | 'agent' | 'scenario' | 'system' | 'operator';
  name?: string;
}

/** One agent's stretch in the chat, numbered from 1 in its conversation; `to` is absent while they are in it. */
export interface Segment {
  number: number;
  agent: string;
  from: number;
  to?: number;
}

/** An offer to an agent. `invitationId`: of a place in a chat that goes on. */
interface OfferReference {
  offerId: string;
  agent: string;
  invitationId?: string;
}

/** How far a survey has come; `outcome` is absent while it goes on. */
export interface SurveyProgress {
  /** Tells two surveys of one conversation apart. */
  surveyId: string;
  survey: string;
  answers: SurveyAnswer[];
  outcome?: SurveyOutcome;
  score?: number;
}

/** What each kind of event of a conversation says beside when, who and in which segment. A new kind is a row here and its word below. */
export interface ConversationEventData {
  /** `by`: what the customer began it with. */
  started: { by: CustomerEvent['kind'] | 'agent'; entry: string; service?: string };
  /**
   * Blocks in the order in which they were entered, the newest where they are many; `count`: all of them. `ways`: by which way out
   * of the block before it each was entered, empty where none led there; absent in events of earlier versions.
   */
  'block-entered': { blocks: string[]; ways?: string[]; count: number };
  /** An agent is asked for; `requestId` names the question to the dispatcher. */
  queued: { requestId: string; group: string; service?: string; skills: string[]; priority: number; isRequeued?: true };
  position: { position: number; waiting: number; ewtMs?: number };
  /** Nobody can serve it, or the queue is full. */
  'not-queued': { requestId: string; why: 'no-agents' | 'queue-limit' };
  /** An agent's slot is kept for it. */
  reserved: { requestId: string; agent: string };
  offered: OfferReference & { expiresAt: number };
  accepted: OfferReference;
  rejected: OfferReference & { reason?: string };
  /** The offer ran out. */
  ignored: OfferReference;
  /** The offer is gone and the agent is not the reason. */
  withdrawn: OfferReference;
  /** The agent's segment begins. */
  connected: { agent: string };
  /** The connected agent's first message of all to this customer. */
  'first-answer': { agent: string; messageId: string; waitedMs: number };
  /** One message of the transcript, by reference. */
  message: { messageId: string; direction: 'in' | 'out'; seq: number; author: Author['kind'] };
  /** Another app took the thread, or it came back. */
  held: { until?: number };
  resumed: Record<string, never>;
  /** The holder asks somebody into the chat: to take it, to be asked for advice, to talk, too. */
  invited: { invitationId: string; kind: InvitationKind; to: InvitationTarget; message?: string };
  /** Why nobody came; of one that was accepted, the next event tells. */
  'invitation-ended': { invitationId: string; outcome: InvitationOutcome; by?: string };
  /** Somebody else holds the chat. */
  transferred: { from: string; to: string };
  /** The holder has handed the customer to a scenario: that of an entry, or one by its name; for `service` from now on. */
  'transferred-to-scenario': { from: string; entry?: string; scenario: string; version: string; service?: string };
  /** Somebody is in the chat beside its holder, or in another role than before. */
  joined: { agent: string; as: ParticipantRole };
  /** Somebody is not in the chat any more. `cause`: a disconnect cause, or why the conversation ended. */
  left: { agent: string; cause: string };
  /** Written among agents, by reference to the transcript: a note for everybody, or a word in the inner channel. */
  internal: { messageId: string; kind: InternalMessage['kind'] };
  /** A supervisor is called, or not any more. */
  'help-flag': { isRaised: boolean; reason?: string };
  labelled: { added: string[]; removed: string[] };
  /** Somebody gave the waiting conversation another priority. */
  prioritized: { priority: number };
  /** The holder has put the chat away until then. */
  snoozed: { until: number; note?: string };
  woken: { by: WokenBy };
  /** What was answered, by the names of the record's annotations. */
  survey: { answers: NamedValue[] };
  /** The block Survey: told as it begins, with every answer and at its end, each time whole. `score`: 0 to 100. */
  'survey-asked': SurveyProgress;
  disposition: { name: string; by?: string };
  /** It goes on under another version of its scenario, in the block `to`. */
  moved: { from: string; version: string; block: string; to: string; how: MoveKind; operationId: string };
  /** A person did something to it by hand. `subject`: the block, the variable or the timer; `before`, `after`: as `SurgeryAnswer` has them. */
  operated: {
    kind: Surgery['kind'];
    subject: string;
    before?: string;
    after?: string;
    block: string;
    to: string;
    operationId: string;
  };
  /** `reason`: as the record's `endReason`. */
  ended: { reason: string };
}

export type ConversationEventType = keyof ConversationEventData;

/** Each kind once; the compiler asks for a new one. */
const conversationEventTypes = {
  started: true,
  'block-entered': true,
  queued: true,
  position: true,
  'not-queued': true,
  reserved: true,
  offered: true,
  accepted: true,
  rejected: true,
  ignored: true,
  withdrawn: true,
  connected: true,
  'first-answer': true,
  message: true,
  held: true,
  resumed: true,
  invited: true,
  'invitation-ended': true,
  transferred: true,
  'transferred-to-scenario': true,
  joined: true,
  left: true,
  internal: true,
  'help-flag': true,
  labelled: true,
  prioritized: true,
  snoozed: true,
  woken: true,
  survey: true,
  'survey-asked': true,
  disposition: true,
  moved: true,
  operated: true,
  ended: true,
} as const satisfies Record<ConversationEventType, true>;

export const CONVERSATION_EVENT_TYPES = Object.keys(conversationEventTypes) as [
  ConversationEventType,
  ...ConversationEventType[],
];

/** What every event of a conversation says. */
interface ConversationEventHead {
  /** Follows from conversation and `seq`: a repeated write changes nothing. */
  id: string;
  conversationId: string;
  /** Place among the events of its conversation, from 1. */
  seq: number;
  at: number;
  actor: HistoryActor;
  /** The agent's stretch it happened in, as it stood then. */
  segment?: Segment;
  scenario?: { name: string; version: string };
}

/** Events of one turn on their way from the actor: what all of them share is said once. */
export interface HistoryPiece {
  conversationId: string;
  scenario: { name: string; version: string };
  service?: string;
  /** In order; their numbers follow each other. */
  events: NewConversationEvent[];
}

/** An event without what its piece says. */
export type NewConversationEvent<Type extends ConversationEventType = ConversationEventType> = {
  [Each in Type]: Omit<ConversationEventHead, 'id' | 'conversationId' | 'scenario'> & {
    type: Each;
    data: ConversationEventData[Each];
  };
}[Type];

/** The events of a piece, each whole. */
export function eventsOfPiece({
  conversationId,
  scenario,
  events,
}: Omit<HistoryPiece, 'service'>): ConversationEvent[] {
  return events.map((event): ConversationEvent => ({
    ...event,
    id: `${conversationId}:${event.seq}`,
    conversationId,
    scenario,
  }));
}

/** One kind of event, or any. */
export type ConversationEvent<Type extends ConversationEventType = ConversationEventType> = {
  [Each in Type]: ConversationEventHead & { type: Each; data: ConversationEventData[Each] };
}[Type];

/** What each kind of event of an agent says. */
export interface AgentEventData {
  'logged-in': { state: AgentState; reason?: string };
  'state-changed': { state: AgentState; reason?: string; before: AgentState };
  'logged-out': { reason?: string };
  /** How many chats at a time. */
  'capacity-changed': { slots: number };
  /** Paper work after a chat; `until`: when it ends by itself. */
  'after-work-begun': { conversationId: string; until: number };
  'after-work-extended': { conversationId: string; until: number };
  'after-work-ended': { conversationId: string; by: AfterWorkEnd };
}

export type AgentEventType = keyof AgentEventData;

const agentEventTypes = {
  'logged-in': true,
  'state-changed': true,
  'logged-out': true,
  'capacity-changed': true,
  'after-work-begun': true,
  'after-work-extended': true,
  'after-work-ended': true,
} as const satisfies Record<AgentEventType, true>;

export const AGENT_EVENT_TYPES = Object.keys(agentEventTypes) as [AgentEventType, ...AgentEventType[]];

/** An event of an agent, as the dispatcher of their group decided it. */
export type AgentEvent<Type extends AgentEventType = AgentEventType> = {
  [Each in Type]: {
    id: string;
    username: string;
    group: string;
    at: number;
    actor: HistoryActor;
    type: Each;
    data: AgentEventData[Each];
  };
}[Type];
