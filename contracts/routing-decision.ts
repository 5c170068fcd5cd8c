/** One decision of a dispatcher and why: the answer to "why was it routed so?" */
export interface RoutingDecision {
  /** Makes a repeated write harmless. */
  id: string;
  group: string;
  conversationId: string;
  at: number;
  outcome: 'reserved' | 'no-agents' | 'queue-limit' | 'expired' | 'agent-lost';
  agent?: string;
  reason: string;
}

/** An agent's state as the dispatcher decided it: for the read model. */
export interface AgentStateRecord {
  username: string;
  state: 'ready' | 'not-ready' | 'logged-out';
  reason?: string;
  /** Epoch milliseconds of the change. */
  since: number;
  /** The agent's choice that it follows, by the record of choices: one who chose since has the last word. */
  chosenAt: number;
}
