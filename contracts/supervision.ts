import type { ConversationRecord } from './conversation-record.ts';

/** As much of an open conversation as is counted live. */
export type OpenRecord = Pick<
  ConversationRecord,
  | 'conversationId'
  | 'state'
  | 'service'
  | 'group'
  | 'agent'
  | 'helpFlag'
  | 'queuedAt'
  | 'startedAt'
  | 'offer'
  | 'routedBy'
>;

/** As much of a conversation that asked for an agent as the figures of a day are made from. */
export type DayRecord = Pick<ConversationRecord, 'service' | 'queuedAt' | 'acceptedAt' | 'endedAt' | 'segments'>;

/** What a service is held to where it says nothing. */
export const DEFAULT_SERVICE_LEVEL = { percent: 80, withinMs: 60_000 };

/** A wait of so many times the target is shown red, and told of. */
export const LONG_WAIT_TARGETS = 2;
