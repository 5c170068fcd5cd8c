/** What an agent must have to be taken. */
export interface AgentCriteria {
  /** Skill names, each with the least level that will do (1: anyone who has it). All are needed. */
  skills: { name: string; minLevel: number }[];
  /** Of these one is enough: the service's skills, where the block names none. Empty: anyone. */
  anySkillOf: string[];
}

/** Asks for an agent. A repeat of the same request replaces it; the position in the queue is kept by `queuedAt`. */
export interface AgentRequest extends AgentCriteria {
  requestId: string;
  /** What the customer came for: how much of an agent the chat takes. */
  service?: string;
  /** When less will do, or somebody else: epoch milliseconds; absent where nothing is to come. */
  widensAt?: number;
  /**
   * The laxest criteria that escalation intervals will still bring: while somebody who meets one of them is logged in, the
   * request waits for its interval. Absent: none come.
   */
  laterCriteria?: AgentCriteria[];
  /** Nobody but this agent will do. */
  onlyAgent?: string;
  /** These never: they are in the chat. */
  excludedAgents?: string[];
  /** Nobody else while this agent is logged in, has what is asked for and has not refused: who last talked with the customer. */
  preferredAgent?: string;
  /** Higher first; then the older `queuedAt`. */
  priority: number;
  /** Epoch milliseconds at which this conversation first asked for an agent. */
  queuedAt: number;
  /** Agents who refused or ignored this conversation: taken last. */
  refusedBy: string[];
}

/** A slot of an agent that a conversation holds: reserved, offered or connected; one for each agent in the chat. */
export interface HeldSlot {
  /** The request that got it. */
  requestId: string;
  agent: string;
  /** Epoch milliseconds at which the dispatcher takes it back; absent once the chat is connected. */
  expiresAt?: number;
  /** What the customer came for. */
  service?: string;
}

/** A slot that was given back, and why. */
export interface SlotRelease {
  requestId: string;
  reason: ReleaseReason;
  /** In the agent's words, of `rejected`. */
  detail?: string;
  /** How long the agent has for the paper work of a connected chat; the slot stays taken meanwhile. */
  afterWorkMs?: number;
}

/** Why a slot was given back. `rejected`, `no-answer`: the agent did not take the offer. */
export type ReleaseReason = 'cancelled' | 'ended' | 'rejected' | 'no-answer';

/**
 * Everything that a conversation wants of a dispatcher and holds of it, stated whole, so that one that was overtaken by a
 * later one says nothing new. A conversation that wants and holds nothing says so by an intent that is empty.
 */
export interface RoutingIntent {
  conversationId: string;
  /** Rises with each intent of a conversation; one that is not higher than the last changes nothing. */
  number: number;
  request?: AgentRequest;
  /** In no order; each of a request of its own. */
  held: HeldSlot[];
  /** Slots given back lately and why, newest last: also what an intent that was overtaken would have told. */
  releases: SlotRelease[];
}

/** Higher than every intent of a conversation: it is gone and can state no other. */
export const LAST_INTENT = Number.MAX_SAFE_INTEGER;
