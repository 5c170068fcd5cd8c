import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenedConversation, Subject } from '../stack/subject.ts';
import type { TurnBook } from './turn-book.ts';

/** What one timed part found. Latencies in milliseconds, from handing over to the reply. */
export interface TurnSamples {
  latencies: number[];
  /** All messages handed over, those of the warm-up too. */
  sent: number;
  /** Messages refused, and replies that did not come within their bound. */
  lost: number;
  /** Length of the timed part, in seconds. */
  seconds: number;
}

/** Who is measured and how replies are heard. */
export interface TurnLoad {
  subject: Subject;
  book: TurnBook;
  conversations: readonly OpenedConversation[];
}

const REPLY_WITHIN_MS = 15_000;
/** Between two "alone" messages, so that a turn's aftermath is over before the next. */
const ALONE_PAUSE_MS = 40;
/** More messages than any machine this runs on takes in the longest timed part. */
const MOST_MESSAGES = 200_000;

/**
 * Every conversation says its next message `thinkMs` after the reply to the last. The first `warmupSeconds` do not
 * count; `onStart` and `onEnd` are called at the ends of the timed part.
 */
export async function runClosedLoop(
  { subject, book, conversations }: TurnLoad,
  timing: { seconds: number; warmupSeconds: number; thinkMs: number; onStart: () => void; onEnd: () => void },
): Promise<TurnSamples> {
  const startAt = performance.now() + timing.warmupSeconds * 1000;
  const endAt = startAt + timing.seconds * 1000;
  const latencies: number[] = [];
  let lost = 0;
  let sent = 0;
  const starting = setTimeout(timing.onStart, startAt - performance.now());
  const ending = setTimeout(timing.onEnd, endAt - performance.now());
  await Promise.all(
    conversations.map(async (conversation) => {
      while (performance.now() < endAt && sent < MOST_MESSAGES) {
        sent += 1;
        const saidAt = performance.now();
        const repliedAt = await takeTurn({ subject, book }, conversation);
        if (repliedAt === undefined) lost += 1;
        else if (repliedAt >= startAt && repliedAt <= endAt) latencies.push(repliedAt - saidAt);
        if (timing.thinkMs > 0) await sleep(timing.thinkMs);
      }
    }),
  );
  clearTimeout(starting);
  clearTimeout(ending);
  return { latencies, sent, lost, seconds: timing.seconds };
}

/** One message at a time, over all conversations in turn. */
export async function runAlone({ subject, book, conversations }: TurnLoad, messages: number): Promise<TurnSamples> {
  const latencies: number[] = [];
  let lost = 0;
  const startedAt = performance.now();
  for (let n = 0; n < messages; n += 1) {
    const conversation = conversations[n % conversations.length];
    if (!conversation) break;
    const saidAt = performance.now();
    const repliedAt = await takeTurn({ subject, book }, conversation);
    if (repliedAt === undefined) lost += 1;
    else latencies.push(repliedAt - saidAt);
    await sleep(ALONE_PAUSE_MS);
  }
  return { latencies, sent: latencies.length + lost, lost, seconds: (performance.now() - startedAt) / 1000 };
}

/**
 * Messages at a steady rate, whatever the replies do, each of the conversation that has been idle longest. Latency
 * counts from the moment a message was due, so that a stalled driver hides nothing.
 */
export async function runPaced(
  { subject, book, conversations }: TurnLoad,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<TurnSamples> {
  const idle = [...conversations];
  const latencies: number[] = [];
  let lost = 0;
  const turns: Promise<void>[] = [];
  const startAt = performance.now();
  const count = Math.min(MOST_MESSAGES, Math.floor(perSecond * seconds));
  for (let n = 0; n < count; n += 1) {
    const dueAt = startAt + (n * 1000) / perSecond;
    if (dueAt > performance.now()) await sleep(dueAt - performance.now());
    const conversation = await takeIdle(idle);
    if (!conversation) {
      lost += count - n;
      break;
    }
    turns.push(
      (async () => {
        const repliedAt = await takeTurn({ subject, book }, conversation);
        if (repliedAt === undefined) lost += 1;
        else latencies.push(repliedAt - dueAt);
        idle.push(conversation);
      })(),
    );
  }
  await Promise.all(turns);
  return { latencies, sent: latencies.length + lost, lost, seconds: (performance.now() - startAt) / 1000 };
}

/** Says a message and waits for its reply; undefined: none came, or the message was refused. */
async function takeTurn(
  { subject, book }: Pick<TurnLoad, 'subject' | 'book'>,
  conversation: OpenedConversation,
): Promise<number | undefined> {
  const { text, replied } = book.begin(REPLY_WITHIN_MS);
  try {
    await subject.say(conversation, text);
  } catch {
    // A refused message costs the bound too: a subject must not look faster for refusing.
  }
  return replied;
}

/** All busy means that the load is over what can be taken: waits, and gives up where a reply would have. */
async function takeIdle(idle: OpenedConversation[]): Promise<OpenedConversation | undefined> {
  for (const giveUpAt = performance.now() + REPLY_WITHIN_MS; performance.now() < giveUpAt; await sleep(1)) {
    const conversation = idle.shift();
    if (conversation) return conversation;
  }
  return undefined;
}
