/**
 * The socket of live events as a typed stream, for browsers and Node: it comes back by itself, resumes where it was and drops what
 * it has had. Needs nothing but a WebSocket.
 */
import { LIVE_CLOSE, type LiveEvent, type LiveFrame } from './live-event.ts';

/** As much of a WebSocket as is used: that of browsers, of Node, and of `ws`. */
interface Socket {
  addEventListener(type: 'message', take: (message: { data: unknown }) => void): void;
  addEventListener(type: 'close', take: (closing: { code: number }) => void): void;
  addEventListener(type: 'error', take: () => void): void;
  close(): void;
}

/** `replaced`: the same agent has opened another socket; `logged-out`: the log-in is over. Neither comes back by itself. */
export type LiveState = 'connecting' | 'open' | 'waiting' | 'replaced' | 'logged-out' | 'closed';

export interface LiveClientOptions {
  /** `wss://…/api/v1/events`, without a query. */
  url: string;
  /** Opens a socket: `(url) => new WebSocket(url)`, in Node with a header that holds a token. */
  open: (url: string) => object;
  /** Calls back after so many milliseconds; gives how to take that back. */
  wait: (run: () => void, ms: number) => () => void;
  onEvent: (event: LiveEvent) => void;
  /** Too much was missed: what is shown has to be fetched anew. Also told once at the beginning. */
  onReset: () => void;
  onState?: (state: LiveState) => void;
  /** What the user may do has changed: everything is fetched anew, also who they are. */
  onPrivilegesChanged?: () => void;
  /** Between 0 and 1; spreads the clients of a server that comes back. */
  random?: () => number;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;
/** Events of histories that are remembered: a worker that was killed tells some again. */
const REMEMBERED = 2000;

/** Opens the stream. What it gives ends it. */
export function openLiveClient(options: LiveClientOptions): { close(): void } {
  const { url, open, wait, onEvent, onReset, onState = () => undefined, random = Math.random } = options;
  /** The last number that was told; absent before the first socket. */
  let seq: number | undefined;
  let pauses = 0;
  const isNew = createMemory();
  let socket: Socket | undefined;
  let stopWaiting: (() => void) | undefined;
  let isClosed = false;

  function connect(): void {
    onState('connecting');
    const opened = open(seq === undefined ? url : `${url}?since=${seq}`) as Socket;
    socket = opened;
    opened.addEventListener('message', ({ data }) => take(JSON.parse(String(data)) as LiveFrame));
    // What went wrong is told by the close that follows.
    opened.addEventListener('error', () => undefined);
    opened.addEventListener('close', ({ code }) => {
      if (socket === opened) comeBack(code);
    });
  }

  function take(frame: LiveFrame): void {
    if (frame.type === 'ready' || frame.type === 'reset') {
      pauses = 0;
      onState('open');
      if (frame.type === 'reset' || seq === undefined) {
        seq = frame.seq;
        onReset();
      }
      return;
    }
    if (frame.type !== 'session.replaced' && seq !== undefined && frame.seq <= seq) return;
    seq = Math.max(seq ?? 0, frame.seq);
    if (isNew(frame)) onEvent(frame);
  }

  function comeBack(code: number): void {
    if (isClosed) return;
    if (code === LIVE_CLOSE.replaced) return onState('replaced');
    if (code === LIVE_CLOSE.loggedOut) return onState('logged-out');
    if (code === LIVE_CLOSE.privilegesChanged) {
      // What was not theirs to hear before may be now: told from the beginning, they fetch it.
      seq = undefined;
      options.onPrivilegesChanged?.();
    }
    onState('waiting');
    stopWaiting = wait(connect, pauseOf(pauses++, random()));
  }

  connect();
  return {
    close() {
      isClosed = true;
      stopWaiting?.();
      socket?.close();
      onState('closed');
    },
  };
}

/** How long is waited after so many tries, spread by a number between 0 and 1. */
function pauseOf(tries: number, random: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries) * (0.5 + random / 2);
}

/** Tells whether an event of a history was not had before; what was decided again under its id is news. */
function createMemory(): (frame: LiveEvent) => boolean {
  const told = new Set<string>();
  return (frame) => {
    if (frame.type !== 'history' && frame.type !== 'agent.history') return true;
    const key = `${frame.data.id} ${frame.data.at}`;
    if (told.has(key)) return false;
    told.add(key);
    const [oldest] = told;
    if (told.size > REMEMBERED && oldest !== undefined) told.delete(oldest);
    return true;
  };
}
