import type { Attempt } from '../adapters/mongo/part-document.ts';
import type { Progress } from '../contracts/conversation-record.ts';
import type { MessagingWindow } from '../contracts/messenger-policy.ts';
import type { Parking, Part } from '../contracts/part.ts';

export interface SendPartRequest {
  pageId: string;
  psid: string;
  conversationId: string;
  part: Part;
  /** What the read model has to be told; rides here to save a round trip. */
  progress?: Progress;
  /** Set where the part must not be sent any more: it is recorded as failed for this reason. */
  refusal?: string;
  /** Set where the part must not be sent now: it is written down as parked. */
  hold?: Parking;
  /** Until when who may write; taken to be open where absent. */
  window?: MessagingWindow;
  /** Time of the latest news of the thread that the actor had heard when it let the part go; epoch milliseconds. */
  threadHeardAt?: number;
  /** The conversation is over, nobody waits: what cannot leave now has failed, or asks a person where an agent wrote it. */
  isEnded?: boolean;
  /** A person let it go, and nobody else knows of it: until it leaves it stays among the parts that wait for one. */
  isLetGo?: boolean;
}

/** A request as one attempt sees it. */
export interface SendPartAttempt extends SendPartRequest {
  /** When Temporal scheduled this attempt, by its clock: later attempts at the part have later times. Epoch milliseconds. */
  attemptAt: number;
}

/** What the ledger notes of an attempt. */
export function attemptOf({ now }: { now: () => number }, { attemptAt }: SendPartAttempt): Attempt {
  return { now: now(), attemptAt };
}
