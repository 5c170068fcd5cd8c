import { WorkflowNotFoundError } from '@temporalio/client';
import { dispatcherWorkflowId } from '../../adapters/temporal/workflow-id.ts';
import { DEFAULT_GROUP } from '../../contracts/routing.ts';
import { agentStatusQuery, agentStateSignal, queueStatisticsQuery } from '../../workflows/messages.ts';
import { done, failed, noData, OperationFailure, type OperationHandler } from './operation-handler.ts';
import { findUser, nobody } from './look-up-people.ts';

/** What a dispatcher says of its queue, as a conversation that asks for these skills would meet it. */
export const getStatistics: OperationHandler<'get-statistics'> = async (
  deps,
  { operation, conversationId, service },
) => {
  const name = operation.service ?? service;
  const asked = name === undefined ? undefined : (await deps.configuration.get()).service(name);
  if (operation.service !== undefined && !asked) return noDispatcher(`The configuration has no service "${name}".`);
  const anySkillOf = operation.skills.length === 0 ? (asked?.skills ?? []) : [];
  const handle = deps.temporal.workflow.getHandle(dispatcherWorkflowId(asked?.group ?? DEFAULT_GROUP));
  const request = { conversationId, skills: operation.skills, anySkillOf };
  const statistics = await found(handle.query(queueStatisticsQuery, request));
  return statistics ? done({ ...statistics }) : noDispatcher('The dispatcher of this service does not run yet.');
};

/** An agent as their dispatcher sees them. */
export const getAgentState: OperationHandler<'get-agent-state'> = async (deps, { operation: { username } }) => {
  const user = await findUser(deps, username);
  if (!user) return noData(nobody(username));
  const group = (await deps.configuration.get()).groupOfUser(username);
  const loggedOut = { state: 'logged-out', reason: '', chats: 0, slots: user.slots };
  if (group === undefined) return done(loggedOut);
  const handle = deps.temporal.workflow.getHandle(dispatcherWorkflowId(group));
  const agentStatus = await found(handle.query(agentStatusQuery, username));
  return done(agentStatus ? { ...agentStatus } : loggedOut);
};

/** Sets the state of an agent who is logged in, as they could themselves. */
export const setAgentState: OperationHandler<'set-agent-state'> = async (deps, { operation }) => {
  const { username, state, reason } = operation;
  const group = (await deps.configuration.get()).groupOfUser(username);
  if (group === undefined) return failed(nobody(username));
  const [known] = await deps.readModel.routing.listAgentStates([username]);
  if (!known || known.state === 'logged-out') return failed(`Agent "${username}" is not logged in.`);
  await deps.temporal.workflow.getHandle(dispatcherWorkflowId(group)).signal(agentStateSignal, {
    username,
    state,
    at: deps.now(),
    ...(reason !== undefined && { reason }),
  });
  return done();
};

function noDispatcher(reason: string): never {
  throw new OperationFailure(reason);
}

/** The answer of an actor, or nothing where none runs. */
async function found<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
