import type { AgentState, NextAgentState } from './routing.ts';

/** What a dispatcher decides or hears of a conversation, in one word. */
export const ROUTING_OUTCOMES = [
  'reserved',
  'no-agents',
  'queue-limit',
  'expired',
  'agent-lost',
  /** The agent did not take the offer. */
  'rejected',
  'no-answer',
  /** The question was taken back before anybody was found. */
  'abandoned',
  /** A connected agent was relieved of the chat. */
  'released',
] as const;
type RoutingOutcome = (typeof ROUTING_OUTCOMES)[number];

/** By what an agent was chosen, and how many there were to choose from. */
export interface ChosenBy {
  by: 'asked-for' | 'last-agent' | 'longest-idle' | 'least-loaded' | 'next-in-turn';
  idleMs: number;
  /** Who could have taken it at that moment, the chosen one among them. */
  free: number;
}

/** One decision of a dispatcher and why: the answer to "why was it routed so?" */
export interface RoutingDecision {
  /** Makes a repeated write harmless. */
  id: string;
  group: string;
  conversationId: string;
  at: number;
  outcome: RoutingOutcome;
  requestId?: string;
  agent?: string;
  reason: string;
  /** How the agent was chosen, of `reserved`. */
  chosen?: ChosenBy;
  /** What was asked for, where a question was answered or taken back: enough to play it again with other staff. */
  asked?: AskedFor;
  /** How long the agent had the chat, of `released`. */
  heldMs?: number;
}

/** A question for an agent, as far as it decides who takes it. */
export interface AskedFor {
  queuedAt: number;
  priority: number;
  service?: string;
  skills: { name: string; minLevel: number }[];
  anySkillOf: string[];
}

/** An agent's state as the dispatcher decided it: for the read model. */
export interface AgentStateRecord {
  username: string;
  state: AgentState;
  reason?: string;
  /** Epoch milliseconds of the change. */
  since: number;
  /** The agent's choice that it follows, by the record of choices: one who chose since has the last word. */
  chosenAt: number;
  /** Who set it, where it was not the agent. */
  setBy?: string;
  /** What follows when the chats of the moment have ended. */
  next?: NextAgentState;
}

/** How an agent's paper work after a chat ended. */
export type AfterWorkEnd = 'done' | 'timeout' | 'logged-out';

/** Paper work of an agent after a chat, as the dispatcher sees it: for the read model. Times in epoch milliseconds. */
export interface AfterWorkRecord {
  conversationId: string;
  /** Of the slot: tells the stretches of one agent in a conversation apart. */
  requestId: string;
  username: string;
  since: number;
  until: number;
  ended?: { at: number; by: AfterWorkEnd };
}
