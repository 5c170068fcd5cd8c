import { isSilent, type CustomerEvent } from '../../contracts/customer-event.ts';
import type { StoredConversation, StoredMessage } from '../../contracts/stored-conversation-schema.ts';
import type { CustomerMessage, ScenarioEvent } from '../machine/scenario-event.ts';

/** What a scenario was told from outside, and when; times never go back. */
interface TimelineEvent {
  at: number;
  /** `of`: the type of what is not kept. */
  event: ScenarioEvent | { type: 'too-large'; of: string };
}

export interface Timeline {
  first: CustomerMessage & { kind: string };
  events: TimelineEvent[];
  endedAt: number | undefined;
}

/** Puts messages and other events into the order in which the scenario heard of them; undefined where nobody wrote. */
export function createTimeline(stored: StoredConversation): Timeline | undefined {
  const written = stored.messages.filter(({ direction }) => direction === 'in');
  const [first, ...later] = written;
  if (!first) return undefined;
  const recordedInputs = stored.recordedInputs.map(({ at, seq, event }) => ({
    at: Date.parse(at),
    seq,
    rank: 0,
    event: toEvent(event),
  }));
  const heard = later.map((message) => ({
    at: Date.parse(message.at),
    seq: message.seq,
    rank: 1,
    event: hearing(message),
  }));
  // What was told with a number came before the message that got it.
  const ordered = [...recordedInputs, ...heard].toSorted((a, b) => a.seq - b.seq || a.rank - b.rank || a.at - b.at);
  let clock = Date.parse(stored.startedAt);
  return {
    first: { ...toMessage(first), kind: first.kind ?? 'message' },
    events: ordered.map(({ at, event }) => {
      clock = Math.max(clock, at);
      return { at: clock, event };
    }),
    endedAt: stored.endedAt === undefined ? undefined : Date.parse(stored.endedAt),
  };
}

function hearing(stored: StoredMessage): ScenarioEvent {
  const message = toMessage(stored);
  const isWordless = isSilent({ kind: (stored.kind ?? 'message') as CustomerEvent['kind'] });
  return isWordless
    ? { type: 'customer.referred', referral: message.referral ?? {} }
    : { type: 'customer.message', message };
}

function toEvent(event: StoredConversation['recordedInputs'][number]['event']): TimelineEvent['event'] {
  // The shape is the workflow's own: nothing else writes it.
  return event['isTooLarge'] === true ? { type: 'too-large', of: event.type } : (event as unknown as ScenarioEvent);
}

function toMessage({ at, seq, text, payload, attachments, referral }: StoredMessage): CustomerMessage {
  return {
    at: Date.parse(at),
    mid: `stored-${seq}`,
    attachments,
    ...(text !== undefined && { text }),
    ...(payload !== undefined && { payload }),
    ...(referral && { referral }),
  };
}
