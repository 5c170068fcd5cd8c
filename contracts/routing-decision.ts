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
  since: number;
}
