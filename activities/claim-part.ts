import { isSlow, turnOf, type SendLaneKind } from '../adapters/messenger/send-lane.ts';
import type { LedgerRow } from '../adapters/mongo/delivery-ledger.ts';
import { classifyMessage, type MessagingType } from '../contracts/messenger-policy.ts';
import { THREAD_HELD, type Parking, type Part, type SendResult } from '../contracts/part.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { parkPart, tokenIdOf } from './park-part.ts';
import { resolveDoubt } from './resolve-doubt.ts';
import { attemptOf, type SendPartAttempt } from './send-part-request.ts';
import { retryableFailure } from './retryable-failure.ts';

/** Media wait apart from text; a template is as quick as a text. */
export function sendLaneKindOf({ attachment }: Part): SendLaneKind {
  return attachment && attachment.type !== 'template' ? 'media' : 'text';
}

export type Claim = { isClaimed: true; messagingType: MessagingType } | { isClaimed: false; result: SendResult };

/**
 * Takes the part for this attempt, where thread, policy and send lane let it leave and nobody tried before, or what its row says
 * allows it. In a free send lane that is one write; in a slow one parts leave in the order in which they came.
 * @throws a retryable failure while it is not its turn
 */
export async function claimPart(
  deps: ActivityDependencies,
  request: SendPartAttempt,
  attempt: { pageToken: string; hasWaited: boolean },
): Promise<Claim> {
  const { ledger } = deps.readModel;
  const gate = await lookAtGate(deps, request, attempt);
  const { messagingType } = gate;
  if (gate.isFree && messagingType && (await ledger.begin(request, request.part, attemptOf(deps, request)))) {
    return { isClaimed: true, messagingType };
  }
  if (gate.isThreadTaken) return { isClaimed: false, result: await holdPart(deps, request, THREAD_HELD) };
  const row = await ledger.find(request.part.id);
  const tried = row && (await resolveEarlierAttempt(deps, request, { row, gate }));
  if (tried === 'resend') return { isClaimed: true, messagingType: messagingType ?? { messaging_type: 'RESPONSE' } };
  if (tried) return { isClaimed: false, result: tried };
  if (gate.parking) return { isClaimed: false, result: await parkPart(deps, request, gate.parking) };
  if (gate.isSlow) await waitForTurn(deps, request, row);
  return claimWaiting(deps, request, messagingType);
}

/**
 * Has a part wait that must not leave now. One that was tried before may have left: what became of it comes first.
 * @throws a retryable failure while that is not known
 */
export async function holdPart(
  deps: ActivityDependencies,
  request: SendPartAttempt,
  hold: Parking,
): Promise<SendResult> {
  const { ledger } = deps.readModel;
  const row = await ledger.find(request.part.id);
  const tried = row && (await resolveEarlierAttempt(deps, request, { row, gate: CLOSED_GATE }));
  if (tried && tried !== 'resend') return tried;
  // Its one repeat is still to come, when it may leave again.
  if (tried) await ledger.requeue(request, attemptOf(deps, request));
  return parkPart(deps, request, hold);
}

async function claimWaiting(
  deps: ActivityDependencies,
  request: SendPartAttempt,
  messagingType: MessagingType | undefined,
): Promise<Claim> {
  if (messagingType && (await claimQueued(deps, request))) return { isClaimed: true, messagingType };
  throw retryableFailure('MESSENGER_SEND_CLAIMED', 'Another attempt at this part is under way', 1000);
}

interface Gate {
  /** Nothing stands in the way, not even another part. */
  isFree: boolean;
  isSlow: boolean;
  /** Nothing of the Page leaves for so long. */
  heldForMs: number;
  parking?: Parking;
  /** Absent where policy lets nobody of this kind write now. */
  messagingType?: MessagingType;
  /** Another app has taken the thread while the part waited. */
  isThreadTaken?: true;
}

const CLOSED_GATE = { isFree: false, isSlow: false, heldForMs: 0 } as const;

