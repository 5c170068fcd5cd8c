import type { LedgerRow } from '../adapters/mongo/delivery-ledger.ts';
import type { PageEvidence } from '../adapters/mongo/pages-repository.ts';
import type { SendResult } from '../contracts/part.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { SendPartAttempt } from './send-part-request.ts';
import { retryableFailure } from './retryable-failure.ts';

/** How long a part of unknown outcome waits for its own echo. */
const ECHO_WAIT_MS = 20_000;
/** The same on a Page whose echoes worked before but which has been quiet since: less is known, so it waits longer. */
const QUIET_ECHO_WAIT_MS = 30_000;
/** How long one echo shows that a Page's echoes are subscribed. */
const ECHOES_WORK_FOR_MS = 24 * 60 * 60 * 1000;
const LOOK_AGAIN_MS = 1000;

type DoubtVerdict = 'wait' | 'resend' | 'unknown';

/**
 * Decides about a part that may or may not have reached Meta: its own echo settles it (the row is not `sending` then).
 * Without one it is sent once more, marked, where echoes are known to come; never twice. Where the Page gives no
 * echoes at all, the account says what to do. The wait counts from the first doubt, not from the send: a stack that was
 * down for an hour has to hear the echoes of that hour first.
 */
export function classifyDoubt(
  row: Pick<LedgerRow, 'sendingSince' | 'doubtfulSince' | 'isResentAfterUnknown'>,
  evidence: PageEvidence,
  { onUnknown, now }: { onUnknown: 'resend' | 'hold'; now: number },
): DoubtVerdict {
  const doubtedForMs = row.doubtfulSince ? now - row.doubtfulSince.getTime() : 0;
  if (doubtedForMs < ECHO_WAIT_MS) return 'wait';
  if (row.isResentAfterUnknown) return 'unknown';
  const { lastEchoAt, lastEchoedSendAt } = evidence;
  const sentAt = row.sendingSince?.getTime() ?? 0;
  if (lastEchoedSendAt && lastEchoedSendAt.getTime() > sentAt) return 'resend';
  const echoesWork = lastEchoAt !== undefined && now - lastEchoAt.getTime() < ECHOES_WORK_FOR_MS;
  if (!echoesWork) return onUnknown === 'resend' ? 'resend' : 'unknown';
  return doubtedForMs < QUIET_ECHO_WAIT_MS ? 'wait' : 'resend';
}

/** Carries the verdict out. @throws a retryable failure while it is to wait */
export async function resolveDoubt(
  { readModel: { ledger, pages }, configuration, logger, now }: ActivityDependencies,
  { pageId, part, conversationId, attemptAt }: SendPartAttempt,
  row: LedgerRow,
): Promise<'send' | SendResult> {
  if (!row.doubtfulSince) await ledger.doubt(part.id, now());
  const account = (await configuration.get()).accountByPage(pageId);
  // What an agent said is not repeated by a machine: the agent sees the delivery status and decides.
  const onUnknown = part.author.kind === 'agent' ? 'hold' : (account?.onUnknown ?? 'hold');
  const verdict = classifyDoubt(row, await pages.find(pageId), { onUnknown, now: now() });
  if (verdict === 'wait')
    throw retryableFailure('MESSENGER_OUTCOME_UNKNOWN', 'Waiting for the echo of this part', LOOK_AGAIN_MS);
  if (verdict === 'resend' && (await ledger.claimForResend(part.id, { now: now(), attemptAt }))) {
    logger.warn({ conversationId, partId: part.id }, 'sending a part once more after an unknown outcome');
    return 'send';
  }
  if (verdict === 'resend')
    throw retryableFailure('MESSENGER_OUTCOME_UNKNOWN', 'The part was settled meanwhile', LOOK_AGAIN_MS);
  await ledger.markUnknown(part.id);
  logger.error({ conversationId, partId: part.id }, 'the outcome of a part stays unknown: compare with the Page Inbox');
  return { status: 'unknown' };
}
