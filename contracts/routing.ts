/**
 * States an agent chooses; `logged-out` also follows a lost presence. `supervising`: logged in to watch others, given no chats.
 */
export const AGENT_STATES = ['ready', 'not-ready', 'supervising', 'logged-out'] as const;
export type AgentState = (typeof AGENT_STATES)[number];

/** States as others see them: `busy` and `after-call-work` are those of a ready agent who can take no more. */
export const SEEN_AGENT_STATES = ['ready', 'not-ready', 'supervising', 'busy', 'after-call-work'] as const;
export type SeenAgentState = (typeof SEEN_AGENT_STATES)[number];

/** A state that an agent takes when the chats that they have now have ended, paper work included. */
export interface NextAgentState {
  state: Extract<AgentState, 'not-ready' | 'logged-out'>;
  reason?: string;
}

/** Level by skill name, 1 to 100. */
export type SkillLevels = Record<string, number>;

/** What the dispatcher knows of an agent from configuration. `slots`: chats at a time. */
export interface RoutableAgent {
  username: string;
  name: string;
  skills: SkillLevels;
  slots: number;
}

/** Who of several free agents is taken. */
export const AGENT_CHOICES = ['longest-idle', 'least-loaded', 'round-robin'] as const;
type AgentChoice = (typeof AGENT_CHOICES)[number];

/** A reason of Not Ready, and what follows by itself: the agent is ready again, or logged out. */
export interface BreakReason {
  name: string;
  returnAfterMs?: number;
  logOutAfterMs?: number;
}

/** How a group chooses; where something is absent the usual holds. */
export interface GroupSettings {
  /** `longest-idle` where absent. */
  choice?: AgentChoice;
  /** Whoever waits gains one step of priority in each such time; absent: priority alone counts. */
  ageingMs?: number;
  /** How long an agent who has a chat is left alone after each that they are given. */
  rampUpMs?: number;
  /** How many may wait; the dispatcher's own limit where absent. */
  queueLimit?: number;
  breaks?: BreakReason[];
}

/** Configuration of one routing group; a lower revision than the one in force is ignored. */
export interface GroupConfiguration {
  revision: number;
  agents: RoutableAgent[];
  settings?: GroupSettings;
  /** Percent of an agent that a chat of the service takes, for those services that say so. */
  loads?: Record<string, number>;
}

/** The group of services that name none. */
export const DEFAULT_GROUP = 'default';
