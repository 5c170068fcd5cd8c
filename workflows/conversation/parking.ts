import { partLifetimeMs } from '../../contracts/messenger-policy.ts';
import type { Parking } from '../../contracts/part.ts';
import { openConversation, type Actor } from './actor.ts';
import type { OpenConversation, OutboxEntry } from './actor-state.ts';

/**
 * Lets a part wait where it is. It expires: a machine's after a day, an agent's after seven. Its effect is answered then
 * and not before, so a block waits for what it said, and no longer than a day.
 */
export function parkEntry(actor: Actor, entry: OutboxEntry, by: Parking['by']): void {
  // Nobody waits for the part of a conversation that is over: it is sent once more, as such, and has its end then.
  if (openConversation(actor).ended) return;
  // What it would wait for came while it was on its way to being parked: it is tried again at once.
  if (by === 'send-lane' && actor.isReleased) return;
  if (by === 'window' && (actor.state.window?.until ?? 0) > actor.sendingWindowUntil) return;
  if (by === 'thread' && actor.state.threadOwner === 'ours') return;
  entry.parked = { by, until: entry.part.at + partLifetimeMs(entry.part.author.kind) };
}

/** Lets parked parts go again: those that wait for the window, for the Page, or all. */
export function releaseParked({ outbox }: OpenConversation, by?: Parking['by']): void {
  for (const entry of outbox) if (by === undefined || entry.parked?.by === by) delete entry.parked;
}

/** Somebody says that parts may leave again: what is parked now, and what is on its way to being parked. */
export function takeRelease(actor: Actor): void {
  actor.isReleased = actor.isSending;
  releaseParked(openConversation(actor));
}

/** A parked part whose time is over is recorded as not sent, and its effect is answered. */
export function expireParked(entry: OutboxEntry): void {
  delete entry.parked;
  entry.refusal = 'expired: it could not be sent in time';
}

/**
 * The next part to leave. Parts leave in order, but what an agent says does not wait behind a machine's part that waits
 * for the window: an agent may write when a machine may not. A Page that cannot send holds all of them.
 */
export function nextEntry({ outbox }: OpenConversation): OutboxEntry | undefined {
  const waiting = new Set<string>();
  for (const entry of outbox) {
    const { kind } = entry.part.author;
    if (entry.parked?.by === 'send-lane') return undefined;
    if (entry.parked) waiting.add(kind);
    else if (!waiting.has(kind)) return entry;
  }
  return undefined;
}
