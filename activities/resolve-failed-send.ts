import { sendLaneChangeOf, turnOf, type SendLane, type SendLaneChange } from '../adapters/messenger/send-lane.ts';
import type { PageCredentials, SendOutcome } from '../adapters/messenger/graph-client.ts';
import type { GraphError } from '../adapters/messenger/graph-errors.ts';
import type { SendResult } from '../contracts/part.ts';
import { sendLaneKindOf } from './claim-part.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { closeSendLane, parkPart } from './park-part.ts';
import { attemptOf, type SendPartAttempt } from './send-part-request.ts';
import { retryableFailure } from './retryable-failure.ts';

/** Kind of the alert that Meta takes nothing of a Page for a while. */
const SEND_LANE_HELD = 'send-lane-held';

export type FailedOutcome = Exclude<SendOutcome, { outcome: 'accepted' }>;

/** Tells the Page's send lane what a call showed. Gives the send lane of the part as it is now. */
export async function noteOutcome(
  deps: ActivityDependencies,
  { pageId, part }: Pick<SendPartAttempt, 'pageId' | 'part'>,
  { outcome, credentials }: { outcome: SendOutcome; credentials: PageCredentials },
): Promise<SendLane> {
  const { sendLanes } = deps.readModel;
  const kind = sendLaneKindOf(part);
  const change = sendLaneChangeOf(outcome, deps.now());
  const wasHeld = (await sendLanes.get(pageId))[kind].holds > 0;
  if (change?.type === 'close') await closeSendLane(deps, credentials, change.closure);
  else if (change) await sendLanes.apply(pageId, kind, change);
  const sendLane = (await sendLanes.get(pageId))[kind];
  await tellHold(deps, { pageId, wasHeld, change, sendLane });
  return sendLane;
}

/** A pause that Meta makes lasts half an hour and more: operators hear of it, and of its end. */
async function tellHold(
  { alerts }: ActivityDependencies,
  seen: { pageId: string; wasHeld: boolean; change: SendLaneChange | undefined; sendLane: SendLane },
): Promise<void> {
  const { pageId, change, sendLane } = seen;
  if (change?.type === 'hold' && change.cause === 'pause') {
    const until = new Date(sendLane.heldUntil).toISOString();
    const message = `Nothing of this Page leaves before ${until}; its messages wait and go on by themselves. ${change.reason}`;
    return alerts.tell({ pageId, kind: SEND_LANE_HELD, message, remedy: 'See the support inbox of the Page at Meta.' });
  }
  if (seen.wasHeld && sendLane.holds === 0) await alerts.resolve({ pageId, kind: SEND_LANE_HELD });
}

/**
 * Settles a part that Meta did not take, by what is known: what may pass is tried again when the send lane lets it, what
 * waits for the customer or for an admin is parked, the rest has failed.
 */
export async function resolveFailedSend(
  deps: ActivityDependencies,
  request: SendPartAttempt,
  { outcome, sendLane }: { outcome: FailedOutcome; sendLane: SendLane },
): Promise<SendResult> {
  const { ledger } = deps.readModel;
  const partId = request.part.id;
  if (outcome.outcome === 'ambiguous') {
    await ledger.doubt(partId, deps.now());
    throw retryableFailure('MESSENGER_OUTCOME_UNKNOWN', outcome.reason, 500);
  }
  if (outcome.outcome === 'never-left') {
    await ledger.requeue(request, attemptOf(deps, request));
    throw await retryInTurn(deps, request, { sendLane, type: 'MESSENGER_UNREACHABLE', reason: outcome.reason });
  }
  return resolveRefusal(deps, request, { error: outcome.error, sendLane });
}

