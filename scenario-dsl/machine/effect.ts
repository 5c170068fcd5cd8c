import type { Annotation, Operation } from '../../contracts/operation.ts';
import type { OutboundAttachment } from '../../contracts/outbound-attachment.ts';
import type { QuickReply } from '../../contracts/part.ts';

/**
 * What a scenario asks of the world. Plain JSON. `id` is unique within a run and the same on every replay, so it is the
 * idempotency key; `cancel-find-agent`, `withdraw-offer` and `end-chat` carry the id of the effect they take back.
 */
export type Effect =
  | SendMessageEffect
  | FindAgentEffect
  | CancelFindAgentEffect
  | ConnectChatEffect
  | WithdrawOfferEffect
  | EndChatEffect
  | OperationEffect
  | AnnotateEffect;

/**
 * Answered by `message.sent` or `message.failed`, when the last part has its delivery status. The text leaves first, then one part for
 * each attachment; quick replies go with the last part, the typing indicator with the first.
 */
export interface SendMessageEffect {
  kind: 'send-message';
  id: string;
  text: string;
  quickReplies: QuickReply[];
  attachments?: OutboundAttachment[];
  /** At most 20,000. */
  typingMs?: number;
}

/**
 * Answered by `agent.reserved`, `agent.none` or `agent.queue-limit`, and told of its place by `queue.changed`. The last interval
 * holds until the effect is cancelled. `minLevel`s never rise from one interval to the next. `priority`: 0 to 100.
 */
export interface FindAgentEffect {
  kind: 'find-agent';
  id: string;
  skills: string[];
  service?: string;
  priority?: number;
  intervals: SearchInterval[];
  /** Who last talked with the customer, and how long they are waited for where they are there and not free; then anybody will do. */
  lastAgent?: { username: string; waitMs: number };
}

/** `skills` instead of the effect's own: a part of them, never more than the interval before asked for. */
interface SearchInterval {
  forMs: number;
  minLevel: number;
  skills?: string[];
}

/** The block was left by its timeout; a reservation that is already on its way must be given back. No answer. */
interface CancelFindAgentEffect {
  kind: 'cancel-find-agent';
  id: string;
}

/** Answered by `offer.accepted` (then, at the end, `chat.ended`) or `offer.rejected`; the machine keeps the time itself. */
export interface ConnectChatEffect {
  kind: 'connect-chat';
  id: string;
  noAnswerMs: number;
  /**
   * The found agent; or another destination as the author wrote it: a user, or an entry, whose service's agents are asked.
   * A reservation that is not for this destination is given back.
   */
  destination: { username: string; name: string } | { entry: string } | string;
  /** The chat counts as overflow in reports. */
  isOverflow?: boolean;
  /** After so long the agent's console takes the offer by itself. */
  autoAnswerMs?: number;
}

/** The offer is over without a chat. No answer. */
export interface WithdrawOfferEffect {
  kind: 'withdraw-offer';
  id: string;
  outcome: 'no-answer' | 'rejected';
}

/**
 * The customer's side has ended and the scenario goes on without an agent: the search, the reservation, the offer and the
 * chat that there are now are over, and the agent is told `cause`. `id` names the block that was left. No answer.
 */
interface EndChatEffect {
  kind: 'end-chat';
  id: string;
  cause: string;
}

/** Answered by `operation.completed`. The machine keeps the time itself too: a later answer changes nothing. */
export interface OperationEffect {
  kind: 'operation';
  id: string;
  operation: Operation;
  timeoutMs: number;
}

/** No answer. */
interface AnnotateEffect {
  kind: 'annotate';
  id: string;
  annotation: Annotation;
}
