import type { NumberedNote } from '../../adapters/mongo/live-events.ts';
import type { AppDependencies } from '../dependencies.ts';

/** How soon a note of another process is seen where the server does not tell; sooner while there is something to see. */
const POLL_MS = 20;
const BUSY_POLL_MS = 7;
const BUSY_FOR_MS = 2000;
const AFTER_FAILURE_MS = 500;

/** Reads notes as they come, while somebody wants them. */
export interface NoteTail {
  /** Number of the note that is read next. */
  nextSeq(): number;
  /** Resolves once every note from `nextSeq()` on will be given. */
  begin(): Promise<void>;
  /** Looks at once, as whether anybody still wants notes. */
  wake(): void;
}

interface TailWork {
  isWanted: () => boolean;
  /** The tail begins at this number: what was read before is not continued. */
  onBegin: (seq: number) => void;
  /** The same notes come again where it fails. Synchronous after its last await: `nextSeq` goes on when it resolves. */
  take: (notes: NumberedNote[]) => Promise<() => void>;
}

/** Creates the tail of one process. */
export function createNoteTail(
  { live, logger, now }: Pick<AppDependencies, 'live' | 'logger' | 'now'>,
  work: TailWork,
): NoteTail {
  let next = 0;
  let following: Promise<void> | undefined;
  const { pause, wake } = createPause();
  let busyUntil = 0;

  async function start(): Promise<void> {
    next = await live.findNextSeq();
    work.onBegin(next);
    void follow();
  }

  async function follow(): Promise<void> {
    const unwatch = live.watch(wake);
    while (work.isWanted()) {
      try {
        const notes = await live.read(next);
        if (notes.length === 0) await pause(now() < busyUntil ? BUSY_POLL_MS : POLL_MS);
        else await takeAll(notes);
      } catch (error) {
        logger.warn({ err: error }, 'live events cannot be read, trying again');
        await pause(AFTER_FAILURE_MS);
      }
    }
    // Before anything is awaited: who comes from now on begins anew.
    following = undefined;
    unwatch();
  }

  async function takeAll(notes: NumberedNote[]): Promise<void> {
    busyUntil = now() + BUSY_FOR_MS;
    const tell = await work.take(notes);
    next = (notes.at(-1)?.seq ?? next) + 1;
    tell();
  }

  return {
    nextSeq: () => next,
    async begin() {
      try {
        await (following ??= start());
      } catch (error) {
        following = undefined;
        throw error;
      }
    },
    wake,
  };
}

/** A pause that can be cut short. */
function createPause(): { pause: (ms: number) => Promise<void>; wake: () => void } {
  let wakeUp: (() => void) | undefined;
  return {
    pause: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    wake: () => wakeUp?.(),
  };
}
