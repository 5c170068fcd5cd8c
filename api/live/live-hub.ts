import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { NumberedNote } from '../../adapters/mongo/live-events.ts';
import type { LiveFrame } from '../../contracts/live-event.ts';
import type { AppDependencies } from '../dependencies.ts';
import { makeEvents, type MakerDependencies } from './make-events.ts';
import { mayReceive, type AudibleEvent, type LiveCaller } from './may-receive.ts';
import { createNoteTail } from './note-tail.ts';
import { createRecentEvents, type RecentEvents } from './recent-events.ts';

/** Where an open socket takes what it is told. */
export interface LiveListener {
  caller: LiveCaller;
  /** A frame as it is sent. */
  send(text: string): void;
  /** Resolves when there is room for more; false: the socket is gone, or too slow. */
  whenRoom(): Promise<boolean>;
  /** More waits for it than may. */
  cutOff(): void;
}

/** Tells the sockets of one process what was noted by all. */
export interface LiveHub {
  /**
   * Tells a socket everything from now on, or behind `since`: first `ready`, or `reset` where too much was missed. Gives how to
   * end it. `onJoined`: from now on it hears of every note.
   */
  join(listener: LiveListener, since: number | undefined, onJoined: () => void): () => void;
  /** Calls back for each note, before sockets are told. */
  onNote(listen: (note: NumberedNote) => void): void;
  /** Calls back before sockets are told anything, with the configuration in force by then. */
  onConfiguration(look: (configuration: ConfigurationSnapshot) => void): void;
  stop(): void;
}

/** Of one socket, while it is told what it has missed. */
const MAX_BACKLOG = 20_000;

interface Joined {
  listener: LiveListener;
  /** What happens while it is told what it has missed. */
  backlog?: string[];
  isGone?: true;
}

type HubDependencies = MakerDependencies & Pick<AppDependencies, 'live' | 'logger'>;

/** Creates the hub of one process. It looks for notes only while somebody listens. */
export function createLiveHub(deps: HubDependencies): LiveHub {
  const joined = new Set<Joined>();
  const noteListeners: ((note: NumberedNote) => void)[] = [];
  const lookers: ((configuration: ConfigurationSnapshot) => void)[] = [];
  const recent = createRecentEvents(deps);
  let joining = 0;
  let isStopped = false;

  const tail = createNoteTail(deps, {
    isWanted: () => joined.size + joining > 0 && !isStopped,
    onBegin: (seq) => recent.beginAt(seq),
    async take(notes) {
      const events = await makeEvents(deps, notes);
      const configuration = await deps.configuration.get();
      return () => {
        for (const look of lookers) look(configuration);
        for (const note of notes) for (const listen of noteListeners) listen(note);
        recent.keep(events);
        for (const audible of events) tellAll(joined, audible);
      };
    },
  });

  async function welcome(each: Joined, since: number | undefined, onJoined: () => void): Promise<void> {
    joining += 1;
    await tail.begin().finally(() => (joining -= 1));
    if (each.isGone) return;
    // Together: what comes from here on goes to its backlog, what was before is replayed.
    joined.add(each);
    const to = tail.nextSeq();
    onJoined();
    if (!(await tellMissed(recent, each.listener, { since: since ?? to - 1, to }))) return;
    for (const text of each.backlog ?? []) each.listener.send(text);
    delete each.backlog;
  }

  return {
    join(listener, since, onJoined) {
      const each: Joined = { listener, backlog: [] };
      welcome(each, since, onJoined).catch((error: unknown) => {
        deps.logger.warn({ err: error }, 'a socket could not be told what it has missed');
        listener.cutOff();
      });
      return () => {
        each.isGone = true;
        joined.delete(each);
        if (joined.size === 0) tail.wake();
      };
    },
    onNote: (listen) => void noteListeners.push(listen),
    onConfiguration: (look) => void lookers.push(look),
    stop() {
      isStopped = true;
      tail.wake();
    },
  };
}

function tellAll(joined: ReadonlySet<Joined>, audible: AudibleEvent): void {
  let text: string | undefined;
  for (const { listener, backlog } of joined) {
    if (!mayReceive(listener.caller, audible)) continue;
    text ??= JSON.stringify(audible.event);
    if (!backlog) listener.send(text);
    else if (backlog.push(text) > MAX_BACKLOG) listener.cutOff();
  }
}

/** The first frame, and what came behind `since` and before `to`. False: the socket is gone. */
async function tellMissed(
  recent: RecentEvents,
  listener: LiveListener,
  { since, to }: { since: number; to: number },
): Promise<boolean> {
  const isBehind = since + 1 !== to;
  if (isBehind && (await recent.isTooFar(since + 1, to))) {
    listener.send(frame({ type: 'reset', seq: to - 1 }));
    return true;
  }
  listener.send(frame({ type: 'ready', seq: since }));
  if (!isBehind) return true;
  for await (const events of recent.replay(since + 1, to)) {
    for (const audible of events)
      if (mayReceive(listener.caller, audible)) listener.send(JSON.stringify(audible.event));
    if (!(await listener.whenRoom())) return false;
  }
  return true;
}

const frame = (control: LiveFrame): string => JSON.stringify(control);
