import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { superviseesOf, type Team } from '../../adapters/mongo/configuration/routing-items.ts';
import { AppError } from '../../contracts/app-error.ts';
import { mayDo } from '../../contracts/privileges.ts';
import type { Principal } from '../access.ts';

/** Whether somebody looks after an agent: admins and supervisors whom no team names look after all. */
export function looksAfter(
  configuration: Pick<ConfigurationSnapshot, 'teams'>,
  principal: Principal,
  agent: string,
): boolean {
  const { username } = principal;
  if (mayDo(principal, 'see-all-chats') || username === undefined || agent === username) return true;
  const own = superviseesOf(configuration.teams(), username);
  return own === undefined || own.members.includes(agent);
}

/** The teams that somebody looks after: those that name them, else all. */
export function teamsOf(configuration: Pick<ConfigurationSnapshot, 'teams'>, principal: Principal): Team[] {
  const { username } = principal;
  const all = configuration.teams();
  const own = all.filter(({ supervisors }) => username !== undefined && supervisors.includes(username));
  return mayDo(principal, 'see-team-chats') && own.length > 0 ? own : all;
}

/**
 * The group of an agent whom the caller looks after.
 * @throws AppError NOT_FOUND for anybody else: names are not confirmed
 */
export function getSupervisedGroup(configuration: ConfigurationSnapshot, principal: Principal, agent: string): string {
  const group = configuration.groupOfUser(agent);
  if (group === undefined || !looksAfter(configuration, principal, agent)) {
    throw new AppError('NOT_FOUND', { message: `There is no agent "${agent}" in your teams.` });
  }
  return group;
}
