import { isSlow, turnOf, type LaneKind } from '../adapters/messenger/lane.ts';
import type { LedgerRow } from '../adapters/mongo/delivery-ledger.ts';
import { judgeMessage, type MessagingType } from '../contracts/messenger-policy.ts';
import type { Parking, Part, SendResult } from '../contracts/part.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { parkPart, tokenIdOf } from './park-part.ts';
import { resolveDoubt } from './resolve-doubt.ts';
import type { SendPartRequest } from './send-part-request.ts';
import { tryAgain } from './try-again.ts';

/** Media wait apart from text; a template is as quick as a text. */
export function laneKindOf({ attachment }: Part): LaneKind {
  return attachment && attachment.type !== 'template' ? 'media' : 'text';
}

export type Claim = { isClaimed: true; messagingType: MessagingType } | { isClaimed: false; result: SendResult };

/**
 * Takes the part for this attempt, where policy and lane let it leave and nobody tried before, or what its row says
 * allows it. In a free lane that is one write; in a slow one parts leave in the order in which they came.
 * @throws a retryable failure while it is not its turn
 */
export async function claimPart(
  deps: ActivityDependencies,
  request: SendPartRequest,
  pageToken: string,
): Promise<Claim> {
  const { ledger } = deps.readModel;
  const gate = await lookAtGate(deps, request, pageToken);
  const { messagingType } = gate;
  if (gate.isFree && messagingType && (await ledger.begin(request, request.part, deps.now()))) {
    return { isClaimed: true, messagingType };
  }
  const row = await ledger.find(request.part.id);
  const tried = row && (await settleTried(deps, request, { row, gate }));
  if (tried === 'resend') return { isClaimed: true, messagingType: messagingType ?? { messaging_type: 'RESPONSE' } };
  if (tried) return { isClaimed: false, result: tried };
  if (gate.parking) return { isClaimed: false, result: await parkPart(deps, request, gate.parking) };
  if (gate.isSlow) await waitForTurn(deps, request, row);
  return claimWaiting(deps, request, messagingType);
}

async function claimWaiting(
  deps: ActivityDependencies,
  request: SendPartRequest,
  messagingType: MessagingType | undefined,
): Promise<Claim> {
  if (messagingType && (await claimQueued(deps, request))) return { isClaimed: true, messagingType };
  throw tryAgain('MESSENGER_SEND_CLAIMED', 'Another attempt at this part is under way', 1000);
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
}

const CLOSED_GATE = { isFree: false, isSlow: false, heldForMs: 0 } as const;

/** What Meta's policy and the Page's lane say about a part at this moment. */
async function lookAtGate(
  { readModel: { lanes }, now }: ActivityDependencies,
  { pageId, part, window }: SendPartRequest,
  pageToken: string,
): Promise<Gate> {
  const judged = judgeMessage(part.author.kind, window, now());
  if ('parkedBecause' in judged) {
    return { ...CLOSED_GATE, parking: { by: 'window', reason: judged.parkedBecause } };
  }
  const pageLanes = await lanes.get(pageId);
  const { closed } = pageLanes;
  // Another token than the one that was refused is tried: the admin has entered it a moment ago.
  if (closed && closed.tokenId === tokenIdOf(pageToken)) {
    return { ...CLOSED_GATE, parking: { by: 'lane', reason: closed.reason }, messagingType: judged };
  }
  const kind = laneKindOf(part);
  const isLaneSlow = isSlow(pageLanes[kind], kind, now());
  const heldForMs = Math.max(0, pageLanes[kind].heldUntil - now());
  return { isFree: !isLaneSlow, isSlow: isLaneSlow, heldForMs, messagingType: judged };
}

async function claimQueued(
  { readModel: { ledger }, now }: ActivityDependencies,
  request: SendPartRequest,
): Promise<boolean> {
  return (await ledger.begin(request, request.part, now())) || ledger.claimQueued(request.part.id, now());
}

/** What an earlier attempt left: an end, or a doubt to be resolved. Undefined where the part still waits. */
async function settleTried(
  deps: ActivityDependencies,
  request: SendPartRequest,
  { row, gate }: { row: LedgerRow; gate: Gate },
): Promise<SendResult | 'resend' | undefined> {
  const { fate, mid, reason } = row;
  if (fate === undefined || fate === 'queued') return undefined;
  if (fate === 'failed') return { fate, reason: reason ?? 'failed before' };
  if (fate === 'unknown') return { fate };
  if (fate !== 'sending') return { fate: 'accepted', ...(mid !== undefined && { mid }) };
  // A part in doubt is not sent once more into an outage: its echo may still come meanwhile.
  if (row.doubtfulSince && gate.heldForMs > 0) {
    throw tryAgain('MESSENGER_OUTCOME_UNKNOWN', 'Waiting for the echo of this part', gate.heldForMs);
  }
  const verdict = await resolveDoubt(deps, request, row);
  return verdict === 'send' ? 'resend' : verdict;
}

/** @throws a retryable failure where the part's turn has not come */
async function waitForTurn(
  { readModel: { ledger, lanes }, now }: ActivityDependencies,
  request: SendPartRequest,
  row: LedgerRow | undefined,
): Promise<void> {
  const { pageId, part } = request;
  const kind = laneKindOf(part);
  let ticket = row?.ticket;
  if (ticket === undefined) {
    ticket = await lanes.takeTicket(pageId, kind);
    await ledger.enqueue(request, part, ticket);
  }
  const lane = (await lanes.get(pageId))[kind];
  const waitMs = turnOf(lane, kind, ticket) - now();
  if (waitMs > 0) throw tryAgain('MESSENGER_LANE_SLOW', lane.holdReason || 'The Page keeps to its pace', waitMs);
  await lanes.noteServed(pageId, { kind, ticket, now: now() });
}
