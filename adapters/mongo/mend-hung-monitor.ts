import { setTimeout as delay } from 'node:timers/promises';
import type { MongoClient } from 'mongodb';

/** How long a heartbeat may last before it counts as lost. Awaited ones wait at the server for news. */
export interface HeartbeatPatience {
  ms: number;
  awaitedMs: number;
}

const LOOK_EVERY_MS = 1000;
const CONNECT_AGAIN_MS = 1000;

/**
 * Connects a client anew whose monitor has stopped. A command that is written between the end of a socket and the news of
 * it never settles in driver 7.9: nothing tells `drain`, and no time-out is left. Where that command was the monitor's, the server stays
 * unknown for ever although it is back. Seen when MongoDB was killed on a busy machine. `onHung` hears of it first.
 */
export function mendHungMonitor(client: MongoClient, patience: HeartbeatPatience, onHung: () => void): void {
  /** When the heartbeat under way has to be over, by server. */
  const overBy = new Map<string, number>();
  let isMending = false;
  client.on('serverHeartbeatStarted', ({ connectionId, awaited }) => {
    overBy.set(connectionId, performance.now() + (awaited ? patience.awaitedMs : patience.ms));
  });
  client.on('serverHeartbeatSucceeded', ({ connectionId }) => void overBy.delete(connectionId));
  client.on('serverHeartbeatFailed', ({ connectionId }) => void overBy.delete(connectionId));
  // One that is closed, by us or for good, ends its heartbeats without a word.
  client.on('topologyClosed', () => overBy.clear());

  async function mend(): Promise<void> {
    await client.close();
    for (;;) {
      try {
        await client.connect();
        return;
      } catch {
        // It is away by now, too; calls meanwhile are told that nobody is connected.
        await delay(CONNECT_AGAIN_MS, undefined, { ref: false });
      }
    }
  }

  setInterval(() => {
    const isHung = [...overBy.values()].some((at) => performance.now() > at);
    if (!isHung || isMending) return;
    isMending = true;
    onHung();
    void mend().finally(() => (isMending = false));
  }, LOOK_EVERY_MS).unref();
}
