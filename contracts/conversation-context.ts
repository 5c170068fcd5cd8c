import type { MessagingWindow } from './messenger-policy.ts';
import type { SettingText } from './setting-text.ts';

/** The scenario goes on by Connect Chat's exit, or the customer goes back to the queue that the agent was found in. */
export const ON_AGENT_SILENCE = ['target-disconnected', 'queue'] as const;
export type OnAgentSilence = (typeof ON_AGENT_SILENCE)[number];

/** How an entry wants its conversations to end: durations in milliseconds, texts empty where switched off. */
export interface ConversationSettings {
  inactivityTimeoutMs: number;
  inactivityWarning: SettingText;
  inactivityClosing: SettingText;
  /** How long an agent may leave what the customer wrote unanswered; absent: as long as they like. */
  agentSilenceMs?: number;
  /** What becomes of a customer whose agent is silent for so long; absent: the scenario goes on. */
  onAgentSilence?: OnAgentSilence;
  onErrorText?: SettingText;
}

/** What holds where an entry says nothing. Source of the time and the warning: Bright Pattern, Chat Settings. */
export const DEFAULT_CONVERSATION_SETTINGS: ConversationSettings &
  Record<'inactivityWarning' | 'inactivityClosing', string> = {
  inactivityTimeoutMs: 10 * 60 * 1000,
  agentSilenceMs: 5 * 60 * 1000,
  inactivityWarning: 'Are you still there? We will close this chat if we do not hear from you.',
  inactivityClosing: 'We have closed this chat because we did not hear from you. Write again at any time.',
};

/** What a service says of its chats, as far as a conversation has to know. */
export interface ServiceTerms {
  /** How long an agent has for the paper work of a chat that has ended. */
  afterWorkMs?: number;
  /** After how long a search goes on among the agents of which service, the soonest first. */
  overflow?: { afterMs: number; service: string }[];
}

/** The part of a conversation's world that is fixed when it opens. */
export interface ConversationContext {
  scenario: {
    name: string;
    version: string;
    /** The scenarios that it starts (and they start), name to version: pinned with it. Absent where it starts none. */
    scenarios?: Record<string, string>;
  };
  /** Empty of a conversation that an agent began on a Page without one. */
  entry: string;
  service?: string;
  group: string;
  /** Of these an agent has at least one, where a block asks for none. */
  serviceSkills: string[];
  /** Absent where the service says nothing. */
  serviceTerms?: ServiceTerms;
  settings: ConversationSettings;
  /** Scenario variables that the world provides: `customer`, `page`, `entry`, `service`, `timeZone`. */
  variables: Record<string, unknown>;
}

/** Answer to "a customer wrote: what is to be opened?" */
export interface OpeningContext {
  /** The engine of the worker that opens: what this run begins and ends with. */
  engineVersion: number;
  /** Keys of the last messages of this customer in the read model, newest first: what was handled already. */
  recentKeys: string[];
  /** Conversations that the customer's actor left open when it was terminated, by the groups that know of them. */
  departures: { conversationId: string; group: string }[];
  /** The conversation that an agent wanted to begin was begun before: a repeat came late. */
  isBegun?: true;
  /** Somebody has blocked the customer: nobody answers them. */
  isBlocked?: true;
  /** Absent where no entry takes the Page, or the customer is blocked: the conversation is `unrouted`. */
  context?: ConversationContext;
  /** An earlier unrouted conversation of this customer, to go on with. */
  unroutedConversationId?: string;
  /** Whose chat with this customer ended last, and when (epoch milliseconds); absent where nobody has talked with them. */
  lastAgent?: { username: string; at: number };
  threadOwner: 'ours' | 'other-app';
  threadOwnerBy?: 'echo';
  threadPausedUntil?: number;
  /** Since when, in epoch milliseconds. */
  threadOwnerAt?: number;
  /** The customer's messaging window as it was last known. */
  window?: MessagingWindow;
}
