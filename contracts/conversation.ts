/** Who may speak in a conversation now. */
export type Owner = 'scenario' | 'queue' | 'agent' | 'other-app';

/** Where a conversation stands that has a workflow and is not over. */
export const OPEN_STATES = ['running', 'queued', 'offered', 'connected'] as const;

/** Where a conversation stands, as the API and the console show it. */
export const CONVERSATION_STATES = [...OPEN_STATES, 'ended', 'unrouted'] as const;
export type ConversationState = (typeof CONVERSATION_STATES)[number];

/** Why the agent's side of a chat went away. Source: Bright Pattern, Connect Chat, `$(targetDisconnectedCause)`. */
export const DISCONNECT_CAUSES = ['UserHangup', 'SystemHangup', 'UserLogout', 'Failure', 'AgentSilent'] as const;

export type DisconnectCause = (typeof DISCONNECT_CAUSES)[number];

export interface AgentIdentity {
  username: string;
  name: string;
}
