import type { ConversationEvent } from '../../contracts/history-event.ts';
import type { Evaluation } from '../../contracts/evaluation.ts';
import type { DeliveryStatus } from '../../contracts/part.ts';

/** What reports read of a grade. */
export type GradedStretch = Pick<
  Evaluation,
  'agent' | 'service' | 'from' | 'to' | 'form' | 'answers' | 'score' | 'isFailed' | 'steps'
>;

/** All that is read of one conversation. Times are epoch milliseconds. */
export interface ConversationStory {
  conversationId: string;
  pageId: string;
  entry?: string | undefined;
  service?: string | undefined;
  startedAt: number;
  /** In order, each number once. */
  events: readonly ConversationEvent[];
  /** Delivery status by message, where it was asked for. */
  deliveries?: ReadonlyMap<string, DeliveryStatus>;
  /** What agents said that it came to, where it was asked for. */
  dispositions?: readonly { name: string; agent: string }[];
  /** Grades of its stretches that are no drafts, where they were asked for. */
  evaluations?: readonly GradedStretch[];
}

/** What became of a wait for an agent. */
type WaitOutcome = 'taken' | 'gave-up' | 'turned-away' | 'broken-off' | 'waiting';

/** From the moment at which a customer asks for an agent until one takes the chat, whatever is tried in between. */
export interface Wait {
  at: number;
  /** The service that was asked first. */
  service: string | undefined;
  skills: readonly string[];
  outcome: WaitOutcome;
  /** Absent while it goes on. */
  endedAt?: number;
  /** Who took it. */
  agent?: string;
  /** The first place in the queue that was noted. */
  first?: { at: number; position: number; ewtMs?: number };
}

/** A customer's talk with the agents of a service: from the first of them until nobody is left, or a transfer. */
export interface Talk {
  service: string | undefined;
  from: number;
  to?: number;
  cameBy: 'wait' | 'transfer' | 'other';
  leftBy?: 'transfer';
  isConference: boolean;
  /** What agents have spent on it, as far as they are out of it. */
  agentMs: number;
}

/** One agent's time with the customer. */
export interface ChatStretch {
  agent: string;
  service: string | undefined;
  from: number;
  to?: number;
}

/** An offer and what became of it. */
interface OfferStory {
  agent: string;
  at: number;
  end?: 'accepted' | 'rejected' | 'ignored' | 'withdrawn';
}

/** What a conversation came to, in the words that reports count in. */
export interface Chronicle {
  conversationId: string;
  pageId: string;
  entry: string | undefined;
  service: string | undefined;
  scenario: string | undefined;
  startedAt: number;
  isByAgent: boolean;
  ended?: { at: number; reason: string };
  waits: Wait[];
  talks: Talk[];
  stretches: ChatStretch[];
  offers: OfferStory[];
  /** `to` is absent where the customer was handed to a scenario. */
  transfers: { at: number; from: string; to?: string; service: string | undefined }[];
  firstAnswer?: { at: number; waitedMs: number; agent: string; service: string | undefined };
}
