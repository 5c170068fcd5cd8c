import { activityInfo, heartbeat } from '@temporalio/activity';
import type { MessageToSend, PageCredentials, SendOutcome } from '../adapters/messenger/graph-client.ts';
import type { Account } from '../adapters/mongo/configuration/configuration-items.ts';
import { MESSENGER_LIMITS } from '../contracts/messenger-limits.ts';
import type { Progress } from '../contracts/conversation-record.ts';
import { fitMessage } from '../contracts/fit-message.ts';
import type { SendResult } from '../contracts/part.ts';
import { claimPart, holdPart, settledResult } from './claim-part.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { prepareMessage, type Prepared } from './prepare-message.ts';
import { writeProgress } from './record-progress.ts';
import { noteOutcome, resolveFailedSend } from './resolve-failed-send.ts';
import { attemptOf, type SendPartAttempt, type SendPartRequest } from './send-part-request.ts';
import { retryableFailure } from './retryable-failure.ts';

const HUMAN_AGENT = { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' } as const;

/** Below the heartbeat time-out of 2 s, with room for a busy process. */
const HEARTBEAT_INTERVAL_MS = 500;
/** A part that leaves within this time leaves on what its actor knew. */
const ON_ITS_WAY_MS = 2000;

/**
 * Sends one part and keeps its row in the ledger. Gives the part's delivery status; everything that may pass is thrown as a
 * retryable failure, so that a retry finds the row and knows what was done before.
 */
export function createSendPart(deps: ActivityDependencies): (request: SendPartRequest) => Promise<SendResult> {
  return async function sendPart(request) {
    const beating = setInterval(() => heartbeat(), HEARTBEAT_INTERVAL_MS);
    const { scheduledTimestampMs, currentAttemptScheduledTimestampMs: attemptAt } = activityInfo();
    const hasWaited = deps.now() - scheduledTimestampMs > ON_ITS_WAY_MS;
    let told: Promise<void> | undefined;
    const recordProgress = async (progress: Progress): Promise<void> => {
      ({ told } = await writeProgress(deps, progress));
    };
    try {
      const result = await sendOnce(deps, { ...request, attemptAt, hasWaited }, recordProgress);
      await told;
      deps.metrics.sends.inc({ status: result.status });
      return result;
    } finally {
      clearInterval(beating);
    }
  };
}

async function sendOnce(
  deps: ActivityDependencies,
  { hasWaited, ...request }: SendPartAttempt & { hasWaited: boolean },
  recordProgress: (progress: Progress) => Promise<void>,
): Promise<SendResult> {
  const recording = request.progress ? recordProgress(request.progress) : Promise.resolve();
  // Awaited below; a rejection that comes before must not count as unhandled, which ends the process.
  recording.catch(() => undefined);
  const account = await findAccount(deps, request.pageId);
  const refusal = request.refusal ?? (typeof account === 'string' ? account : undefined);
  if (refusal !== undefined || typeof account === 'string') {
    await recording;
    return refuse(deps, request, refusal ?? '');
  }
  if (request.hold) {
    await recording;
    return holdPart(deps, request, request.hold);
  }
  const { content, notes } = fitMessage(request.part);
  if (!content) {
    await recording;
    return leaveOut(deps, request, notes);
  }
  const fitted = { ...request, part: { ...request.part, ...content } };
  const { pageId, pageToken, appSecret } = account;
  const credentials = { pageId, pageToken, appSecret };
  const [prepared] = await Promise.all([prepareInTime(deps, { ...fitted, credentials, account }), recording]);
  if ('result' in prepared) return prepared.result;
  const claimed = await claimPart(deps, request, { pageToken, hasWaited });
  if (!claimed.isClaimed) return claimed.result;
  return callGraph(deps, fitted, { ...credentials, messagingType: claimed.messagingType, ...prepared.extras });
}

/**
 * A part that must not go out any more. One whose outcome is in doubt may have gone out: it is not called failed; one that an
 * attempt before settled, whose answer was lost, has that delivery status.
 */
async function refuse(deps: ActivityDependencies, request: SendPartRequest, reason: string): Promise<SendResult> {
  const { ledger } = deps.readModel;
  await ledger.recordRefused(request, request.part, reason);
  const row = await ledger.find(request.part.id);
  const settled = row && settledResult(row);
  if (settled) return settled;
  if (row?.status === 'sending') {
    await ledger.markUnknown(request.part.id);
    return { status: 'unknown' };
  }
  const status = await ledger.fail(request.part.id, reason);
  return status === 'failed' ? { status, reason } : { status };
}

/** Nothing of it is left to say, which is no failure of the scenario: its row tells why it was not sent. */
async function leaveOut(deps: ActivityDependencies, request: SendPartRequest, notes: string[]): Promise<SendResult> {
  await deps.readModel.ledger.recordRefused(request, request.part, `left out: ${notes.join('; ')}`);
  deps.logger.warn({ conversationId: request.conversationId, partId: request.part.id }, 'nothing is left of a part');
  return { status: 'accepted' };
}

/** Uploads and personas first, so that no row says `sending` meanwhile; then the typing indicator, for as long as asked. */
async function prepareInTime(
  deps: ActivityDependencies,
  { account, credentials, ...request }: SendPartAttempt & { account: Account; credentials: PageCredentials },
): Promise<{ extras: Extract<Prepared, { isReady: true }>['extras'] } | { result: SendResult }> {
  const { part, psid } = request;
  const prepared = await prepareMessage(deps, account, part);
  if (!prepared.isReady) {
    if ('refusal' in prepared) return { result: await refuse(deps, request, prepared.refusal) };
    const sendLane = await noteOutcome(deps, request, { outcome: prepared.outcome, credentials });
    await deps.readModel.ledger.begin(request, part, attemptOf(deps, request));
    return { result: await resolveFailedSend(deps, request, { outcome: prepared.outcome, sendLane }) };
  }
  if (part.typingMs !== undefined && part.typingMs > 0 && activityInfo().attempt === 1) {
    await deps.graph.sendAction({ ...credentials, psid, action: { type: 'typing_on' } });
    const typingMs = Math.min(part.typingMs, MESSENGER_LIMITS.typingMs);
    // Not waited for here: 200 typing conversations would take every slot of a worker.
    throw retryableFailure('MESSENGER_TYPING', 'The typing indicator is shown first', typingMs);
  }
  return prepared;
}

async function callGraph(
  deps: ActivityDependencies,
  request: SendPartAttempt,
  sender: PageCredentials & Pick<MessageToSend, 'attachment' | 'personaId' | 'messagingType'>,
): Promise<SendResult> {
  const { psid, part } = request;
  const endTimer = deps.metrics.graphSeconds.startTimer();
  const { text, quickReplies, id: partId } = part;
  const message = { ...sender, psid, text, quickReplies, partId };
  const outcome = await sendOrTag(deps, request, message);
  endTimer({ outcome: outcome.outcome });
  if (outcome.outcome === 'accepted') {
    await Promise.all([
      deps.readModel.ledger.accept(partId, outcome.mid),
      noteOutcome(deps, request, { outcome, credentials: sender }),
    ]);
    return { status: 'accepted', mid: outcome.mid };
  }
  const sendLane = await noteOutcome(deps, request, { outcome, credentials: sender });
  return resolveFailedSend(deps, request, { outcome, sendLane });
}

/**
 * Meta may count a window as closed that is open by our count: what a person wrote then leaves with their tag at once, as long
 * as people may write.
 */
async function sendOrTag(
  { graph, now }: ActivityDependencies,
  { part, window }: SendPartRequest,
  message: MessageToSend,
): Promise<SendOutcome> {
  const isTagged = message.messagingType?.messaging_type === 'MESSAGE_TAG';
  const outcome = await graph.sendMessage(message);
  if (isTagged) return asUntakenTag(outcome);
  const isOutside = outcome.outcome === 'refused' && outcome.error.class === 'window-closed';
  if (!isOutside || part.author.kind !== 'agent' || (window && now() >= window.humanUntil)) return outcome;
  return asUntakenTag(await graph.sendMessage({ ...message, messagingType: HUMAN_AGENT }));
}

/** An app without the Human Agent feature may write inside the window all the same: its Page is not closed for that. */
function asUntakenTag(outcome: SendOutcome): SendOutcome {
  if (outcome.outcome !== 'refused' || outcome.error.class !== 'page-permission') return outcome;
  const operatorMessage =
    'The window is closed and the app may not use HUMAN_AGENT: ask Meta for the Human Agent feature, or wait for the customer.';
  return { ...outcome, error: { ...outcome.error, class: 'window-closed', scope: 'customer', operatorMessage } };
}

/** In whose name the part is sent, or why it is not. */
async function findAccount(deps: ActivityDependencies, pageId: string): Promise<Account | string> {
  const account = (await deps.configuration.get()).accountByPage(pageId);
  if (!account) return 'The account of this Page was deleted';
  if (account.enabled === false) return 'The account of this Page is disabled';
  return account;
}
