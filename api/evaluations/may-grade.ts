import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { Evaluation } from '../../contracts/evaluation.ts';
import { mayDo } from '../../contracts/privileges.ts';
import { toPrincipal, type Principal } from '../access.ts';
import { looksAfter } from '../agents/supervised-agents.ts';

/** Who looks after the agent, and is not that agent: nobody grades themselves. */
export function isGrader(
  configuration: Pick<ConfigurationSnapshot, 'teams'>,
  principal: Principal,
  { agent }: Pick<Evaluation, 'agent'>,
): boolean {
  return mayDo(principal, 'grade-chats') && agent !== principal.username && looksAfter(configuration, principal, agent);
}

/** Whether a user, by their name, may grade an agent. */
export function mayGrade(
  configuration: Pick<ConfigurationSnapshot, 'privilegesOf' | 'teams' | 'user'>,
  evaluator: string,
  agent: string,
): boolean {
  const user = configuration.user(evaluator);
  return user !== undefined && isGrader(configuration, toPrincipal(user, configuration), { agent });
}

/** Users who may grade at all. */
export function listGraders({ users, privilegesOf }: Pick<ConfigurationSnapshot, 'privilegesOf' | 'users'>): string[] {
  return users()
    .filter(({ role }) => mayDo({ privileges: privilegesOf(role) }, 'grade-chats'))
    .map(({ username }) => username);
}
