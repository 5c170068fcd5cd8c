import { log } from '@temporalio/workflow';
import type { Progress } from '../../contracts/conversation-record.ts';
import type { SendResult } from '../../contracts/part.ts';
import { openConversation, takeProgress, type Actor } from './actor.ts';
import { giveUpPart, recordProgress, sendPart, tellDispatcher } from './activities.ts';
import type { OutboxEntry } from './actor-state.ts';
import { nextEntry } from './parking.ts';
import { track } from './track.ts';

/**
 * Starts the activities that a turn asks for. What the read model has to be told rides in the send where there is one;
 * it goes ahead of a question to the dispatcher, whose answer is addressed through the read model.
 */
export function dispatchWork(actor: Actor): void {
  const mail = actor.toDispatcher.splice(0);
  if (mail.length > 0) {
    const progress = takeProgress(actor);
    track(actor, async () => {
      if (progress) await recordProgress(progress);
      for (const group of new Set(mail.map((letter) => letter.group))) {
        await tellDispatcher({
          group,
          messages: mail.filter((letter) => letter.group === group).map(({ message }) => message),
        });
      }
    });
  }
  const next = nextToSend(actor);
  if (next) {
    startSending(actor, next, takeProgress(actor));
    return;
  }
  const progress = takeProgress(actor);
  if (progress) track(actor, () => recordProgress(progress));
}

/** True while something waits for `dispatchWork`: an agent's command may leave it behind between two turns. */
export function hasUndispatched(actor: Actor): boolean {
  const { effects, toDispatcher, unrecordedMessages, isTurnDue } = actor;
  return (
    effects.length > 0 ||
    toDispatcher.length > 0 ||
    unrecordedMessages.length > 0 ||
    isTurnDue ||
    nextToSend(actor) !== undefined
  );
}

/** Parts leave in order, one in flight, and not while another app owns the thread. */
function nextToSend(actor: Actor): OutboxEntry | undefined {
  const { conversation, threadOwner } = actor.state;
  if (!conversation || actor.isSending) return undefined;
  if (threadOwner === 'other-app' && !conversation.ended) return undefined;
  return nextEntry(conversation);
}

function startSending(actor: Actor, entry: OutboxEntry, progress: Progress | undefined): void {
  const { part } = entry;
  const { pageId, psid, threadOwner, window, conversation } = actor.state;
  actor.isSending = true;
  actor.isReleased = false;
  track(actor, async () => {
    const result = await sendOrGiveUp(actor, {
      pageId,
      psid,
      conversationId: openConversation(actor).id,
      part,
      ...(progress && { progress }),
      ...(window && { window }),
      ...(conversation?.ended && { isEnded: true }),
      ...(entry.refusal !== undefined && { refusal: entry.refusal }),
      // Only an ended conversation gets here without the thread: its parts are recorded as not sent.
      ...(threadOwner === 'other-app' && { refusal: 'The thread belongs to another app' }),
    });
    actor.answers.push({ partId: part.id, result });
  });
}

async function sendOrGiveUp(actor: Actor, request: Parameters<typeof sendPart>[0]): Promise<SendResult> {
  try {
    return await sendPart(request);
  } catch (error) {
    log.warn('A part could not be sent in time', {
      conversationId: request.conversationId,
      partId: request.part.id,
      error,
    });
    // The row has to say so, too: no part stays without an end.
    const { progress: _recordedInputs, ...rest } = request;
    return giveUpPart({ ...rest, refusal: 'given up: it could not be sent within a day' });
  }
}