/** What the owner of the thread, Meta's policy and the Page's send lane say about a part at this moment. */
async function lookAtGate(
  deps: ActivityDependencies,
  request: SendPartAttempt,
  { pageToken, hasWaited }: { pageToken: string; hasWaited: boolean },
): Promise<Gate> {
  const { readModel, now } = deps;
  const { sendLanes } = readModel;
  const { pageId, part, window } = request;
  if (hasWaited && (await isThreadTaken(deps, request))) return { ...CLOSED_GATE, isThreadTaken: true };
  const classified = classifyMessage(part.author.kind, window, now());
  if ('parkedBecause' in classified) {
    return { ...CLOSED_GATE, parking: { by: 'window', reason: classified.parkedBecause } };
  }
  const pageSendLanes = await sendLanes.get(pageId);
  const { closed } = pageSendLanes;
  // Another token than the one that was refused is tried: the admin has entered it a moment ago.
  if (closed && closed.tokenId === tokenIdOf(pageToken)) {
    return { ...CLOSED_GATE, parking: { by: 'send-lane', reason: closed.reason }, messagingType: classified };
  }
  const kind = sendLaneKindOf(part);
  const isSendLaneSlow = isSlow(pageSendLanes[kind], kind, now());
  const heldForMs = Math.max(0, pageSendLanes[kind].heldUntil - now());
  return { isFree: !isSendLaneSlow, isSlow: isSendLaneSlow, heldForMs, messagingType: classified };
}

/**
 * Whether another app has taken the thread since the actor let the part go, by what the api has heard. News that the actor knew
 * then counts no more: it knew better what to make of it, and would only let the part go again, and again.
 */
async function isThreadTaken(
  { readModel: { customers }, now }: ActivityDependencies,
  { pageId, psid, threadHeardAt: heardAt }: SendPartAttempt,
): Promise<boolean> {
  return customers.isThreadElsewhere({ pageId, psid }, await customers.find(pageId, psid), { now: now(), heardAt });
}

async function claimQueued(deps: ActivityDependencies, request: SendPartAttempt): Promise<boolean> {
  const { ledger } = deps.readModel;
  const attempt = attemptOf(deps, request);
  return (await ledger.begin(request, request.part, attempt)) || ledger.claimQueued(request.part.id, attempt);
}

/** The delivery status that a part has for good, or until a person lets it go again; undefined where it has none yet. */
export function settledResult({ status, mid, reason }: LedgerRow): SendResult | undefined {
  if (status === undefined || status === 'queued' || status === 'sending') return undefined;
  if (status === 'failed') return { status, reason: reason ?? 'failed before' };
  if (status === 'unknown') return { status };
  return { status: 'accepted', ...(mid !== undefined && { mid }) };
}

/** What an earlier attempt left: an end, or a doubt to be resolved. Undefined where the part still waits. */
async function resolveEarlierAttempt(
  deps: ActivityDependencies,
  request: SendPartAttempt,
  { row, gate }: { row: LedgerRow; gate: Gate },
): Promise<SendResult | 'resend' | undefined> {
  if (row.status === undefined || row.status === 'queued') return undefined;
  const settled = settledResult(row);
  if (settled) return settled;
  // A part in doubt is not sent once more into an outage: its echo may still come meanwhile.
  if (row.doubtfulSince && gate.heldForMs > 0) {
    throw retryableFailure('MESSENGER_OUTCOME_UNKNOWN', 'Waiting for the echo of this part', gate.heldForMs);
  }
  const verdict = await resolveDoubt(deps, request, row);
  return verdict === 'send' ? 'resend' : verdict;
}

/** @throws a retryable failure where the part's turn has not come */
async function waitForTurn(
  { readModel: { ledger, sendLanes }, now }: ActivityDependencies,
  request: SendPartAttempt,
  row: LedgerRow | undefined,
): Promise<void> {
  const { pageId, part } = request;
  const kind = sendLaneKindOf(part);
  let ticket = row?.ticket;
  if (ticket === undefined) {
    ticket = await sendLanes.takeTicket(pageId, kind);
    await ledger.enqueue(request, part, ticket);
  }
  const sendLane = (await sendLanes.get(pageId))[kind];
  const waitMs = turnOf(sendLane, kind, ticket) - now();
  if (waitMs > 0)
    throw retryableFailure('MESSENGER_SEND_LANE_SLOW', sendLane.holdReason || 'The Page keeps to its pace', waitMs);
  await sendLanes.noteServed(pageId, { kind, ticket, now: now() });
}
