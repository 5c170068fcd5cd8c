/**
 * What a scenario asks of the world. Plain JSON. `id` is unique within a run and the same on every replay, so it is the
 * idempotency key; `cancel-find-agent` and `withdraw-offer` carry the id of the effect they take back.
 */
export type Effect =
  SendMessageEffect | FindAgentEffect | CancelFindAgentEffect | ConnectChatEffect | WithdrawOfferEffect;

/** Answered by `message.sent` or `message.failed`. */
interface SendMessageEffect {
  kind: 'send-message';
  id: string;
  text: string;
  quickReplies: { title: string; payload: string }[];
}

/**
 * Answered by `agent.reserved`, `agent.none` or `agent.queue-limit`. The last interval holds until the effect is cancelled.
 * `minLevel`s never rise from one interval to the next. `priority`: 0 to 100.
 */
export interface FindAgentEffect {
  kind: 'find-agent';
  id: string;
  skills: string[];
  service?: string;
  priority?: number;
  intervals: { forMs: number; minLevel: number }[];
}

/** The block was left by its timeout; a reservation that is already on its way must be given back. No answer. */
interface CancelFindAgentEffect {
  kind: 'cancel-find-agent';
  id: string;
}

/** Answered by `offer.accepted` (then, at the end, `chat.ended`) or `offer.rejected`; the machine keeps the time itself. */
interface ConnectChatEffect {
  kind: 'connect-chat';
  id: string;
  noAnswerMs: number;
  /** The found agent, or another destination as the author wrote it. */
  destination: { username: string; name: string } | string;
}

/** The offer is over without a chat. No answer. */
export interface WithdrawOfferEffect {
  kind: 'withdraw-offer';
  id: string;
  outcome: 'no-answer' | 'rejected';
}
