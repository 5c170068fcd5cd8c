import type { InvitationTarget } from '../../contracts/chat-members.ts';
import type { ConversationEvent, ConversationEventType } from '../../contracts/history-event.ts';
import type { Chronicle, ChatStretch, ConversationStory, Talk, Wait } from './conversation-story.ts';

/** An operator ended it, or killed its actor: no will of the customer's. */
const BROKEN_OFF: ReadonlySet<string> = new Set(['cancelled', 'terminated']);

interface Reading {
  chronicle: Chronicle;
  serviceOfEntry: (entry: string) => string | undefined;
  wait?: Wait;
  /** Nobody could be asked; somebody may be later. */
  isTurnedAway: boolean;
  openStretches: ChatStretch[];
  invitations: Map<string, { kind: string; to: InvitationTarget }>;
  /** Accepted, and not carried out yet. */
  transfer?: InvitationTarget;
  lastAt: number;
}

type Taker<Type extends ConversationEventType> = (reading: Reading, event: ConversationEvent<Type>) => void;

/**
 * Reads what happened in a conversation. What its actor was in the middle of when it was killed is over with the last thing that it
 * wrote: its end was written when somebody noticed, which may be days later. `serviceOfEntry`: where a transfer to an entry goes.
 */
export function readConversation(
  story: ConversationStory,
  serviceOfEntry: (entry: string) => string | undefined,
): Chronicle {
  const { conversationId, pageId, entry, service, startedAt, events } = story;
  const chronicle: Chronicle = {
    conversationId,
    pageId,
    entry,
    service,
    scenario: events.find(({ scenario }) => scenario)?.scenario?.name,
    startedAt,
    isByAgent: false,
    waits: [],
    talks: [],
    stretches: [],
    offers: [],
    transfers: [],
  };
  const reading: Reading = {
    chronicle,
    serviceOfEntry,
    isTurnedAway: false,
    openStretches: [],
    invitations: new Map(),
    lastAt: startedAt,
  };
  for (const event of events) {
    const take = takers[event.type] as Taker<ConversationEventType> | undefined;
    take?.(reading, event);
    reading.lastAt = event.at;
  }
  return chronicle;
}

const takers: { [Type in ConversationEventType]?: Taker<Type> } = {
  started({ chronicle }, { at, data }) {
    chronicle.startedAt = at;
    chronicle.isByAgent = data.by === 'agent';
    chronicle.entry = data.entry;
    chronicle.service = data.service ?? chronicle.service;
  },
  queued(reading, { at, data }) {
    const { service = reading.chronicle.service, skills } = data;
    reading.isTurnedAway = false;
    if (!reading.wait) beginWait(reading, { at, service, skills });
  },
  'not-queued'(reading, { at }) {
    if (!reading.wait) beginWait(reading, { at, service: reading.chronicle.service, skills: [] });
    reading.isTurnedAway = true;
  },
  position({ wait }, { at, data }) {
    if (wait) wait.first ??= { at, position: data.position, ...(data.ewtMs !== undefined && { ewtMs: data.ewtMs }) };
  },
  offered({ chronicle }, { at, data }) {
    chronicle.offers.push({ agent: data.agent, at });
  },
  accepted: takeOfferEnd,
  rejected: takeOfferEnd,
  ignored: takeOfferEnd,
  withdrawn: takeOfferEnd,
  connected: takeConnected,
  'first-answer'({ chronicle }, { at, data }) {
    const service = chronicle.talks.at(-1)?.service ?? chronicle.service;
    chronicle.firstAnswer ??= { at, waitedMs: data.waitedMs, agent: data.agent, service };
  },
  invited({ invitations }, { data }) {
    invitations.set(data.invitationId, { kind: data.kind, to: data.to });
  },
  'invitation-ended'(reading, { data }) {
    const invitation = reading.invitations.get(data.invitationId);
    if (data.outcome === 'accepted' && invitation?.kind === 'transfer') reading.transfer = invitation.to;
  },
  transferred: takeTransferred,
  'transferred-to-scenario'({ chronicle }, { at, data }) {
    const service = chronicle.talks.at(-1)?.service ?? chronicle.service;
    chronicle.transfers.push({ at, from: data.from, service });
    chronicle.service = data.service ?? chronicle.service;
  },
  joined(reading, { at, data }) {
    if (data.as !== 'member') endStretch(reading, data.agent, at);
  },
  left(reading, { at, data }) {
    endStretch(reading, data.agent, at);
  },
  ended: takeEnded,
};

