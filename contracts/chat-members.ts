/** Who is in a chat beside the agent who holds it, and who is asked to come. */
import type { AgentIdentity } from './conversation.ts';

/**
 * `member`: talks with the customer. `consulted`: talks with the agents only. `monitor`: reads. `coach`: reads, and writes to
 * the agents only. The last two are supervisors, who have no slot for it. Source: Bright Pattern, conference and monitoring.
 */
export const PARTICIPANT_ROLES = ['member', 'consulted', 'monitor', 'coach'] as const;
export type ParticipantRole = (typeof PARTICIPANT_ROLES)[number];

/** How a supervisor is in a chat; they may change it at any time. `join`: as a member. */
export const SUPERVISION_MODES = ['monitor', 'coach', 'join'] as const;

/** More than this would be a crowd that no customer understands. */
export const MAX_PARTICIPANTS = 10;

export interface Participant {
  agent: AgentIdentity;
  role: ParticipantRole;
  /** Epoch milliseconds. */
  since: number;
}

/**
 * `transfer`: whoever accepts holds the chat, and the agent who gives it leaves then, not before. `consult`: whoever accepts
 * talks with the agents. `conference`: whoever accepts talks with the customer, too.
 */
export const INVITATION_KINDS = ['transfer', 'consult', 'conference'] as const;
export type InvitationKind = (typeof INVITATION_KINDS)[number];

/** Who is asked: one agent, anybody of a service, anybody of the service of an entry. */
export type InvitationTarget = { agent: string } | { service: string } | { entry: string };

/** What became of an invitation. `chat-ended`: the chat that it was to was over first. */
export const INVITATION_OUTCOMES = [
  'accepted',
  'rejected',
  'no-answer',
  'no-agents',
  'cancelled',
  'chat-ended',
] as const;
export type InvitationOutcome = (typeof INVITATION_OUTCOMES)[number];

/** An invitation as the record shows it; `by` gave it. Times are epoch milliseconds. */
export interface InvitationRecord {
  id: string;
  kind: InvitationKind;
  by: AgentIdentity;
  to: InvitationTarget;
  message?: string;
  at: number;
}

/** The last invitation that is over, for the agent who gave it. */
export interface SettledInvitation extends InvitationRecord {
  outcome: InvitationOutcome;
  settledAt: number;
  /** Who accepted or rejected it. */
  answeredBy?: AgentIdentity;
}

/** An agent wants a supervisor to look at the chat. */
export interface HelpFlag {
  by: AgentIdentity;
  reason?: string;
  at: number;
}
