import type { InvitationOutcome } from '../../contracts/chat-members.ts';
import type { CustomerEvent } from '../../contracts/customer-event.ts';
import type {
  ConversationEventData,
  ConversationEventType,
  HistoryActor,
  NewConversationEvent,
  Segment,
} from '../../contracts/history-event.ts';
import { messageKey } from '../../contracts/message-key.ts';
import type { Part } from '../../contracts/part.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { openConversation, type Actor } from './actor.ts';
import type { AgentSearch, Offer, OpenConversation } from './actor-state.ts';
import type { Invitation } from './chat-state.ts';
import { targetOf } from './routing-intents.ts';

/** Blocks that one event names, and events of blocks that one conversation may have: a loop without end fills no database. */
const NAMED_BLOCKS = 10;
/** Characters of a way that are kept: of an If it goes by its condition, which may be long. */
const NAMED_WAY_LENGTH = 100;
const MAX_BLOCK_EVENTS = 1000;
/** Segments that the record names, newest last. */
const MAX_SEGMENTS = 50;

/** What an actor says of one event; `at`: now, unless it is known better. */
interface NewEvent<Type extends ConversationEventType> {
  type: Type;
  data: ConversationEventData[Type];
  actor: HistoryActor;
}

/** Nobody in particular: the clock, the dispatcher, Messenger. */
export const SYSTEM: HistoryActor = { kind: 'system' };

/** An agent, as the one who did something. */
export const byAgent = (username: string): HistoryActor => ({ kind: 'agent', name: username });

/**
 * Adds an event to the history of the open conversation. It is written with the next record, in the same activity, and
 * forgotten then; its id is its place, so that what is decided again after a lost task takes the place of what was told.
 */
export function noteEvent<Type extends ConversationEventType>(actor: Actor, event: NewEvent<Type>): void {
  const { history } = openConversation(actor);
  const segment = segmentOf(actor, event.actor);
  actor.unrecordedEvents.push({
    seq: history.nextSeq++,
    at: Date.now(),
    ...event,
    ...(segment && { segment: { ...segment } }),
  } as NewConversationEvent);
}

/** The stretch that something happened in: of the agent who did it, else of who holds the chat. */
function segmentOf(actor: Actor, { kind, name }: HistoryActor): Segment | undefined {
  const { history, chat } = openConversation(actor);
  const own = kind === 'agent' ? history.open.find(({ agent }) => agent === name) : undefined;
  return own ?? history.open.find(({ agent }) => agent === chat?.agent.username) ?? history.open.at(0);
}

/** A block that was entered, and by which way out of the one before; empty where none led there. */
export interface EnteredBlock {
  block: string;
  way: string;
}

/** Notes the blocks that a step went through. What one turn enters is one event, unless something else came between. */
export function noteBlocks(actor: Actor, entered: readonly EnteredBlock[]): void {
  if (entered.length === 0) return;
  const { history } = openConversation(actor);
  const blocks = entered.map(({ block }) => block);
  const ways = entered.map(({ way }) => way.slice(0, NAMED_WAY_LENGTH));
  const last = actor.unrecordedEvents.at(-1);
  if (last?.type === 'block-entered') {
    const earlier = last.data;
    last.data = {
      blocks: [...earlier.blocks, ...blocks].slice(-NAMED_BLOCKS),
      ways: [...(earlier.ways ?? earlier.blocks.map(() => '')), ...ways].slice(-NAMED_BLOCKS),
      count: earlier.count + blocks.length,
    };
    return;
  }
  if (history.blockEvents >= MAX_BLOCK_EVENTS) return;
  history.blockEvents += 1;
  const data = { blocks: blocks.slice(-NAMED_BLOCKS), ways: ways.slice(-NAMED_BLOCKS), count: blocks.length };
  noteEvent(actor, { type: 'block-entered', data, actor: byBlock(blocks.at(-1)) });
}

/** A block of the scenario, as the one who did something. */
export function byBlock(block: string | undefined): HistoryActor {
  return { kind: 'scenario', ...(block !== undefined && { name: block }) };
}

/** An agent talks with the customer from now on; nothing where they do already. */
export function beginSegment(actor: Actor, agent: string): void {
  const { history } = openConversation(actor);
  if (history.open.some((segment) => segment.agent === agent)) return;
  history.open.push({ number: ++history.segmentCount, agent, from: Date.now() });
  noteEvent(actor, { type: 'connected', data: { agent }, actor: byAgent(agent) });
}

/** An agent talks with the customer no more, whatever they do in the chat now; nothing where they did not. */
export function endSegment(actor: Actor, agent: string): void {
  const { history } = openConversation(actor);
  const segment = history.open.find((each) => each.agent === agent);
  if (!segment) return;
  history.open = history.open.filter((each) => each !== segment);
  history.segments = [...history.segments, { ...segment, to: Date.now() }].slice(-MAX_SEGMENTS);
}

