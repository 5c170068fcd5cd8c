/**
 * Meta's rules on who may write to a customer, and until when. Dated data and pure functions of it: conversations check
 * with them in the workflow sandbox, send activities on their way to Graph, the simulator when it plays Graph.
 */
import type { CustomerEvent } from './customer-event.ts';
import type { Author } from './part.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** The rules as read on the date given, each with its source. A change at Meta is a change here and nowhere else. */
export const MESSENGER_POLICY = {
  readOn: '2026-11-22',
  /** Standard messaging window, from the customer's last action. Source: Messenger Platform policy, 28 September 2026. */
  standardWindowMs: DAY_MS,
  /** After a message that began at a click-to-Messenger ad. Source: the same page, "up to 7 days". */
  adWindowMs: 7 * DAY_MS,
  /** A human may answer so long, with the HUMAN_AGENT tag. Source: Messenger Platform, Human Agent. */
  humanAgentWindowMs: 7 * DAY_MS,
  /** `referral.source` of a click-to-Messenger ad. Source: webhook event `messaging_referrals`. */
  adReferralSource: 'ADS',
  /** What a customer does that opens the window; echoes, deliveries and reads do not. Source: Messenger Platform policy. */
  openers: ['message', 'postback', 'referral', 'optin', 'reaction'],
  /** Ours: an echo so soon after what the customer wrote is Meta's instant reply or away message, and no person's. */
  instantReplyMs: 5000,
  /** Ours, not Meta's: how long before its end a scenario and an agent are told that the window closes. */
  closingWarningMs: HOUR_MS,
  /** Ours: how long a machine's part waits for a window or a send lane before it has become pointless. */
  scenarioPartLifetimeMs: DAY_MS,
  /** Ours: the same for what a person wrote; later Meta takes it from nobody. */
  agentPartLifetimeMs: 7 * DAY_MS,
} as const;

/** Something a customer did, as far as the window is concerned. */
export type WindowOpener = Pick<CustomerEvent, 'at'> & {
  kind: CustomerEvent['kind'] | 'reaction';
  referral?: CustomerEvent['referral'];
};

/** Until when who may write to a customer. Epoch milliseconds; the moment itself is too late. */
export interface MessagingWindow {
  /** Time of the customer's action that last opened it. */
  openedAt: number;
  /** Anybody may write before this. */
  until: number;
  /** A human may write before this. */
  humanUntil: number;
}

/** The window after something the customer did. It only ever grows: late and reordered events take nothing away. */
export function openWindow(
  window: MessagingWindow | undefined,
  { at, kind, referral }: WindowOpener,
): MessagingWindow | undefined {
  if (!MESSENGER_POLICY.openers.includes(kind)) return window;
  const isFromAd = referral?.source?.toUpperCase() === MESSENGER_POLICY.adReferralSource;
  const lengthMs = isFromAd ? MESSENGER_POLICY.adWindowMs : MESSENGER_POLICY.standardWindowMs;
  return {
    openedAt: Math.max(window?.openedAt ?? 0, at),
    until: Math.max(window?.until ?? 0, at + lengthMs),
    humanUntil: Math.max(window?.humanUntil ?? 0, at + MESSENGER_POLICY.humanAgentWindowMs),
  };
}

/**
 * True where what the Page said, seen by its echo, follows the customer's message too closely to have been read and written by a
 * person: nobody has taken the thread then. Which app id Meta gives the echo of an automation is not documented.
 */
export function isInstantReply(echoedAt: number, customerWroteAt: number | undefined): boolean {
  if (customerWroteAt === undefined) return false;
  return echoedAt >= customerWroteAt && echoedAt - customerWroteAt <= MESSENGER_POLICY.instantReplyMs;
}

/** How a message is declared to Meta. */
export type MessagingType = { messaging_type: 'RESPONSE' } | { messaging_type: 'MESSAGE_TAG'; tag: 'HUMAN_AGENT' };

/**
 * How a part may be sent at a moment, or why it may not. Who speaks and the window decide it, never a scenario: the tag
 * is a human's, and a machine outside the window is silent. Where no window is known it is taken to be open: Meta decides.
 */
export function classifyMessage(
  author: Author['kind'],
  window: MessagingWindow | undefined,
  now: number,
): MessagingType | { parkedBecause: string } {
  if (window === undefined || now < window.until) return { messaging_type: 'RESPONSE' };
  if (author !== 'agent')
    return { parkedBecause: 'The messaging window is closed: a machine may write again after the customer has' };
  if (now < window.humanUntil) return { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' };
  return { parkedBecause: 'The customer last wrote more than 7 days ago: nobody may write before the customer does' };
}

/** How long a part may wait for a window or a lane. */
export function partLifetimeMs(author: Author['kind']): number {
  return author === 'agent' ? MESSENGER_POLICY.agentPartLifetimeMs : MESSENGER_POLICY.scenarioPartLifetimeMs;
}