function beginWait(reading: Reading, begun: Pick<Wait, 'at' | 'service' | 'skills'>): void {
  reading.wait = { ...begun, outcome: 'waiting' };
  reading.chronicle.waits.push(reading.wait);
}

function endWait(reading: Reading, end: Pick<Wait, 'outcome' | 'agent'> & { endedAt: number }): void {
  if (reading.wait) Object.assign(reading.wait, end);
  delete reading.wait;
  reading.isTurnedAway = false;
}

function takeOfferEnd(
  reading: Reading,
  { type, at, data }: ConversationEvent<'accepted' | 'rejected' | 'ignored' | 'withdrawn'>,
): void {
  const { agent, invitationId } = data;
  const offer = reading.chronicle.offers.findLast((each) => each.agent === agent && each.end === undefined);
  if (offer) offer.end = type;
  if (type === 'accepted' && invitationId === undefined) endWait(reading, { outcome: 'taken', endedAt: at, agent });
}

function takeConnected(reading: Reading, { at, data }: ConversationEvent<'connected'>): void {
  const { chronicle, openStretches } = reading;
  const { agent } = data;
  if (openStretches.some((stretch) => stretch.agent === agent)) return;
  const talk = openTalk(chronicle) ?? beginTalk(reading, at);
  endWait(reading, { outcome: 'taken', endedAt: at, agent });
  const stretch: ChatStretch = { agent, service: talk.service, from: at };
  openStretches.push(stretch);
  chronicle.stretches.push(stretch);
  if (openStretches.length > 1) talk.isConference = true;
}

/** Somebody talks with the customer with whom nobody did: for the service that they last asked, else for the conversation's own. */
function beginTalk({ chronicle, wait }: Reading, at: number): Talk {
  // Whoever accepts is connected a moment later: the wait is over then, and it is the last.
  const last = wait ?? chronicle.waits.at(-1);
  const service = last?.service ?? chronicle.service;
  const talk: Talk = { service, from: at, cameBy: last ? 'wait' : 'other', isConference: false, agentMs: 0 };
  chronicle.talks.push(talk);
  return talk;
}

function openTalk({ talks }: Chronicle): Talk | undefined {
  const last = talks.at(-1);
  return last?.to === undefined ? last : undefined;
}

/** By an invitation it is a transfer; else somebody who was in the chat, or a supervisor, goes on with the same talk. */
function takeTransferred(reading: Reading, { at, data }: ConversationEvent<'transferred'>): void {
  const { chronicle, transfer } = reading;
  const last = chronicle.talks.at(-1);
  if (!transfer) {
    if (last && last.leftBy === undefined) delete last.to;
    return;
  }
  delete reading.transfer;
  const own = last?.service ?? chronicle.service;
  const service = serviceOf(transfer, reading.serviceOfEntry) ?? own;
  if (last) Object.assign(last, { to: last.to ?? at, leftBy: 'transfer' });
  chronicle.transfers.push({ at, from: data.from, to: data.to, service: own });
  chronicle.talks.push({ service, from: at, cameBy: 'transfer', isConference: false, agentMs: 0 });
}

function serviceOf(to: InvitationTarget, serviceOfEntry: Reading['serviceOfEntry']): string | undefined {
  if ('service' in to) return to.service;
  return 'entry' in to ? serviceOfEntry(to.entry) : undefined;
}

function endStretch(reading: Reading, agent: string, at: number): void {
  const stretch = reading.openStretches.find((each) => each.agent === agent);
  if (!stretch) return;
  stretch.to = at;
  reading.openStretches = reading.openStretches.filter((each) => each !== stretch);
  const talk = reading.chronicle.talks.at(-1);
  if (!talk) return;
  talk.agentMs += at - stretch.from;
  if (reading.openStretches.length === 0) talk.to ??= at;
}

function takeEnded(reading: Reading, { at, data }: ConversationEvent<'ended'>): void {
  const { chronicle, wait, isTurnedAway } = reading;
  const { reason } = data;
  const endedAt = reason === 'terminated' ? reading.lastAt : at;
  chronicle.ended = { at: endedAt, reason };
  for (const { agent } of reading.openStretches) endStretch(reading, agent, endedAt);
  const talk = openTalk(chronicle);
  if (talk) talk.to = endedAt;
  for (const offer of chronicle.offers) offer.end ??= 'withdrawn';
  if (!wait) return;
  const outcome = BROKEN_OFF.has(reason) ? 'broken-off' : isTurnedAway ? 'turned-away' : 'gave-up';
  endWait(reading, { outcome, endedAt });
}
