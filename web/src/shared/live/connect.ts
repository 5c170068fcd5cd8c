import type { QueryClient } from '@tanstack/react-query';
import { openLiveClient, type LiveState } from '../../../../contracts/live-client.ts';
import type { LiveEvent } from '../../../../contracts/live-event.ts';
import { call } from '../client/client.ts';
import { applyEvent } from './apply-event.ts';
import { useLive } from './live-store.ts';

/** How long a break that is over is told of. */
const BACK_SHOWN_MS = 6000;

const urlOf = (): string => `${location.origin.replace(/^http/, 'ws')}/api/v1/events`;

interface Connection {
  queryClient: QueryClient;
  username: string;
  /** Hears of every event after it was written down. */
  onEvent: (event: LiveEvent) => void;
  /** The socket is open, at first or again. */
  onOpen: () => void;
  /** What the user may do has changed. */
  onPrivilegesChanged: () => void;
  /** The log-in is over. */
  onLoggedOut: () => void;
}

/** Connects this page to what happens. What it gives ends it. */
export function connectLive(connection: Connection): () => void {
  const { queryClient, username, onEvent, onOpen, onPrivilegesChanged, onLoggedOut } = connection;
  let client: { close(): void } | undefined;
  let tryNow: (() => void) | undefined;
  let isClosed = false;

  function onState(state: LiveState): void {
    noteState(state);
    if (state === 'open') onOpen();
    if (state === 'logged-out') onLoggedOut();
    if (state === 'waiting' && useLive.getState().tries > 1) void askWhy();
  }

  /** A browser tells no reason why a socket was refused: the log-in may be over, or do nothing before it has a second factor. */
  async function askWhy(): Promise<void> {
    const response = await call('GET /api/v1/session');
    if (isClosed) return;
    if (!response.ok && response.status === 401) onLoggedOut();
    if (response.ok && response.body.needsSecondFactor) onPrivilegesChanged();
  }

  function open(): void {
    client = openLiveClient({
      url: urlOf(),
      open: (url) => new WebSocket(url),
      wait(run, ms) {
        const timer = setTimeout(run, ms);
        useLive.setState({ nextAt: Date.now() + ms });
        tryNow = () => {
          clearTimeout(timer);
          run();
        };
        return () => clearTimeout(timer);
      },
      onEvent(event) {
        applyEvent(queryClient, event, username);
        onEvent(event);
      },
      // Too much was missed, or nothing was known yet: what is shown is asked for anew.
      onReset: () => void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' }),
      onPrivilegesChanged,
      onState,
    });
  }

  const wake = (): void => {
    if (useLive.getState().state === 'waiting') tryNow?.();
  };
  /** A socket may have outlived the break. */
  const onOnline = (): void => {
    wake();
    onOpen();
  };
  useLive.setState({ tryNow: wake, takeOver: open });
  window.addEventListener('online', onOnline);
  open();
  return () => {
    isClosed = true;
    window.removeEventListener('online', onOnline);
    client?.close();
  };
}

function noteState(state: LiveState): void {
  const { lostAt, tries } = useLive.getState();
  if (state === 'open') {
    const backAfterMs = lostAt === undefined ? undefined : Date.now() - lostAt;
    useLive.setState({ state, tries: 0, nextAt: undefined, lostAt: undefined, backAfterMs });
    setTimeout(() => useLive.setState({ backAfterMs: undefined }), BACK_SHOWN_MS);
    return;
  }
  if (state === 'waiting') useLive.setState({ state, tries: tries + 1, lostAt: lostAt ?? Date.now() });
  else useLive.setState({ state, nextAt: undefined });
}
