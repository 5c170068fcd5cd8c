import type { Attachment, Referral } from '../../contracts/customer-event.ts';
import type { Author, Parking, Part, DeliveryStatus } from '../../contracts/part.ts';

/**
 * One message of a transcript, in collection `messages`. An outbound one is a row of the delivery ledger at the same
 * time: its `_id` is the part's id, its `delivery status` says what became of it.
 */
export interface MessageDocument {
  _id: string;
  conversationId: string;
  pageId: string;
  psid: string;
  /** `internal`: agents to agents. */
  direction: 'in' | 'out' | 'internal';
  author: Author;
  kind: string;
  /** Dedupe key of an inbound message within its Page and customer. */
  key?: string;
  mid?: string;
  text?: string;
  payload?: string;
  attachments: Attachment[];
  /** `mid` of the message that it answers. */
  replyTo?: string;
  referral?: Referral;
  at: Date;
  /** Its place in the transcript: the order in which the actor took things. What no actor takes stands half-way behind the last. */
  seq: number;
  status?: DeliveryStatus;
  /** Why a part failed, for operators. */
  reason?: string;
  /** What was left out of a part or cut, because Messenger does not take it: an empty title, an address that is none. */
  notes?: string[];
  /** When the latest attempt at the part was scheduled: one before it that stood still changes nothing any more. */
  attemptAt?: Date;
  /** When the call to Graph that has no answer yet began. */
  sendingSince?: Date;
  /** What the customer's receipts say of it already, while its outcome is not known. */
  receipt?: 'delivered' | 'read';
  /** When its outcome first became doubtful: the wait for the echo counts from here, whatever stood still before. */
  doubtfulSince?: Date;
  /** The part was sent once more after an unknown outcome. */
  isResentAfterUnknown?: boolean;
  /** Only ever true: seen while another app owned the thread, handled by none of our conversations. */
  isStandby?: true;
  /** What a queued part waits for, and the Page whose parked parts it is one of (sparse index). */
  parked?: Parking & { at: Date; isWoken?: boolean };
  parkedOn?: string;
  /** Which release by a person let it go last. */
  releasedBy?: string;
  /** Its number in the order in which parts leave a slow lane. */
  ticket?: number;
  /** Refusals that may pass, counted for those that are given up in the end. */
  refusals?: number;
  /** What a part holds beside its text: all that is needed to send it again. */
  outbound?: Pick<Part, 'attachment' | 'quickReplies' | 'typingMs'>;
  /** User names of those whom a note is meant for. */
  mentions?: string[];
  isDeleted?: boolean;
  editCount?: number;
  reaction?: string;
  /** Of the latest reaction or its removal, in epoch milliseconds. */
  reactionAt?: number;
}
