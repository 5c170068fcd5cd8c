import type { DisconnectCause } from '../../contracts/conversation.ts';
import type { Attachment, Referral } from '../../contracts/customer-event.ts';
import type { OperationResult } from '../../contracts/operation.ts';

export interface CustomerMessage {
  text?: string;
  /** Of a quick reply or a postback. */
  payload?: string;
  attachments: Attachment[];
  at: number;
  mid: string;
  referral?: Referral;
}

export interface Agent {
  username: string;
  name: string;
}

/** What a scenario can be told. An answer whose `effectId` is not the one being waited for is ignored. */
export type ScenarioEvent = WorldEvent | { type: 'deadline'; id: string };

/** A scenario event as the machine sees it: all but `deadline`, which stands for the armed timer's own event. */
export type WorldEvent =
  | { type: 'customer.message'; message: CustomerMessage }
  /** The customer came by a link, an ad or a plugin and said nothing: it answers no question. */
  | { type: 'customer.referred'; referral: Referral }
  | { type: 'message.sent'; effectId: string; mid?: string }
  | { type: 'message.failed'; effectId: string; reason: string }
  | { type: 'agent.reserved'; effectId: string; agent: Agent }
  | { type: 'agent.none'; effectId: string }
  | { type: 'agent.queue-limit'; effectId: string }
  /** The position in the queue (from 1), how many wait, and how long it is expected to last. */
  | { type: 'queue.changed'; effectId: string; position: number; waiting: number; ewtMs?: number }
  | { type: 'offer.accepted'; effectId: string; agent: Agent }
  | { type: 'offer.rejected'; effectId: string }
  | { type: 'chat.ended'; effectId: string; cause: DisconnectCause }
  | ({ type: 'operation.completed'; effectId: string } & OperationResult)
  /**
   * The messaging window ends at `until` (epoch ms), unless the customer writes: `$(item.windowClosesAt)`. `leadMs`: this is
   * told so long before; an hour where absent.
   */
  | { type: 'window.closing'; until: number; leadMs?: number }
  | { type: 'customer.left'; cause: string };
