/** What an agent must have to be taken. */
export interface AgentCriteria {
  /** Skill names, each with the least level that will do (1: anyone who has it). All are needed. */
  skills: { name: string; minLevel: number }[];
  /** Of these one is enough: the service's skills, where the block names none. Empty: anyone. */
  anySkillOf: string[];
}

/** Asks for an agent. A repeat of the same request replaces it; the position in the queue is kept by `queuedAt`. */
export interface AgentRequest extends AgentCriteria {
  conversationId: string;
  requestId: string;
  /**
   * The laxest criteria that escalation intervals will still bring: while somebody who meets one of them is logged in, the
   * request waits for its interval. Absent: none come.
   */
  laterCriteria?: AgentCriteria[];
  /** Nobody but this agent will do. */
  onlyAgent?: string;
  /** Higher first; then the older `queuedAt`. */
  priority: number;
  /** Epoch milliseconds at which this conversation first asked for an agent. */
  queuedAt: number;
  /** Agents who refused or ignored this conversation: taken last. */
  refusedBy: string[];
}

/** Keeps a reservation: until the moment given (an offer is open), or for good (the chat is connected). */
interface ReservationConfirmation {
  conversationId: string;
  requestId: string;
  agent: string;
  until?: number;
}

/**
 * Gives back what a conversation holds by one request: its position in the queue, its reservation or its slot. Without
 * `requestId` everything it holds: the conversation is gone.
 */
interface AgentRelease {
  conversationId: string;
  requestId?: string;
  reason: 'cancelled' | 'ended' | 'rejected' | 'no-answer';
}

/** Everything a conversation says to the dispatcher of its group. */
export type DispatcherMessage =
  | ({ type: 'request' } & AgentRequest)
  | ({ type: 'confirm' } & ReservationConfirmation)
  | ({ type: 'release' } & AgentRelease);
