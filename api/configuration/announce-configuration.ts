import type { Account } from '../../adapters/mongo/configuration/configuration-items.ts';
import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { AppDependencies } from '../dependencies.ts';

type Deps = Pick<AppDependencies, 'actors' | 'presence' | 'sendLanes' | 'logger' | 'now'>;

/**
 * Tells every group's dispatcher its agents; a group that lost its last service is told that it has none. An agent who
 * moved to another group, or comes back to one, brings their state along.
 */
export async function announceConfiguration(
  deps: Deps,
  before: ConfigurationSnapshot,
  after: ConfigurationSnapshot,
): Promise<void> {
  const { actors, presence, now } = deps;
  await announceRepairs(deps, before, after);
  const groups = new Map(after.routingGroups().map(({ group, configuration }) => [group, configuration]));
  for (const { group } of before.routingGroups()) {
    if (!groups.has(group)) groups.set(group, { revision: after.revision, agents: [] });
  }
  for (const [group, configuration] of groups) await actors.tellConfiguration(group, configuration);
  for (const { username } of after.users()) {
    const group = after.groupOfUser(username);
    const isMoved = before.groupOfUser(username) !== group;
    const state = isMoved && group !== undefined ? await presence.find(username) : undefined;
    if (group !== undefined && state && state.state !== 'logged-out') {
      await actors.tellAgentState(group, { ...state, at: now() });
    }
  }
}

/** An account that changed may be the repair that a closed Page waits for: its actor looks. */
async function announceRepairs(
  { actors, sendLanes, logger }: Deps,
  before: ConfigurationSnapshot,
  after: ConfigurationSnapshot,
): Promise<void> {
  const isChanged = ({ pageId, pageToken, enabled }: Account): boolean => {
    const known = before.accountByPage(pageId);
    return known?.pageToken !== pageToken || known.enabled !== enabled;
  };
  if (!after.accounts().some(isChanged)) return;
  const closed = new Set((await sendLanes.listClosed()).map(({ pageId }) => pageId));
  const changed = after.accounts().filter((account) => closed.has(account.pageId) && isChanged(account));
  for (const { pageId } of changed) {
    // The actor looks by itself, too, only later.
    await actors.notifyPage(pageId, { type: 'probe' }).catch((error: unknown) => {
      logger.warn({ err: error, pageId }, 'the actor of a closed Page was not told of the change');
    });
  }
}
