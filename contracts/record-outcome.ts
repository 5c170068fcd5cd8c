import type { ConversationRecord } from './conversation-record.ts';

/**
 * What became of a conversation. `handled`: an agent took it; `abandoned`: it asked for an agent and ended before one took it;
 * `unassisted`: it ended without asking for one; `unrouted`: no entry took its Page.
 */
export const RECORD_OUTCOMES = ['open', 'handled', 'abandoned', 'unassisted', 'unrouted'] as const;
export type RecordOutcome = (typeof RECORD_OUTCOMES)[number];

/** Epoch milliseconds. */
type Times = { [Name in 'endedAt' | 'queuedAt' | 'acceptedAt']?: number | undefined };

/** Tells what became of a conversation. */
export function outcomeOf({
  state,
  endedAt,
  queuedAt,
  acceptedAt,
}: Pick<ConversationRecord, 'state'> & Times): RecordOutcome {
  if (state === 'unrouted') return 'unrouted';
  if (endedAt === undefined) return 'open';
  if (acceptedAt !== undefined) return 'handled';
  return queuedAt === undefined ? 'unassisted' : 'abandoned';
}
