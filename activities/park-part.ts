import { keyIdOf } from '../adapters/key-id.ts';
import type { SendLaneClosure } from '../adapters/messenger/send-lane.ts';
import type { Parking, SendResult } from '../contracts/part.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { SendPartAttempt } from './send-part-request.ts';
import { retryableFailure } from './retryable-failure.ts';

/**
 * Lets a part wait for what may take days. Of a conversation that is over a machine's part expires and an agent's asks a
 * person. @throws a retryable failure where the send lane opened while the part was being parked
 */
export async function parkPart(
  deps: ActivityDependencies,
  { pageId, psid, conversationId, part, isEnded, attemptAt }: SendPartAttempt,
  parking: Parking,
): Promise<SendResult> {
  const { ledger, sendLanes } = deps.readModel;
  const conversation = { pageId, psid, conversationId };
  if (isEnded && part.author.kind !== 'agent') {
    const reason = `expired: ${parking.reason}`;
    await ledger.recordRefused(conversation, part, reason);
    const status = await ledger.fail(part.id, reason);
    return status === 'failed' ? { status, reason } : { status };
  }
  const parked: Parking = isEnded ? { by: 'person', reason: parking.reason } : parking;
  const isParked = await ledger.park(conversation, part, { ...parked, now: deps.now(), attemptAt });
  if (!isParked) throw retryableFailure('MESSENGER_SEND_CLAIMED', 'The part was settled meanwhile', 500);
  if (parked.by === 'send-lane') {
    // Whoever opened the send lane before this look may have listed the parked parts before this one was there.
    const { closed } = await sendLanes.getFresh(pageId);
    if (!closed) throw retryableFailure('MESSENGER_SEND_LANE_OPENED', 'The send lane opened meanwhile', 200);
    // Thousands of parts may be parked: each process tells of a closure once, and who closed the send lane did.
    if (deps.announcedClosures.get(pageId) !== closed.since)
      await deps.actors.notifyPage(pageId, { type: 'send-lane-closed' });
    deps.announcedClosures.set(pageId, closed.since);
  }
  deps.logger.info({ conversationId, partId: part.id, by: parked.by }, 'a part is parked');
  return { status: 'parked', ...parked };
}

/** Closes the send lane of a Page for everybody and wakes the actor that looks after it. */
export async function closeSendLane(
  deps: ActivityDependencies,
  { pageId, pageToken }: { pageId: string; pageToken: string },
  closure: Omit<SendLaneClosure, 'tokenId'>,
): Promise<void> {
  await deps.readModel.sendLanes.close(pageId, { ...closure, tokenId: tokenIdOf(pageToken) });
  await deps.actors.notifyPage(pageId, { type: 'send-lane-closed' });
}

/** Names a token without telling it. */
export function tokenIdOf(pageToken: string): string {
  return keyIdOf(new TextEncoder().encode(pageToken));
}
