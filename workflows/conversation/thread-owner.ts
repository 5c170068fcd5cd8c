import type { OpeningContext } from '../../contracts/conversation-context.ts';
import type { ThreadOwnerChange } from '../../contracts/actor-messages.ts';
import { openConversation, type Actor } from './actor.ts';

/** A thread that another app holds is given up after a day; nothing is sent until it comes back. */
const OTHER_APP_LIMIT_MS = 24 * 60 * 60 * 1000;

/** Takes what the read model knows of the thread, before a conversation is open. */
export function recallThreadOwner({ state }: Actor, { threadOwner, threadOwnerAt }: OpeningContext): void {
  if (threadOwner === 'other-app') state.threadOwner = 'other-app';
  if (threadOwnerAt !== undefined) state.ownerChangedAt = Math.max(state.ownerChangedAt ?? 0, threadOwnerAt);
}

/** Takes news of the thread. What is older than what is known changes nothing: Messenger delivers late and again. */
export function takeThreadOwnerChange(actor: Actor, { owner, at }: ThreadOwnerChange): void {
  const { state } = actor;
  if (at !== undefined) {
    if (at < (state.ownerChangedAt ?? 0)) return;
    state.ownerChangedAt = at;
    if (owner === 'other-app' && at < (state.customerWroteAt ?? 0)) return;
  }
  setThreadOwner(actor, owner);
}

/** What a customer writes to us shows that the thread is ours, unless another app has taken it since. */
export function noteWrittenToUs(actor: Actor, at: number): void {
  const { state } = actor;
  state.customerWroteAt = Math.max(state.customerWroteAt ?? 0, at);
  if (at >= (state.ownerChangedAt ?? 0)) return setThreadOwner(actor, 'ours');
  if (state.threadOwner === 'other-app') openConversation(actor).otherAppUntil ??= Date.now() + OTHER_APP_LIMIT_MS;
}

function setThreadOwner(actor: Actor, owner: 'other-app' | 'ours'): void {
  if (actor.state.threadOwner === owner) return;
  actor.state.threadOwner = owner;
  const conversation = openConversation(actor);
  if (owner === 'ours') delete conversation.otherAppUntil;
  else conversation.otherAppUntil = Date.now() + OTHER_APP_LIMIT_MS;
}
