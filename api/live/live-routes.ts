import { randomUUID } from 'node:crypto';
import websocket, { type WebSocket } from '@fastify/websocket';
import { AppError } from '../../contracts/app-error.ts';
import { mayDo } from '../../contracts/privileges.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { LIVE_CLOSE, type LiveFrame } from '../../contracts/live-event.ts';
import { bearerOf, getPrincipal, isSameOrigin, type Principal } from '../access.ts';
import { createLeaseTurns } from '../agents/lease-turns.ts';
import { openSocketLease, renewSocketLease } from '../agents/socket-lease.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerSocket } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { lacksFactor } from '../session/secured-session.ts';
import { createLiveHub } from './live-hub.ts';
import { createSocketListener } from './socket-listener.ts';
import { watchPrivileges } from './watch-privileges.ts';

const HEARTBEAT_MS = 10_000;
/** Clients say nothing at a socket. */
const MAX_CLIENT_BYTES = 1024;
/** WebSocket's own code for a server that goes away to come back. */
const SERVICE_RESTART = 1012;

/** An open socket of this process. */
interface OpenSocket {
  id: string;
  socket: WebSocket;
  principal: Principal;
  /** The agent's lease is this socket's, by all that this process has heard. */
  isHolder?: true;
  /** Has answered since the last beat. */
  isAlive: boolean;
}

/** Lets the app take WebSockets; before its first route. */
export async function openForSockets(app: App): Promise<void> {
  await app.register(websocket, {
    options: { maxPayload: MAX_CLIENT_BYTES },
    preClose(done) {
      for (const client of app.websocketServer.clients) client.close(SERVICE_RESTART, 'restart: resume with since');
      app.websocketServer.close(() => done());
    },
  });
}

/** The socket of live events: the log-in and its privileges as everywhere, an agent's lease, and a heart that beats. */
export function registerLiveRoutes(app: App, deps: AppDependencies): void {
  const hub = createLiveHub(deps);
  const open = new Set<OpenSocket>();
  const turns = createLeaseTurns();

  hub.onNote(({ seq, note }) => {
    if (note.type !== 'session.replaced') return;
    for (const each of open) {
      if (each.principal.username !== note.username) continue;
      // One that has not heard of itself yet is the newer one.
      if (each.id === note.socketId) each.isHolder = true;
      else if (each.isHolder) replace(each, seq);
    }
  });

  const stopLooking = watchPrivileges(deps, hub, open);
  const beating = setInterval(() => {
    for (const each of open) void beat(deps, each);
  }, HEARTBEAT_MS);
  beating.unref();
  app.addHook('preClose', async () => {
    clearInterval(beating);
    stopLooking();
    hub.stop();
  });

  guardSockets(app);

  registerSocket(app, httpRoutes.listenToEvents, (socket, request) => {
    const principal = getPrincipal(request);
    const { privileges, username } = principal;
    const each: OpenSocket = { id: randomUUID(), socket, principal, isAlive: true };
    open.add(each);
    const listener = createSocketListener(socket, { privileges, username });
    const leave = hub.join(listener, request.query.since, () => takeLease(each));
    socket.on('pong', () => (each.isAlive = true));
    socket.on('close', () => {
      open.delete(each);
      leave();
    });
  });

  function takeLease(each: OpenSocket): void {
    const username = leaseholderOf(each.principal);
    if (username === undefined) return;
    turns.run(username, async () => {
      // Closed while it waited: the agent has gone on to another.
      if (!open.has(each)) return;
      await openSocketLease(deps, username, each.id).catch((error: unknown) =>
        deps.logger.warn({ err: error, username }, 'the lease of a socket was not taken'),
      );
    });
  }
}

/** A browser sends its cookie along from any site's page. */
function guardSockets(app: App): void {
  app.addHook('preValidation', async (request) => {
    if (request.routeOptions.url !== httpRoutes.listenToEvents.path || bearerOf(request) !== undefined) return;
    if (!isSameOrigin(request))
      throw new AppError('FORBIDDEN', { message: 'A socket by cookie is opened from its own site only.' });
  });
}

/** Whose lease a socket is. Nobody offers chats to admins: they may look from several places at once. */
function leaseholderOf(principal: Principal): string | undefined {
  return mayDo(principal, 'answer-chats') ? principal.username : undefined;
}

function replace({ socket, principal }: OpenSocket, seq: number): void {
  const { username = '' } = principal;
  const frame: LiveFrame = { seq, type: 'session.replaced', data: { username } };
  socket.send(JSON.stringify(frame));
  socket.close(LIVE_CLOSE.replaced, 'replaced: the same agent has opened another socket');
}

async function isStillIn({ apiTokens, sessions, now }: AppDependencies, principal: Principal): Promise<boolean> {
  const { sessionHash, token } = principal;
  if (token) return (await apiTokens.use(token.hash, now())) !== undefined;
  return sessionHash === undefined || (await sessions.use(sessionHash, now())) !== undefined;
}

async function hasLostFactor(deps: AppDependencies, { username, userId, securedBy }: Principal): Promise<boolean> {
  if (username === undefined || userId === undefined) return false;
  const configuration = await deps.configuration.get();
  const role = configuration.user(username)?.role ?? '';
  return lacksFactor(deps, configuration, { role, userId, securedBy });
}

/** Ends a socket that has not answered, or whose log-in is over; renews an agent's lease. */
async function beat(deps: AppDependencies, each: OpenSocket): Promise<void> {
  const { socket, principal } = each;
  if (!each.isAlive) return socket.terminate();
  each.isAlive = false;
  socket.ping();
  try {
    const username = leaseholderOf(principal);
    if (!(await isStillIn(deps, principal))) return socket.close(LIVE_CLOSE.loggedOut, 'the log-in is over');
    if (await hasLostFactor(deps, principal))
      return socket.close(LIVE_CLOSE.privilegesChanged, 'your second factor was reset: set one up');
    if (username !== undefined && !(await renewSocketLease(deps, username, each.id))) replace(each, 0);
  } catch (error) {
    deps.logger.warn({ err: error }, 'a socket could not be looked after');
  }
}
