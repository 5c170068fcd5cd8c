import { DEFAULT_GROUP } from '../../contracts/routing.ts';
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
  const question = { conversationId, skills: operation.skills, anySkillOf };
  const statistics = await deps.actors.getQueueStatistics(asked?.group ?? DEFAULT_GROUP, question);
  return statistics ? done({ ...statistics }) : noDispatcher('The dispatcher of this service does not run yet.');
};

/** An agent as their dispatcher sees them. */
export const getAgentState: OperationHandler<'get-agent-state'> = async (deps, { operation: { username } }) => {
  const user = await findUser(deps, username);
  if (!user) return noData(nobody(username));
  const group = (await deps.configuration.get()).groupOfUser(username);
  const loggedOut = { state: 'logged-out', reason: '', chats: 0, slots: user.slots };
  if (group === undefined) return done(loggedOut);
  const agentStatus = await deps.actors.getAgentStatus(group, username);
  return done(agentStatus ? { ...agentStatus } : loggedOut);
};

/** Sets the state of an agent who is logged in, as they could themselves. */
export const setAgentState: OperationHandler<'set-agent-state'> = async (deps, { operation }) => {
  const { username, state, reason } = operation;
  const group = (await deps.configuration.get()).groupOfUser(username);
  if (group === undefined) return failed(nobody(username));
  const [known] = await deps.readModel.routing.listAgentStates([username]);
  if (!known || known.state === 'logged-out') return failed(`Agent "${username}" is not logged in.`);
  await deps.actors.tellAgentState(group, {
    username,
    state,
    at: Math.max(deps.now(), known.chosenAt + 1),
    ...(reason !== undefined && { reason }),
  });
  return done();
};

function noDispatcher(reason: string): never {
  throw new OperationFailure(reason);
}
