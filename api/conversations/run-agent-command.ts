import { AppError } from '../../contracts/app-error.ts';
import type { OutboundAttachment } from '../../contracts/outbound-attachment.ts';
import type { CommandResponse, ConversationCommand } from '../actors.ts';
import type { DeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { getVisibleConversation } from './visible-conversation.ts';

type Deps = Pick<AppDependencies, 'actors' | 'commandResults' | 'configuration' | 'conversations' | 'now'>;

/** What an agent wants of a conversation; the rest of a command is known from who asks. */
export type AgentCommandRequest =
  | { type: 'accept'; offerId: string }
  | { type: 'reject'; offerId: string; reason?: string | undefined }
  | { type: 'message'; text: string; attachments?: OutboundAttachment[] | undefined }
  | { type: 'end' };

interface AgentRequest {
  principal: DeskPrincipal;
  conversationId: string;
  /** As the client made it. */
  clientId: string;
  agentCommand: AgentCommandRequest;
}

/**
 * Carries out an agent's command once, however often their client repeats it, also after the conversation has ended.
 * Refusals are not kept: the actor gives the same one again, or has good news by then.
 * @throws AppError REQUEST_INVALID where the client used this `clientId` for another command
 */
export async function runAgentCommand(deps: Deps, request: AgentRequest): Promise<CommandResponse> {
  const { principal, conversationId, agentCommand } = request;
  const { username, name } = principal;
  // Two clients may choose the same id: the user name keeps them apart. User names hold no colon.
  const clientId = `${username}:${request.clientId}`;
  const command = `${agentCommand.type} ${conversationId}`;
  const earlier = await deps.commandResults.find(clientId);
  if (earlier && earlier.command !== command) {
    const remedy = 'Make a new clientId for each command.';
    const details = [{ path: 'clientId', message: 'was used for another command', remedy }];
    throw new AppError('REQUEST_INVALID', { details });
  }
  if (earlier) return earlier.response as CommandResponse;
  const { workflowId } = await getVisibleConversation(deps, principal, conversationId);
  const toRun = { ...agentCommand, conversationId, clientId, agent: { username, name } } as ConversationCommand;
  const response = await deps.actors.runCommand(workflowId, toRun);
  await deps.commandResults.remember(clientId, { command, response }, deps.now());
  return response;
}
