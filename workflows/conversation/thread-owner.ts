import type { OpeningContext } from '../../contracts/conversation-context.ts';
import type { ThreadOwnerChange } from '../../contracts/actor-messages.ts';
import { isInstantReply } from '../../contracts/messenger-policy.ts';
import { openConversation, type Actor } from './actor.ts';
import { noteEvent, SYSTEM } from './history.ts';
import { releaseParked } from './parking.ts';

/** A thread that another app holds is given up after a day; nothing is sent until it comes back. */
const OTHER_APP_LIMIT_MS = 24 * 60 * 60 * 1000;

/** Takes what the read model knows of the thread, before a conversation is open. */
export function recallThreadOwner({ state }: Actor, known: OpeningContext): void {
  const { threadOwner, threadOwnerAt, threadOwnerBy, threadPausedUntil } = known;
  if (threadOwnerAt === undefined || threadOwnerAt >= (state.ownerChangedAt ?? 0)) {
    noteChange(state, { by: threadOwnerBy, pausedUntil: threadPausedUntil });
  }
  const isPauseOver = threadPausedUntil !== undefined && threadPausedUntil <= Date.now();
  if (threadOwner === 'other-app' && !isPauseOver) state.threadOwner = 'other-app';
  if (threadOwnerAt !== undefined) state.ownerChangedAt = Math.max(state.ownerChangedAt ?? 0, threadOwnerAt);
}

/**
 * Takes news of the thread. What is older than what is known changes nothing: Messenger delivers late and again, and on standby
 * a copy of what came to us. An echo right
 * behind the customer's message is the Page's automation, and takes the thread from nobody.
 */
export function takeThreadOwnerChange(actor: Actor, { owner, at, by, pausedUntil }: ThreadOwnerChange): void {
  const { state } = actor;
  if (at !== undefined) {
    if (at < (state.ownerChangedAt ?? 0)) return;
    state.ownerHeardAt = Math.max(state.ownerHeardAt ?? 0, at);
    if (by === 'echo' && isInstantReply(at, state.customerWroteAt)) return;
    state.ownerChangedAt = at;
    if (owner === 'other-app' && pausedUntil === undefined && at <= (state.customerWroteAt ?? 0)) return;
  }
  noteChange(state, { by, pausedUntil });
  setThreadOwner(actor, owner);
}

/** Time of the latest news of the thread that was heard, whatever came of it; 0: none. Epoch milliseconds. */
export function threadHeardAtOf({ ownerHeardAt = 0, ownerChangedAt = 0 }: Actor['state']): number {
  return Math.max(ownerHeardAt, ownerChangedAt);
}

/** What a customer writes to us shows that the thread is ours, unless another app has taken it since, or we are paused. */
export function noteWrittenToUs(actor: Actor, at: number): void {
  const { state } = actor;
  const { ownerChangedAt = 0, ownerChangedBy, pausedUntil = 0 } = state;
  state.customerWroteAt = Math.max(state.customerWroteAt ?? 0, at);
  const isAutomation = ownerChangedBy === 'echo' && isInstantReply(ownerChangedAt, at);
  if (isAutomation || (at >= ownerChangedAt && pausedUntil <= Date.now())) return setThreadOwner(actor, 'ours');
  if (state.threadOwner === 'other-app') openConversation(actor).otherAppUntil ??= limitOf(actor);
}

/** The pause that a reply in the Page Inbox makes is over. False: there is none, and another app has the thread. */
export function endPause(actor: Actor): boolean {
  if (actor.state.pausedUntil === undefined) return false;
  setThreadOwner(actor, 'ours');
  return true;
}

type OwnerChange = { [Key in 'by' | 'pausedUntil']: ThreadOwnerChange[Key] | undefined };

function noteChange(state: Actor['state'], { by, pausedUntil }: OwnerChange): void {
  delete state.ownerChangedBy;
  delete state.pausedUntil;
  if (by !== undefined) state.ownerChangedBy = by;
  if (pausedUntil !== undefined) state.pausedUntil = pausedUntil;
}

function limitOf({ state }: Actor): number {
  return state.pausedUntil ?? Date.now() + OTHER_APP_LIMIT_MS;
}

function setThreadOwner(actor: Actor, owner: 'other-app' | 'ours'): void {
  const { state } = actor;
  const conversation = openConversation(actor);
  // Each reply in the Page Inbox begins the pause anew.
  if (owner === 'other-app' && state.pausedUntil !== undefined) conversation.otherAppUntil = state.pausedUntil;
  if (owner === 'ours') delete state.pausedUntil;
  if (state.threadOwner === owner) return;
  state.threadOwner = owner;
  if (owner === 'other-app') {
    const until = limitOf(actor);
    conversation.otherAppUntil = until;
    noteEvent(actor, { type: 'held', data: { until }, actor: SYSTEM });
    return;
  }
  delete conversation.otherAppUntil;
  noteEvent(actor, { type: 'resumed', data: {}, actor: SYSTEM });
  releaseParked(conversation, 'thread');
}
