import { createHash } from 'node:crypto';
import { AppError } from '../../contracts/app-error.ts';
import type {
  AgentCommand,
  AgentCommandResult,
  AgentCommandType,
  IssuedCommand,
} from '../../contracts/agent-command.ts';
import type { DeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { getVisibleConversation } from './visible-conversation.ts';

type Deps = Pick<AppDependencies, 'actors' | 'commandResults' | 'configuration' | 'conversations' | 'now'>;

/** Who asks what of which conversation. */
interface AgentRequest<Type extends AgentCommandType> {
  principal: DeskPrincipal;
  conversationId: string;
  command: AgentCommand<Type>;
}

/**
 * Carries out an agent's command once, however often their client repeats it, also after the conversation has ended.
 * Refusals are not kept: the actor gives the same one again, or takes it by then.
 * @throws AppError REQUEST_INVALID where the client used this `clientId` for another command, or with other content
 */
export async function runAgentCommand<Type extends AgentCommandType>(
  deps: Deps,
  { principal, conversationId, command }: AgentRequest<Type>,
): Promise<AgentCommandResult<Type>> {
  const { username, userId, name } = principal;
  // Two clients may choose the same id: the user's keeps them apart. It holds no colon.
  const clientId = `${userId}:${command.clientId}`;
  const contentHash = hashOf({ ...command, conversationId });
  const earlier = await deps.commandResults.find(clientId);
  if (earlier && earlier.contentHash !== contentHash) throw clientIdReused();
  if (earlier) return earlier.response as AgentCommandResult<Type>;
  const { workflowId } = await getVisibleConversation(deps, principal, conversationId);
  const agent = { username, name };
  const issued: IssuedCommand<Type> = { ...command, conversationId, clientId, agent, contentHash };
  const response = await deps.actors.runCommand(workflowId, issued);
  await deps.commandResults.remember(clientId, { contentHash, response }, deps.now());
  return response;
}

function hashOf(command: object): string {
  const sorted = Object.entries(command).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url');
}

function clientIdReused(): AppError {
  const remedy = 'Make a new clientId for each command.';
  return new AppError('REQUEST_INVALID', {
    details: [{ path: 'clientId', message: 'was used for another command', remedy }],
  });
}
