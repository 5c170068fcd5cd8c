/** States an agent chooses; `logged-out` also follows a lost presence. */
export const AGENT_STATES = ['ready', 'not-ready', 'logged-out'] as const;
export type AgentState = (typeof AGENT_STATES)[number];

/** Level by skill name, 1 to 100. */
export type SkillLevels = Record<string, number>;

/** What the dispatcher knows of an agent from configuration. `slots`: chats at a time. */
export interface RoutableAgent {
  username: string;
  name: string;
  skills: SkillLevels;
  slots: number;
}

/** Configuration of one routing group; a lower revision than the one in force is ignored. */
export interface GroupConfiguration {
  revision: number;
  agents: RoutableAgent[];
}

/** The group of services that name none. */
export const DEFAULT_GROUP = 'default';
