import type {
  AgentCommand,
  AgentCommandResult,
  AgentCommandType,
  IssuedCommand,
} from '../../contracts/agent-command.ts';
import type { DeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { runOnce } from './run-once.ts';
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
  return runOnce(deps, { principal, conversationId, command }, async (identity) => {
    const { username, name } = principal;
    const { workflowId } = await getVisibleConversation(deps, principal, conversationId);
    const issued: IssuedCommand<Type> = { ...command, conversationId, ...identity, agent: { username, name } };
    return deps.actors.runCommand(workflowId, issued);
  });
}
