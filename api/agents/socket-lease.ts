import type { AppDependencies } from '../dependencies.ts';
import { tellBack } from './agent-desk.ts';

/** Of a socket, without a sign of life. */
const SOCKET_LEASE_MS = 30_000;

type LeaseDependencies = Pick<AppDependencies, 'actors' | 'configuration' | 'live' | 'presence' | 'now'>;

/** The agent has opened a socket, which is their lease from now on; nothing for users who take no chats. */
export async function openSocketLease(deps: LeaseDependencies, username: string, socketId: string): Promise<void> {
  const group = (await deps.configuration.get()).groupOfUser(username);
  if (group === undefined) return;
  const wasLost = await deps.presence.openSocket(username, socketId, deps.now() + SOCKET_LEASE_MS);
  await deps.live.tell([{ type: 'session.replaced', username, socketId }]);
  if (wasLost) await tellBack(deps, group, username);
}

/** The socket is still there. False: the agent has another one by now. */
export async function renewSocketLease(deps: LeaseDependencies, username: string, socketId: string): Promise<boolean> {
  const group = (await deps.configuration.get()).groupOfUser(username);
  if (group === undefined) return true;
  const renewed = await deps.presence.renewSocket(username, socketId, deps.now() + SOCKET_LEASE_MS);
  if (renewed === 'back') await tellBack(deps, group, username);
  return renewed !== 'replaced';
}
