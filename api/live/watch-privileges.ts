import type { WebSocket } from '@fastify/websocket';
import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { LIVE_CLOSE } from '../../contracts/live-event.ts';
import type { Principal } from '../access.ts';
import { runEvery } from '../agents/watch-presence.ts';
import type { AppDependencies } from '../dependencies.ts';
import { isFactorRequired } from '../session/secured-session.ts';
import type { LiveHub } from './live-hub.ts';

/** How often it is looked whether somebody at a socket may do something else by now. */
const LOOK_EVERY_MS = 1000;

/**
 * Closes sockets of users who may do something else than when they were opened: before they are told anything more, and within
 * a second. They come back with what holds now. What it gives ends it.
 */
export function watchPrivileges(
  deps: Pick<AppDependencies, 'configuration' | 'logger' | 'settings'>,
  hub: Pick<LiveHub, 'onConfiguration'>,
  open: ReadonlySet<{ socket: WebSocket; principal: Principal }>,
): () => void {
  const { configuration, logger } = deps;
  const look = (snapshot: ConfigurationSnapshot): void => {
    for (const { socket, principal } of open) {
      if (isAsBefore(deps, snapshot, principal)) continue;
      socket.close(LIVE_CLOSE.privilegesChanged, 'what you may do has changed: come back, and ask anew');
    }
  };
  hub.onConfiguration(look);
  return runEvery(
    LOOK_EVERY_MS,
    async () => {
      if (open.size > 0) look(await configuration.get());
    },
    logger,
  );
}

/** Who is no user any more is logged out by the heart, which also finds whose second factor was reset. */
function isAsBefore(
  deps: Pick<AppDependencies, 'settings'>,
  snapshot: ConfigurationSnapshot,
  { username, privileges, securedBy }: Principal,
): boolean {
  const user = username === undefined ? undefined : snapshot.user(username);
  if (!user) return true;
  if (securedBy === undefined && isFactorRequired(deps, snapshot, user.role)) return false;
  const now = snapshot.privilegesOf(user.role);
  return now.size === privileges.size && [...now].every((each) => privileges.has(each));
}
