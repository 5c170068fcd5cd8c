import { log } from '@temporalio/workflow';
import type { Progress } from '../../contracts/conversation-record.ts';
import { THREAD_HELD, type SendResult } from '../../contracts/part.ts';
import { jsonBytes, PAYLOAD_LIMITS } from '../../contracts/payload-limits.ts';
import { LAST_INTENT } from '../../contracts/routing-intent.ts';
import { giveUpPart, recordLargeProgress, sendPart, tellDispatchers } from './activities.ts';
import { openConversation, type Actor } from './actor.ts';
import type { OutboxEntry } from './actor-state.ts';
import { nextEntry } from './parking.ts';
import { takeProgress } from './progress.ts';
import { recordProgress } from './record-progress.ts';
import { hasIntents, takeIntents, type AddressedIntent } from './routing-intents.ts';
import { startReloading } from './spill.ts';
import { threadHeardAtOf } from './thread-owner.ts';
import { track } from './track.ts';

/**
 * Starts the activities that a turn asks for. What the read model has to be told rides in the one that needs it; it goes
 * ahead of a question to the dispatcher, whose answer is addressed through the read model. A run that is about to close
 * sends nothing more: what is in the outbox is carried on.
 */
export function dispatchWork(actor: Actor, isClosing: boolean): void {
  tellIntents(actor);
  startReloading(actor);
  const next = isClosing ? undefined : nextToSend(actor);
  if (next) startSending(actor, next, takeProgress(actor));
  while (!actor.isRecording) {
    const progress = takeProgress(actor);
    if (!progress) return;
    startRecording(actor, progress);
  }
}

/** Large ones one at a time: what a task asks of the server travels in one message, and that is bounded, too. */
function startRecording(actor: Actor, progress: Progress): void {
  if (jsonBytes([progress.messages, progress.history]) <= PAYLOAD_LIMITS.localBytes)
    return track(actor, () => recordProgress(actor, progress));
  actor.isRecording = true;
  track(actor, async () => {
    await recordLargeProgress(progress);
    actor.isRecording = false;
    actor.isTurnDue = true;
  });
}

/** True while something waits for `dispatchWork`: an agent's command may leave it behind between two turns. */
export function hasUndispatched(actor: Actor, isClosing: boolean): boolean {
  const { effects, unrecordedMessages, unrecordedEvents, isRecording, isTurnDue } = actor;
  return (
    effects.length > 0 ||
    (unrecordedMessages.length + unrecordedEvents.length > 0 && !isRecording) ||
    isTurnDue ||
    hasUntoldIntents(actor) ||
    (!isClosing && nextToSend(actor) !== undefined)
  );
}

function hasUntoldIntents({ isTelling, state: { conversation, departures = [] } }: Actor): boolean {
  return !isTelling && (departures.length > 0 || (conversation !== undefined && hasIntents(conversation)));
}

/** One letter at a time: what changes meanwhile is in the next. */
function tellIntents(actor: Actor): void {
  if (!hasUntoldIntents(actor)) return;
  const { state } = actor;
  const departures = (state.departures ?? []).map(({ conversationId, group }): AddressedIntent => ({
    group,
    intent: { conversationId, number: LAST_INTENT, held: [], releases: [] },
  }));
  delete state.departures;
  const intents = [...departures, ...(state.conversation ? takeIntents(state.conversation) : [])];
  const progress = takeProgress(actor);
  actor.isTelling = true;
  track(actor, async () => {
    await tellDispatchers({ intents, ...(progress && { progress }) });
    actor.isTelling = false;
    actor.isTurnDue = true;
  });
}

/** Parts leave in order, one in flight. While another app owns the thread each is written down as held, and none leaves. */
function nextToSend(actor: Actor): OutboxEntry | undefined {
  const { conversation, threadOwner } = actor.state;
  if (!conversation || actor.isSending) return undefined;
  if (threadOwner === 'other-app') return conversation.outbox.find(({ parked }) => !parked);
  return nextEntry(conversation);
}

function startSending(actor: Actor, entry: OutboxEntry, progress: Progress | undefined): void {
  actor.isSending = true;
  actor.sendingSince = Date.now();
  if (progress) actor.sendingProgress = progress;
  else delete actor.sendingProgress;
  actor.isReleased = false;
  actor.sendingWindowUntil = actor.state.window?.until ?? 0;
  const { id: conversationId, ended } = openConversation(actor);
  const of = { conversationId, isEnded: ended !== undefined };
  track(actor, async () => {
    const result = await sendEntry(actor, entry, { ...of, ...(progress && { progress }) });
    actor.answers.push({ partId: entry.part.id, result });
  });
}

/** Tells the read model by itself what it is told on the way of the part under way: nobody waits for that part any more. */
export function recordSendingProgress(actor: Actor): void {
  const { sendingProgress } = actor;
  delete actor.sendingProgress;
  if (sendingProgress) startRecording(actor, sendingProgress);
}

/** Sends a part, until it has its delivery status. `conversationId`, `isEnded`: of the conversation, unless the part is of an earlier one. */
export async function sendEntry(
  { state }: Actor,
  { part, refusal, endedConversationId }: OutboxEntry,
  { conversationId, isEnded, progress }: { conversationId: string; isEnded: boolean; progress?: Progress },
): Promise<SendResult> {
  const { pageId, psid, threadOwner, window } = state;
  const threadHeardAt = threadHeardAtOf(state);
  const request: Parameters<typeof sendPart>[0] = {
    pageId,
    psid,
    conversationId: endedConversationId ?? conversationId,
    part,
    ...(progress && { progress }),
    ...(window && { window }),
    ...(threadHeardAt > 0 && { threadHeardAt }),
    ...((isEnded || endedConversationId !== undefined) && { isEnded: true }),
    ...(refusal !== undefined && { refusal }),
    ...(threadOwner === 'other-app' && { hold: THREAD_HELD }),
  };
  try {
    return await sendPart(request);
  } catch (error) {
    log.warn('A part could not be sent in time', {
      conversationId: request.conversationId,
      partId: request.part.id,
      error,
    });
    // The row has to say so, too: no part stays without an end.
    const { progress: _progress, ...rest } = request;
    return giveUpPart({ ...rest, refusal: 'given up: it could not be sent within a day' });
  }
}
