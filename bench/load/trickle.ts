import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchStack } from '../stack/bench-stack.ts';
import { createPsid } from './conversations.ts';
import { messagingEvent, webhookBody } from './webhook-client.ts';

/** One message of a trickle. Times by `performance.now()`, waits in ms; `repliedMs` undefined: no reply in time. */
export interface TrickleMessage {
  psid: string;
  dueAt: number;
  acknowledgedMs: number;
  repliedMs: number | undefined;
}

/** A trickle under way. */
export interface Trickle {
  /** Sends no more, waits for the replies under way and gives all messages. */
  stop: () => Promise<TrickleMessage[]>;
}

const EVERY_MS = 100;

/** Sends bodies of one message at a steady rate, each of a new customer, whatever becomes of those before. */
export function startTrickle(
  { book, product, webhook }: BenchStack,
  { pageId, replyWithinMs }: { pageId: string; replyWithinMs: number },
): Trickle {
  const stopping = new AbortController();
  const messages: Promise<TrickleMessage>[] = [];

  async function say(dueAt: number): Promise<TrickleMessage> {
    const psid = createPsid();
    const { text, replied } = book.begin(replyWithinMs);
    const status = await webhook.post(
      product.targetOf(pageId),
      webhookBody(pageId, [messagingEvent(pageId, psid, text)]),
    );
    if (status !== 200) throw new Error(`The webhook answered ${status}`);
    const acknowledgedMs = performance.now() - dueAt;
    const at = await replied;
    return { psid, dueAt, acknowledgedMs, repliedMs: at === undefined ? undefined : at - dueAt };
  }

  async function run(): Promise<void> {
    for (let dueAt = performance.now(); !stopping.signal.aborted; dueAt += EVERY_MS) {
      await sleep(Math.max(0, dueAt - performance.now()));
      messages.push(say(dueAt));
    }
  }

  const ended = run();
  return {
    async stop() {
      stopping.abort();
      await ended;
      return Promise.all(messages);
    },
  };
}
