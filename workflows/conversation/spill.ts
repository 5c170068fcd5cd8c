import { inPiecesOf, jsonBytes, PAYLOAD_LIMITS } from '../../contracts/payload-limits.ts';
import type { CustomerEvent } from '../../contracts/customer-event.ts';
import { forgetSpilledEvents, readSpilledEvents, spillEvents } from './activities.ts';
import type { Actor } from './actor.ts';
import type { ActorState, InboxItem } from './actor-state.ts';
import { isHoldingCustomer } from './closing.ts';
import { track } from './track.ts';

/**
 * What a customer has said beyond what a run can carry waits in MongoDB, piece by piece: it is older than everything in
 * the inbox and is taken before that.
 */

/** Whether the state is too large to be carried on. */
export function isTooLarge(state: ActorState): boolean {
  return state.inbox.some(isCustomer) && jsonBytes(state) > PAYLOAD_LIMITS.carriedBytes;
}

/** Moves what customers have said from the inbox to MongoDB, behind what lies there already. */
export async function spillInbox(actor: Actor): Promise<void> {
  const { state } = actor;
  // A piece that is being written can not be read, and what was read last would take the place of all to come.
  actor.isSpilling = true;
  const events = state.inbox.flatMap((item) => (item.type === 'customer' ? [item.event] : []));
  state.inbox = state.inbox.filter((item) => !isCustomer(item));
  const index = state.spillIndex ?? 0;
  const spilled = (state.spilled ??= { first: index, next: index });
  for (const piece of inPiecesOf(events, PAYLOAD_LIMITS.pieceBytes)) {
    await spillEvents({ key: keyOf(state), index: spilled.next, events: piece });
    spilled.next += 1;
    // Never used again: the word that pieces may go can be late.
    state.spillIndex = spilled.next;
  }
  actor.isSpilling = false;
}

/** Whether the next piece has to be read before anything of the customer in the inbox is taken. */
export function hasSpilled({ reloaded, spilled }: ActorState): boolean {
  return reloaded.length === 0 && spilled !== undefined;
}

/** Reads the next piece back, where one is due. */
export async function reloadSpilled(actor: Actor): Promise<void> {
  const { state } = actor;
  if (!hasSpilled(state) || !state.spilled) return;
  const { first } = state.spilled;
  takeReloaded(actor, first, await readSpilledEvents({ key: keyOf(state), index: first }));
}

/**
 * Reads the next piece back beside everything else, where one is due, none is under way and none is being written. A run
 * that is about to close leaves it to the next: else it would never be quiet, and its history grow with all that was said.
 */
export function startReloading(actor: Actor): void {
  const { state } = actor;
  if (actor.isReloading || actor.isSpilling || isHoldingCustomer(actor) || !hasSpilled(state)) return;
  actor.isReloading = true;
  track(actor, async () => {
    await reloadSpilled(actor);
    actor.isReloading = false;
    actor.isTurnDue = true;
  });
}

function takeReloaded(actor: Actor, index: number, events: CustomerEvent[]): void {
  const { state } = actor;
  state.reloaded.push(...events);
  if (!state.spilled) return;
  state.spilled.first = index + 1;
  if (state.spilled.first < state.spilled.next) return;
  const { next } = state.spilled;
  delete state.spilled;
  track(actor, () => forgetSpilledEvents({ key: keyOf(state), index: next }));
}

const isCustomer = ({ type }: InboxItem): boolean => type === 'customer';

function keyOf({ pageId, psid }: ActorState): { pageId: string; psid: string } {
  return { pageId, psid };
}
