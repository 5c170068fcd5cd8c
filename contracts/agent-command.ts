import type { AgentIdentity } from './conversation.ts';
import type { agentCommandSchemas } from './agent-command-schema.ts';
import type { z } from 'zod';

/** The kinds of commands that an agent has on a conversation: each a row of `agentCommandSchemas`. */
export type AgentCommandType = keyof typeof agentCommandSchemas;

/** What an agent asks of a conversation: the body of the request and its type, the same from HTTP to the actor. */
export type AgentCommand<Type extends AgentCommandType = AgentCommandType> = {
  [Each in Type]: { type: Each } & z.output<(typeof agentCommandSchemas)[Each]>;
}[Type];

/** A command as the actor takes it, with who gives it and on what. */
export type IssuedCommand<Type extends AgentCommandType = AgentCommandType> = AgentCommand<Type> & {
  conversationId: string;
  /**
   * The caller's, made unique among callers by the api. It is also the `updateId`: a repeat does nothing twice and gets
   * the first answer again.
   */
  clientId: string;
  agent: AgentIdentity;
  /** Hash of what the caller asked for: a `clientId` that comes back with another one is refused. */
  contentHash: string;
};

/** What each command comes to. `at`: epoch milliseconds. */
interface AgentCommandResults {
  accept: { conversationId: string };
  reject: { conversationId: string };
  message: { id: string; at: number };
  end: { conversationId: string };
  snooze: { conversationId: string };
  wake: { conversationId: string };
  invite: { conversationId: string; invitationId: string };
  cancelInvitation: { conversationId: string };
  transferToScenario: { conversationId: string };
  finishConsult: { conversationId: string };
  leave: { conversationId: string };
  supervise: { conversationId: string };
  takeOver: { conversationId: string };
  note: { id: string; at: number };
  innerMessage: { id: string; at: number };
  flag: { conversationId: string };
  label: { labels: string[] };
  pick: { conversationId: string };
  prioritize: { conversationId: string };
  assign: { conversationId: string };
}

export type AgentCommandResult<Type extends AgentCommandType = AgentCommandType> = AgentCommandResults[Type];