/** Somebody has left the chat. */
export function noteLeft(actor: Actor, agent: string, cause: string): void {
  const { history } = openConversation(actor);
  const segment = history.open.find((each) => each.agent === agent);
  if (segment) segment.to = Date.now();
  noteEvent(actor, { type: 'left', data: { agent, cause }, actor: OF_AGENT.has(cause) ? byAgent(agent) : SYSTEM });
  endSegment(actor, agent);
}

/** Agents leave by themselves for these causes; the system makes them for every other. */
const OF_AGENT: ReadonlySet<string> = new Set(['UserHangup', 'UserLogout']);

/** An agent is asked for from now on; `isRequeued`: once more, because the one before is gone. */
export function noteQueued(actor: Actor, { effectId, skills, priority }: AgentSearch, isRequeued = false): void {
  const conversation = openConversation(actor);
  const { group, service } = targetOf(conversation, effectId);
  const data = {
    requestId: effectId,
    group,
    skills,
    priority,
    ...(service !== undefined && { service }),
    ...(isRequeued && { isRequeued: true as const }),
  };
  noteEvent(actor, { type: 'queued', data, actor: isRequeued ? SYSTEM : byBlock(conversation.block) });
}

/** Somebody is asked. `invitationId`: into a chat that goes on. */
export function noteOffer(actor: Actor, { offerId, agent, expiresAt }: Offer, invitationId?: string): void {
  const data = { offerId, agent: agent.username, expiresAt, ...(invitationId !== undefined && { invitationId }) };
  noteEvent(actor, { type: 'offered', data, actor: SYSTEM });
}

interface OfferEnd {
  type: 'accepted' | 'rejected' | 'ignored' | 'withdrawn';
  /** In the agent's words. */
  reason?: string;
  invitationId?: string;
}

/** The offer is open no more. */
export function noteOfferEnd(
  actor: Actor,
  { offerId, agent: { username: agent } }: Offer,
  { type, reason, invitationId }: OfferEnd,
): void {
  const of = { offerId, agent, ...(invitationId !== undefined && { invitationId }) };
  const data = { ...of, ...(type === 'rejected' && reason !== undefined && { reason }) };
  const isOfAgent = type === 'accepted' || type === 'rejected';
  noteEvent(actor, { type, data, actor: isOfAgent ? byAgent(agent) : SYSTEM });
}

/** Nobody is asked into the chat any more; `by`: who answered. An offer that is still open is gone with it. */
export function noteInvitationEnd(
  actor: Actor,
  { id: invitationId, offer }: Invitation,
  { outcome, by }: { outcome: InvitationOutcome; by?: string },
): void {
  if (offer) noteOfferEnd(actor, offer, { type: OFFER_ENDS[outcome] ?? 'withdrawn', invitationId });
  const data = { invitationId, outcome, ...(by !== undefined && { by }) };
  noteEvent(actor, { type: 'invitation-ended', data, actor: by === undefined ? SYSTEM : byAgent(by) });
}

const OFFER_ENDS: Partial<Record<InvitationOutcome, 'accepted' | 'rejected' | 'ignored'>> = {
  accepted: 'accepted',
  rejected: 'rejected',
  'no-answer': 'ignored',
};

/** What the record says of the history: the times that lists and reports ask for, and who was in the chat when. */
export function historyRecordOf({ queuedAt, history }: OpenConversation): {
  queuedAt?: number;
  offeredAt?: number;
  acceptedAt?: number;
  firstAnswerAt?: number;
  segments?: Segment[];
} {
  const { offeredAt, acceptedAt, firstAnswerAt, open, segments } = history;
  const all = [...segments, ...open].toSorted((one, other) => one.number - other.number);
  return {
    ...withoutUndefined({ queuedAt, offeredAt, acceptedAt, firstAnswerAt }),
    ...(all.length > 0 && { segments: all }),
  };
}

/** The customer has said something; `seq`: its place in the transcript. */
export function noteInbound(actor: Actor, { key }: CustomerEvent, seq: number): void {
  const messageId = messageKey(actor.state.pageId, actor.state.psid, key);
  const data = { messageId, direction: 'in', seq, author: 'customer' } as const;
  noteEvent(actor, { type: 'message', data, actor: { kind: 'customer' } });
}

/** A part was given to the outbox. `by`: the agent who wrote it; the scenario's block where absent. */
export function noteOutbound(actor: Actor, { id: messageId, seq, author }: Part, by?: string): void {
  const conversation = openConversation(actor);
  const { history } = conversation;
  const from = by === undefined ? byBlock(conversation.block) : byAgent(by);
  noteEvent(actor, { type: 'message', data: { messageId, direction: 'out', seq, author: author.kind }, actor: from });
  if (by === undefined || history.firstAnswerAt !== undefined) return;
  const now = Date.now();
  history.firstAnswerAt = now;
  const data = { agent: by, messageId, waitedMs: now - (history.acceptedAt ?? now) };
  noteEvent(actor, { type: 'first-answer', data, actor: from });
}
