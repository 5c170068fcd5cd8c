/**
 * The send lane of a Page: how fast its parts may leave, by what Meta answered. Pure functions; the send lane's document is shared
 * by all workers (adapters/mongo/send-lanes-repository.ts). Times are epoch milliseconds.
 */
import type { SendOutcome } from './graph-client.ts';
import type { GraphError } from './graph-errors.ts';

/** Text and media wait apart: Meta takes 300 texts a second of a Page, but 10 videos. */
export type SendLaneKind = 'text' | 'media';

interface Pace {
  perSecond: number;
  /** The ticket that may leave at `since`; the next ones follow one by one. */
  firstTicket: number;
  since: number;
  /** When the pace ends where nobody waits any more. */
  until: number;
}

export interface SendLane {
  /** Nothing leaves before this. */
  heldUntil: number;
  holdReason: string;
  /** Holds in a row: each is longer than the one before. */
  holds: number;
  pace?: Pace;
  /** Tickets given to parts that had to wait, in the order they came; and the last that has been called. */
  tickets: number;
  served: number;
}

/** Why nothing of a Page leaves until a person has acted. */
export interface SendLaneClosure {
  class: 'page-token' | 'page-permission' | 'page-policy';
  reason: string;
  code?: number;
  since: number;
  /** Names the token that was refused, without telling it: another one opens the lane. */
  tokenId: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/**
 * Numbers of the lane. Source of the limits: Messenger Platform, Rate Limiting (23 March 2026): 300/s text, 10/s media;
 * "slow down above 80 %" of a usage header. The holds are ours.
 */
const SEND_LANE_RULES = {
  mediaPerSecond: 10,
  /** From 80 % of a limit on sends slow down, to `slowestPerSecond` at 100 %. */
  slowAbovePercent: 80,
  slowPerSecond: 40,
  slowestPerSecond: 2,
  slowForMs: MINUTE,
  /** Meta says nothing of how long a limit lasts: the first hold, doubled each time up to the longest. */
  limitHoldMs: 15 * SECOND,
  longestLimitHoldMs: 15 * MINUTE,
  /** Graph cannot be reached. */
  outageHoldMs: SECOND,
  longestOutageHoldMs: 20 * SECOND,
  /** "Meta refuses the Page's messages for a while": 30 minutes, doubling to 4 hours (research: Zernio). */
  longestPauseMs: 4 * 60 * MINUTE,
  /** After a hold parts leave at this pace, in the order they came. */
  perSecondAfterLimit: 20,
  perSecondAfterOutage: 100,
  paceForMs: MINUTE,
} as const;

export const FREE_SEND_LANE: SendLane = { heldUntil: 0, holdReason: '', holds: 0, tickets: 0, served: 0 };

/** Something worth knowing that a call to Graph showed. */
export type SendLaneChange =
  | { type: 'hold'; cause: 'limit' | 'outage' | 'pause'; forMs?: number; reason: string }
  | { type: 'slow'; percent: number }
  | { type: 'went-through' }
  | { type: 'close'; closure: Omit<SendLaneClosure, 'tokenId'> };

/** What the outcome of a call says about the send lane; undefined where it says nothing new. */
export function sendLaneChangeOf(outcome: SendOutcome, now: number): SendLaneChange | undefined {
  const error = 'error' in outcome ? outcome.error : undefined;
  // An answer that did not come is no reason to bring more parts into doubt: what follows waits a moment.
  if ('reason' in outcome && !error) {
    return { type: 'hold', cause: 'outage', reason: `Meta does not answer: ${outcome.reason}` };
  }
  return (error && newsOfError(error, now)) ?? newsOfUsage(outcome);
}

function newsOfUsage(outcome: SendOutcome): SendLaneChange | undefined {
  const percent = outcome.usage?.percent ?? 0;
  const { regainAccessMs } = outcome.usage ?? {};
  if (percent >= 100) {
    const forMs = regainAccessMs === undefined ? {} : { forMs: regainAccessMs };
    return { type: 'hold', cause: 'limit', ...forMs, reason: 'The hour’s calls are used up' };
  }
  if (percent > SEND_LANE_RULES.slowAbovePercent) return { type: 'slow', percent };
  return outcome.outcome === 'accepted' ? { type: 'went-through' } : undefined;
}

function newsOfError(error: GraphError, now: number): SendLaneChange | undefined {
  const { class: errorClass, operatorMessage: reason, code, retryAfterMs } = error;
  const forMs = retryAfterMs === undefined ? {} : { forMs: retryAfterMs };
  if (errorClass === 'rate-limited') return { type: 'hold', cause: 'limit', ...forMs, reason };
  if (errorClass === 'retry' && error.httpStatus >= 500) return { type: 'hold', cause: 'outage', reason };
  if (errorClass === 'page-paused') return { type: 'hold', cause: 'pause', ...forMs, reason };
  if (!isClosing(errorClass)) return undefined;
  return { type: 'close', closure: { class: errorClass, reason, since: now, ...(code !== undefined && { code }) } };
}

function isClosing(errorClass: GraphError['class']): errorClass is SendLaneClosure['class'] {
  return errorClass === 'page-token' || errorClass === 'page-permission' || errorClass === 'page-policy';
}

/** The send lane after a change; the same object where nothing changes. */
export function afterChange(
  sendLane: SendLane,
  change: Exclude<SendLaneChange, { type: 'close' }>,
  now: number,
): SendLane {
  switch (change.type) {
    case 'hold':
      return hold(sendLane, change, now);
    case 'slow':
      return slowDown(sendLane, change.percent, now);
    case 'went-through':
      return sendLane.holds > 0 && now >= sendLane.heldUntil ? { ...sendLane, holds: 0 } : sendLane;
  }
}

function hold(
  sendLane: SendLane,
  { cause, forMs, reason }: Extract<SendLaneChange, { type: 'hold' }>,
  now: number,
): SendLane {
  // Answers to calls that were under way when the hold began say nothing new.
  if (now < sendLane.heldUntil && (forMs ?? 0) <= sendLane.heldUntil - now) return sendLane;
  const heldUntil = now + holdMs(sendLane.holds, cause, forMs);
  const perSecond = cause === 'outage' ? SEND_LANE_RULES.perSecondAfterOutage : SEND_LANE_RULES.perSecondAfterLimit;
  const firstTicket = sendLane.served + 1;
  return {
    ...sendLane,
    heldUntil,
    holdReason: reason,
    holds: sendLane.holds + 1,
    pace: { perSecond, firstTicket, since: heldUntil, until: heldUntil + SEND_LANE_RULES.paceForMs },
  };
}

function holdMs(holds: number, cause: 'limit' | 'outage' | 'pause', forMs: number | undefined): number {
  const [first, longest] = {
    limit: [SEND_LANE_RULES.limitHoldMs, SEND_LANE_RULES.longestLimitHoldMs] as const,
    outage: [SEND_LANE_RULES.outageHoldMs, SEND_LANE_RULES.longestOutageHoldMs] as const,
    pause: [forMs ?? SEND_LANE_RULES.longestPauseMs, SEND_LANE_RULES.longestPauseMs] as const,
  }[cause];
  const ours = Math.min(first * 2 ** Math.min(holds, 20), longest);
  // What Meta says of a limit holds; of a pause it says nothing, and the table's time is where ours begins.
  return cause === 'pause' ? ours : (forMs ?? ours);
}

function slowDown(sendLane: SendLane, percent: number, now: number): SendLane {
  const { slowAbovePercent, slowPerSecond, slowestPerSecond, slowForMs } = SEND_LANE_RULES;
  const share = (100 - percent) / (100 - slowAbovePercent);
  const perSecond = Math.max(slowestPerSecond, Math.round(slowPerSecond * share));
  const { pace } = sendLane;
  const isNew = !pace || now >= pace.until - slowForMs / 2 || perSecond < pace.perSecond * 0.75;
  if (!isNew) return sendLane;
  return { ...sendLane, pace: { perSecond, firstTicket: sendLane.served + 1, since: now, until: now + slowForMs } };
}

/**
 * True where a part needs a ticket to leave in turn. A send lane is slow while it is held, while its pace lasts, and while
 * parts that came during the hold still wait. Media always keep to Meta's pace.
 */
export function isSlow(sendLane: SendLane, kind: SendLaneKind, now: number): boolean {
  if (kind === 'media' || now < sendLane.heldUntil) return true;
  if (!sendLane.pace) return false;
  const waiting = sendLane.tickets - sendLane.served;
  return (
    now < sendLane.pace.until ||
    (waiting > 0 && now < sendLane.pace.until + (waiting / sendLane.pace.perSecond) * SECOND)
  );
}

/** Moment at which the holder of a ticket may send. */
export function turnOf(sendLane: SendLane, kind: SendLaneKind, ticket: number): number {
  const pace = paceOf(sendLane, kind);
  const ahead = Math.max(0, ticket - pace.firstTicket);
  return Math.max(sendLane.heldUntil, pace.since + Math.floor((ahead / pace.perSecond) * SECOND));
}

/**
 * Begins the pace anew where its turns lie in the past, so that an idle send lane saves no turns up for a burst.
 * Undefined where the pace stands.
 */
export function rebasedPace(
  sendLane: SendLane,
  { kind, ticket, now }: { kind: SendLaneKind; ticket: number; now: number },
): Pace | undefined {
  if (turnOf(sendLane, kind, ticket) >= now - SECOND) return undefined;
  const { perSecond, until } = paceOf(sendLane, kind);
  return { perSecond, firstTicket: ticket, since: now, until };
}

function paceOf(sendLane: SendLane, kind: SendLaneKind): Pace {
  if (sendLane.pace && kind === 'text') return sendLane.pace;
  const perSecond = Math.min(sendLane.pace?.perSecond ?? Infinity, SEND_LANE_RULES.mediaPerSecond);
  return { firstTicket: 1, since: 0, until: 0, ...sendLane.pace, perSecond };
}
