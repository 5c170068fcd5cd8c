import { activityInfo, heartbeat } from '@temporalio/activity';
import type { PageCredentials, SendOutcome } from '../adapters/messenger/graph-client.ts';
import type { LedgerRow } from '../adapters/mongo/delivery-ledger.ts';
import type { Progress } from '../contracts/conversation-record.ts';
import type { SendResult } from '../contracts/part.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { createRecordProgress } from './record-progress.ts';
import { resolveDoubt } from './resolve-doubt.ts';
import type { SendPartRequest } from './send-part-request.ts';
import { tryAgain } from './try-again.ts';

/** Below the heartbeat time-out of 2 s, with room for a busy process. */
const HEARTBEAT_INTERVAL_MS = 500;

/**
 * Sends one part and keeps its row in the ledger. Gives the part's fate; everything that may pass is thrown as a
 * retryable failure, so that a retry finds the row and knows what was done before.
 */
export function createSendPart(deps: ActivityDependencies): (request: SendPartRequest) => Promise<SendResult> {
  const recordProgress = createRecordProgress(deps);
  return async function sendPart(request) {
    const beating = setInterval(() => heartbeat(), HEARTBEAT_INTERVAL_MS);
    try {
      const result = await sendOnce(deps, request, recordProgress);
      deps.metrics.sends.inc({ fate: result.fate });
      return result;
    } finally {
      clearInterval(beating);
    }
  };
}

async function sendOnce(
  deps: ActivityDependencies,
  request: SendPartRequest,
  recordProgress: (progress: Progress) => Promise<void>,
): Promise<SendResult> {
  const { ledger } = deps.readModel;
  const recorded = request.progress ? recordProgress(request.progress) : Promise.resolve();
  const sender = request.refusal ?? (await findSender(deps, request.pageId));
  if (typeof sender === 'string') {
    await Promise.all([recorded, ledger.recordRefused(request, request.part, sender)]);
    await ledger.fail(request.part.id, sender);
    return { fate: 'failed', reason: sender };
  }
  const [claimed] = await Promise.all([claim(deps, request), recorded]);
  if (claimed !== 'send') return claimed;
  return callGraph(deps, request, sender);
}

/** Takes the part for this attempt: nobody tried before, or what the row says allows it. */
async function claim(deps: ActivityDependencies, request: SendPartRequest): Promise<'send' | SendResult> {
  const { ledger } = deps.readModel;
  const { part } = request;
  if (await ledger.begin(request, part, deps.now())) return 'send';
  const row = await ledger.find(part.id);
  if (!row) throw tryAgain('MESSENGER_SEND_CLAIMED', 'The row of this part was deleted meanwhile');
  const settled = settledResult(row);
  if (settled) return settled;
  if (row.fate === 'sending') return resolveDoubt(deps, request, row);
  if (await ledger.claimQueued(part.id, deps.now())) return 'send';
  throw tryAgain('MESSENGER_SEND_CLAIMED', 'Another attempt at this part is under way', 1000);
}

function settledResult({ fate, mid, reason }: LedgerRow): SendResult | undefined {
  if (fate === 'queued' || fate === 'sending') return undefined;
  if (fate === 'failed') return { fate, reason: reason ?? 'failed before' };
  if (fate === 'unknown') return { fate };
  return { fate: 'accepted', ...(mid !== undefined && { mid }) };
}

async function callGraph(
  deps: ActivityDependencies,
  { psid, part }: SendPartRequest,
  credentials: PageCredentials,
): Promise<SendResult> {
  const { ledger } = deps.readModel;
  const endTimer = deps.metrics.graphSeconds.startTimer();
  const { text, quickReplies, id: partId } = part;
  const outcome = await deps.graph.sendMessage({ ...credentials, psid, text, quickReplies, partId });
  endTimer({ outcome: outcome.outcome });
  if (outcome.outcome === 'accepted') {
    await ledger.accept(partId, outcome.mid);
    return { fate: 'accepted', mid: outcome.mid };
  }
  return settleFailed(deps, partId, outcome);
}

async function settleFailed(
  { readModel: { ledger }, logger, now }: ActivityDependencies,
  partId: string,
  outcome: Exclude<SendOutcome, { outcome: 'accepted' }>,
): Promise<SendResult> {
  if (outcome.outcome === 'never-left') {
    await ledger.requeue(partId);
    throw tryAgain('MESSENGER_UNREACHABLE', outcome.reason);
  }
  if (outcome.outcome === 'ambiguous') {
    await ledger.doubt(partId, now());
    throw tryAgain('MESSENGER_OUTCOME_UNKNOWN', outcome.reason, 500);
  }
  const { error } = outcome;
  const { class: errorClass, code, subcode, traceId, operatorMessage } = error;
  logger.warn({ partId, errorClass, code, subcode, traceId }, operatorMessage);
  const mayPass = error.retryable && activityInfo().attempt < (error.maxAttempts ?? Infinity);
  if (mayPass) {
    await ledger.requeue(partId);
    throw tryAgain('MESSENGER_REFUSED_FOR_NOW', operatorMessage, error.retryAfterMs);
  }
  const reason = `${errorClass}: ${operatorMessage}`;
  await ledger.fail(partId, reason);
  return { fate: 'failed', reason };
}

/** In whose name the part is sent, or why it is not. */
async function findSender(deps: ActivityDependencies, pageId: string): Promise<PageCredentials | string> {
  const account = (await deps.configuration.get()).accountByPage(pageId);
  if (!account) return 'The account of this Page was deleted';
  if (account.enabled === false) return 'The account of this Page is disabled';
  return { pageId, pageToken: account.pageToken, appSecret: account.appSecret };
}