async function resolveRefusal(
  deps: ActivityDependencies,
  request: SendPartAttempt,
  { error, sendLane }: { error: GraphError; sendLane: SendLane },
): Promise<SendResult> {
  const { ledger } = deps.readModel;
  const { class: errorClass, code, subcode, traceId, operatorMessage } = error;
  const partId = request.part.id;
  deps.logger.warn({ partId, errorClass, code, subcode, traceId }, operatorMessage);
  const effect = EFFECT_OF_REFUSAL[errorClass];
  if (effect === 'wait-for-page' || effect === 'wait-for-customer') {
    await ledger.requeue(request, attemptOf(deps, request));
    return parkPart(deps, request, {
      by: effect === 'wait-for-page' ? 'send-lane' : 'window',
      reason: operatorMessage,
    });
  }
  if (effect === 'hold-send-lane') {
    await ledger.requeue(request, attemptOf(deps, request));
    throw await retryInTurn(deps, request, { sendLane, type: 'MESSENGER_REFUSED_FOR_NOW', reason: operatorMessage });
  }
  // Where others of the Page are refused like this, too, it is not this message's fault and does not count against it.
  if (effect === 'try-again' && error.httpStatus >= 500 && sendLane.holds > 1) {
    await ledger.requeue(request, attemptOf(deps, request));
    throw await retryInTurn(deps, request, { sendLane, type: 'MESSENGER_UNREACHABLE', reason: operatorMessage });
  }
  if (effect === 'try-again') {
    const refusals = await ledger.requeue(request, { ...attemptOf(deps, request), isRefused: true });
    if (refusals < (error.maxAttempts ?? Infinity))
      throw retryableFailure(
        'MESSENGER_REFUSED_FOR_NOW',
        operatorMessage,
        error.retryAfterMs ?? passingPauseMs(refusals),
      );
  }
  return fail(deps, partId, `${errorClass}: ${operatorMessage}${inMetasWords(error)}`);
}

/** The codes and Meta's own words: who reads why a message failed can look them up. */
function inMetasWords({ code, subcode, metaMessage }: GraphError): string {
  if (code === undefined) return '';
  const codes = subcode === undefined ? `${code}` : `${code}/${subcode}`;
  return ` (Meta: ${codes}${metaMessage === undefined ? '' : `, ${metaMessage}`})`;
}

/** What a refusal does to the part; what it does to the Page's send lane stands in adapters/messenger/send-lane.ts. */
export const EFFECT_OF_REFUSAL: Record<
  GraphError['class'],
  'try-again' | 'hold-send-lane' | 'wait-for-page' | 'wait-for-customer' | 'fail'
> = {
  retry: 'try-again',
  'rate-limited': 'hold-send-lane',
  'page-paused': 'hold-send-lane',
  'page-token': 'wait-for-page',
  'page-permission': 'wait-for-page',
  'page-policy': 'wait-for-page',
  'window-closed': 'wait-for-customer',
  'final-customer': 'fail',
  'final-message': 'fail',
  // Does not come here: its echo decides.
  ambiguous: 'fail',
};

async function fail(
  { readModel: { ledger } }: ActivityDependencies,
  partId: string,
  reason: string,
): Promise<SendResult> {
  const status = await ledger.fail(partId, reason);
  return status === 'failed' ? { status, reason } : { status };
}

/** The pause after a refusal that may pass: 1 s, doubled to 15 s. */
function passingPauseMs(refusals: number): number {
  return Math.min(1000 * 2 ** Math.max(0, refusals - 1), 15_000);
}

/** The part keeps its place: its number is taken now and not when it comes back. */
async function retryInTurn(
  { readModel: { ledger, sendLanes }, now }: ActivityDependencies,
  request: SendPartAttempt,
  { sendLane, type, reason }: { sendLane: SendLane; type: string; reason: string },
): Promise<Error> {
  const { pageId, part } = request;
  const kind = sendLaneKindOf(part);
  const row = await ledger.find(part.id);
  const ticket = row?.ticket ?? (await sendLanes.takeTicket(pageId, kind));
  if (row?.ticket === undefined) await ledger.enqueue(request, part, ticket);
  return retryableFailure(type, reason, Math.max(100, turnOf(sendLane, kind, ticket) - now()));
}
