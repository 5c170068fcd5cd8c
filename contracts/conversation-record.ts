import type { HelpFlag, InvitationRecord, Participant, SettledInvitation } from './chat-members.ts';
import type { AgentIdentity, ConversationState, Owner } from './conversation.ts';
import type { HistoryPiece, Segment } from './history-event.ts';
import type { ConversationTimer } from './conversation-timer.ts';
import type { OutboundOrigin } from './outbound.ts';
import type { MessagingWindow } from './messenger-policy.ts';
import type { SnoozeRecord } from './snooze.ts';
import type { ConversationAnnotations } from './conversation-annotations.ts';
import type { Attachment, CustomerEvent, Referral } from './customer-event.ts';

/**
 * What the read model holds of one conversation. Written whole: a record with a lower `revision` than the stored one
 * changes nothing, so late and repeated writes are harmless. Times are epoch milliseconds.
 */
export interface ConversationRecord {
  conversationId: string;
  revision: number;
  pageId: string;
  psid: string;
  workflowId: string;
  state: ConversationState;
  owner: Owner;
  startedAt: number;
  scenario?: { name: string; version: string };
  entry?: string;
  service?: string;
  group?: string;
  /** Id of the scenario's current block. */
  block?: string;
  agent?: AgentIdentity;
  /** User names of every agent this conversation was connected to. */
  servedBy: string[];
  offer?: {
    offerId: string;
    agent: string;
    expiresAt: number;
    /** It is taken by itself then. */ autoAnswerAt?: number;
  };
  /** The agent has left the customer unanswered since then; at `endAt` the chat is taken from them. */
  agentSilence?: { since: number; endAt: number };
  /** What it waits for by the clock, the soonest first; absent of one that ended, and of one that began before there were any. */
  timers?: ConversationTimer[];
  /** Routing groups whose dispatchers know of it, because it asks for an agent or holds one. */
  routedBy?: string[];
  /** User names of the agents whose slots it holds: reserved, offered or connected. */
  heldAgents?: string[];
  /** Who is in the chat beside `agent`, in the order in which they came. */
  participants?: Participant[];
  /** Somebody is asked into the chat. */
  invitation?: InvitationRecord & { offer?: NonNullable<ConversationRecord['offer']> };
  lastInvitation?: SettledInvitation;
  helpFlag?: HelpFlag;
  /** Its holder has put it away, or has not written since it came back. */
  snooze?: SnoozeRecord;
  /** Of one that an agent began. */
  origin?: OutboundOrigin;
  /** What agents have put on it. */
  labels?: string[];
  /** The last chat that ended: whose it was, and why. */
  chatEnd?: { agent: string; cause: string; at: number };
  /** It was given to agents whom it was not meant for first. */
  isOverflow?: true;
  /** Until when who may write to the customer, to within a minute; `isClosing`: it ends within the hour. */
  window?: MessagingWindow & { isClosing: boolean };
  /** Parts that wait for the customer or for the Page. */
  parkedParts?: number;
  queue?: { position: number; waiting: number; /** Expected, in milliseconds. */ ewtMs?: number };
  /** What the customer has answered to what the scenario asked, in its order. */
  answers?: CustomerAnswer[];
  /** What the scenario noted with it. */
  annotations?: ConversationAnnotations;
  /**
   * JSON of what the scenario began with, and of what it was told beside messages: for back-tests. As text, because names of
   * variables may hold what a database takes for its own. `seq`: the messages with a lower one came before it.
   */
  openedWith?: string;
  recordedInputs?: RecordedInput[];
  /** The customer is blocked: nobody was told of it. */
  isBlocked?: true;
  /** When it first asked for an agent, was first offered and first taken, and when an agent first wrote. */
  queuedAt?: number;
  offeredAt?: number;
  acceptedAt?: number;
  firstAnswerAt?: number;
  /** Who was in the chat when, oldest first; the newest where they are many. */
  segments?: Segment[];
  endedAt?: number;
  endReason?: string;
}

/** `name`: of the variable that the answer became. */
export interface CustomerAnswer {
  name: string;
  question?: string;
  value: string;
}

/** Of what a customer has answered: what an agent can take in at a glance; the transcript holds all of it. */
export const MAX_ANSWERS = 40;

/** More events than a conversation with people in it has: what is carried on has to stay small. */
export const MAX_RECORDED_INPUTS = 200;

/** An event of a scenario as JSON, and when it was told. */
export interface RecordedInput {
  at: number;
  seq: number;
  event: string;
}

/** A customer's message as the transcript keeps it; `key` makes a repeat write nothing. */
export interface InboundMessage {
  conversationId: string;
  key: string;
  seq: number;
  kind: CustomerEvent['kind'];
  at: number;
  mid?: string;
  text?: string;
  payload?: string;
  attachments: Attachment[];
  replyTo?: string;
  referral?: Referral;
}

/** What agents write beside the chat (`note`) or to each other in it (`inner`); the customer never sees it. */
export interface InternalMessage {
  conversationId: string;
  id: string;
  seq: number;
  kind: 'note' | 'inner';
  at: number;
  agent: AgentIdentity;
  text: string;
  /** User names. */
  mentions?: string[];
}

/** What the transcript is told of beside parts, which write their own rows. */
export type TranscriptEntry = InboundMessage | InternalMessage;

/** True for what agents write for agents. */
export function isInternal(entry: TranscriptEntry): entry is InternalMessage {
  return entry.kind === 'note' || entry.kind === 'inner';
}

/** What a conversation waits for by the clock, since its record of an earlier `revision`. */
export interface TimersRecord {
  conversationId: string;
  revision: number;
  timers: ConversationTimer[];
}

/** What an actor has to say to the read model after a turn. */
export interface Progress {
  pageId: string;
  psid: string;
  /** Absent where nothing of it has changed. */
  conversation?: ConversationRecord;
  /** Where nothing of the record has changed but these: a small write, that nobody is told of. */
  timers?: TimersRecord;
  messages: TranscriptEntry[];
  /** What is new in its history. */
  history?: HistoryPiece;
}
