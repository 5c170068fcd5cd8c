import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { AppDependencies } from '../dependencies.ts';

type Deps = Pick<AppDependencies, 'actors' | 'presence' | 'now'>;

/**
 * Tells every group's dispatcher its agents; a group that lost its last service is told that it has none. An agent who
 * moved to another group brings his state along.
 */
export async function announceConfiguration(
  { actors, presence, now }: Deps,
  before: ConfigurationSnapshot,
  after: ConfigurationSnapshot,
): Promise<void> {
  const groups = new Map(after.groups().map(({ group, configuration }) => [group, configuration]));
  for (const { group } of before.groups()) {
    if (!groups.has(group)) groups.set(group, { revision: after.revision, agents: [] });
  }
  for (const [group, configuration] of groups) await actors.tellConfiguration(group, configuration);
  for (const { username } of after.users()) {
    const group = after.groupOfUser(username);
    const isMoved = before.groupOfUser(username) !== undefined && before.groupOfUser(username) !== group;
    const state = isMoved && group !== undefined ? await presence.find(username) : undefined;
    if (group !== undefined && state && state.state !== 'logged-out') {
      await actors.tellAgentState(group, { ...state, at: now() });
    }
  }
}
