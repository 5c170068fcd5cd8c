/**
 * Counts every report again, from the raw events, with code of its own: nothing of `reports/` is used. Where the product folds a
 * history once, this looks for what it needs again and again; where the product has a table of time zones, this asks Intl.
 */
import type { ConversationEvent } from '../../../contracts/history-event.ts';
import { ENTRIES, type GeneratedConversation } from './generate-history.ts';
import { createQualityCounters } from './recount-quality.ts';
import { split, type RecountSettings } from './recount-time.ts';

export type Counts = Map<string, Record<string, number | null>>;

/** What one line adds up; the names are those of the parts, not of figures. */
type Sums = Record<string, number>;

/** Lines and the total (`''`) of a report, by `label of the time|key|key`. */
type Book = (at: number, keys: string[][], sums: Sums) => void;

type Conversation = GeneratedConversation;
type Counter = (conversation: Conversation, book: Book, settings: RecountSettings) => void;

const after = (events: readonly ConversationEvent[], event: ConversationEvent): ConversationEvent[] =>
  events.filter(({ seq }) => seq > event.seq);
const ms = (is: boolean, value: number): number => (is ? value : 0);

/** The end, and when it really was: what a killed actor was in the middle of is over with what it wrote last. */
function endOf({ events }: Conversation): { at: number; reason: string } | undefined {
  const end = events.find(({ type }) => type === 'ended');
  if (end?.type !== 'ended') return undefined;
  return { at: end.data.reason === 'terminated' ? (events.at(-2)?.at ?? end.at) : end.at, reason: end.data.reason };
}

interface FoundWait {
  at: number;
  service: string;
  skills: string[];
  fate: string;
  over?: number;
  place?: { at: number; position: number; ewtMs?: number };
}

const isQuestion = ({ type }: ConversationEvent): boolean => type === 'queued' || type === 'not-queued';
const isTaking = (event: ConversationEvent): boolean =>
  (event.type === 'accepted' && event.data.invitationId === undefined) || event.type === 'connected';

/** A wait begins with a question that follows on the beginning or on somebody who took the chat. */
function waitsOf(conversation: Conversation): FoundWait[] {
  const { events, service } = conversation;
  const waits: FoundWait[] = [];
  let from = 0;
  while (true) {
    const begin = events.find((event) => event.seq > from && isQuestion(event));
    if (!begin) return waits;
    const taking = after(events, begin).find(isTaking);
    const during = events.filter(({ seq }) => seq >= begin.seq && seq < (taking?.seq ?? Infinity));
    const asked = begin.type === 'queued' ? begin.data : { service: undefined, skills: [] };
    const place = during.find(({ type }) => type === 'position');
    const fate = taking ? 'taken' : fateWithoutAgent(conversation, during.findLast(isQuestion));
    const over = (taking ?? endOf(conversation))?.at;
    waits.push({
      at: begin.at,
      service: asked.service ?? service,
      skills: [...new Set(asked.skills)],
      fate,
      ...(over !== undefined && { over }),
      ...(place?.type === 'position' && { place: { at: place.at, ...place.data } }),
    });
    if (!taking) return waits;
    from = taking.seq;
  }
}

function fateWithoutAgent(conversation: Conversation, lastQuestion: ConversationEvent | undefined): string {
  const end = endOf(conversation);
  if (!end) return 'open';
  if (['cancelled', 'terminated'].includes(end.reason)) return 'broken';
  return lastQuestion?.type === 'not-queued' ? 'nobody' : 'gone';
}

interface FoundStretch {
  agent: string;
  seq: number;
  from: number;
  to?: number;
  endSeq: number;
}

/** From `connected` until the same agent leaves, or is in the chat in another way, or it ends. */
function stretchesOf(conversation: Conversation): FoundStretch[] {
  const { events } = conversation;
  const found: FoundStretch[] = [];
  for (const event of events) {
    if (event.type !== 'connected') continue;
    const { agent } = event.data;
    if (found.some((each) => each.agent === agent && each.endSeq > event.seq)) continue;
    const leaving = after(events, event).find(
      (each) =>
        (each.type === 'left' && each.data.agent === agent) ||
        (each.type === 'joined' && each.data.agent === agent && each.data.as !== 'member') ||
        each.type === 'ended',
    );
    const to = leaving?.type === 'ended' ? endOf(conversation)?.at : leaving?.at;
    found.push({
      agent,
      seq: event.seq,
      from: event.at,
      endSeq: leaving?.seq ?? Infinity,
      ...(to !== undefined && { to }),
    });
  }
  return found;
}

/** Transfers by invitation, with the service that they go to. */
function transfersOf({ events }: Conversation): {
  at: number;
  seq: number;
  from: string;
  to: string;
  target: string | undefined;
}[] {
  return events.flatMap((event, index) => {
    const [accepted, left] = [events[index - 2], events[index - 1]];
    if (event.type !== 'transferred' || accepted?.type !== 'invitation-ended' || left?.type !== 'left') return [];
    const { invitationId } = accepted.data;
    const invited = events.find((each) => each.type === 'invited' && each.data.invitationId === invitationId);
    if (invited?.type !== 'invited') return [];
    const { to } = invited.data;
    const target = 'service' in to ? to.service : 'entry' in to ? ENTRIES[to.entry] : undefined;
    return [{ at: event.at, seq: event.seq, from: event.data.from, to: event.data.to, target }];
  });
}

interface FoundTalk {
  service: string;
  seq: number;
  endSeq: number;
  from: number;
  to?: number;
  isIn: boolean;
  stretches: FoundStretch[];
}

/** Stretches that touch are one talk, cut where a transfer is. */
function talksOf(conversation: Conversation): FoundTalk[] {
  const transfers = transfersOf(conversation);
  const talks: FoundTalk[] = [];
  for (const stretch of stretchesOf(conversation)) {
    const last = talks.at(-1);
    const transfer = transfers.find(({ seq }) => seq === stretch.seq - 1);
    // Somebody who goes on with a chat comes with the event behind "transferred".
    const isHandedOn = conversation.events.some((each) => each.type === 'transferred' && each.seq === stretch.seq - 1);
    const isTogether = last !== undefined && last.endSeq > stretch.seq;
    if (last && transfer) {
      last.endSeq = transfer.seq;
      last.to = transfer.at;
      talks.push({
        service: transfer.target ?? last.service,
        seq: transfer.seq,
        endSeq: stretch.endSeq,
        from: transfer.at,
        isIn: true,
        stretches: [stretch],
      });
    } else if (last && (isTogether || isHandedOn)) {
      last.stretches.push(stretch);
      last.endSeq = Math.max(last.endSeq, stretch.endSeq);
    } else {
      const wait = waitsOf(conversation).findLast(({ at }) => at <= stretch.from);
      talks.push({
        service: wait?.service ?? conversation.service,
        seq: stretch.seq,
        endSeq: stretch.endSeq,
        from: stretch.from,
        isIn: false,
        stretches: [stretch],
      });
    }
  }
  return talks;
}

/** Every report but those of agents' states. */
export const counters: Record<string, Counter> = {
  'service-in-time': (conversation, book, settings) => {
    for (const wait of waitsOf(conversation)) book(wait.at, [[wait.service]], sumsOfWait(wait, settings));
  },
  'requested-skills': (conversation, book, settings) => {
    for (const wait of waitsOf(conversation)) {
      book(wait.at, [wait.skills.length > 0 ? wait.skills : ['']], sumsOfWait(wait, settings));
    }
  },
  'virtual-queue': (conversation, book) => {
    for (const { at, service, fate, over = 0, place } of waitsOf(conversation)) {
      if (!place) continue;
      const expected = fate === 'taken' ? place.ewtMs : undefined;
      const real = over - place.at;
      const isCompared = expected !== undefined;
      const isShort = isCompared && real > 1.25 * expected && real - expected > 10_000;
      book(at, [[service]], {
        told: 1,
        position: place.position,
        gone: ms(fate === 'gone', 1),
        compared: ms(isCompared, 1),
        expected: expected ?? 0,
        real: ms(isCompared, real),
        off: ms(isCompared, Math.abs(real - (expected ?? 0))),
        short: ms(isShort, 1),
      });
    }
  },
  'service-metrics': (conversation, book) => {
    for (const { at, service, fate } of waitsOf(conversation)) {
      book(at, [[service]], {
        received: 1,
        taken: ms(fate === 'taken', 1),
        gone: ms(fate === 'gone', 1),
        nobody: ms(fate === 'nobody', 1),
      });
    }
    const talks = talksOf(conversation);
    for (const talk of talks) {
      const isOver = talk.endSeq < Infinity;
      // Whoever stayed through a transfer is in the next talk, too.
      const within = stretchesOf(conversation).filter(({ seq, endSeq }) => seq < talk.endSeq && endSeq > talk.seq);
      const pairs = within.some((one) =>
        within.some((other) => other.seq > one.seq && other.seq < one.endSeq && other.seq > talk.seq),
      );
      // Members who stayed through a transfer spend their time on the talk in which they leave.
      const spent = stretchesOf(conversation)
        .filter(
          ({ endSeq }) => talk === talks.find((each, index) => endSeq <= each.endSeq || index === talks.length - 1),
        )
        .reduce((sum, { from, to = from }) => sum + to - from, 0);
      book(talk.from, [[talk.service]], {
        received: ms(talk.isIn, 1),
        in: ms(talk.isIn, 1),
        handled: ms(isOver, 1),
        now: ms(!isOver, 1),
        conference: ms(pairs, 1),
        spent: ms(isOver, spent),
      });
    }
    for (const transfer of transfersOf(conversation)) {
      const service = talks.find(({ endSeq }) => endSeq === transfer.seq)?.service ?? conversation.service;
      book(transfer.at, [[service]], { out: 1 });
    }
    const answer = conversation.events.find(({ type }) => type === 'first-answer');
    if (answer?.type !== 'first-answer') return;
    const service = talks.findLast(({ seq }) => seq < answer.seq)?.service ?? conversation.service;
    book(answer.at, [[service]], { answered: 1, answerMs: answer.data.waitedMs });
  },
  'agent-performance': (conversation, book) => countAgents(conversation, (agent) => [agent], book),
  'team-performance': (conversation, book, { teamsOf }) =>
    countAgents(conversation, (agent) => (teamsOf(agent).length > 0 ? teamsOf(agent) : ['']), book),
  'agent-time-allocation': (conversation, book, settings) => {
    for (const { agent, from, to = settings.now } of stretchesOf(conversation)) {
      for (const piece of split(from, to, settings)) book(piece.from, [[agent]], { chat: piece.to - piece.from });
    }
  },
  dispositions: (conversation, book) => {
    const end = endOf(conversation);
    if (!end) return;
    const said = conversation.events.filter(({ type }) => type === 'disposition').at(-1);
    const names = conversation.dispositions.map(({ name }) => name);
    if (said?.type === 'disposition') names.push(said.data.name);
    for (const name of names) book(end.at, [[name], [conversation.service]], { given: 1 });
  },
  'scenario-blocks': (conversation, book) => {
    const { events, startedAt } = conversation;
    const entered = events.flatMap((event) => (event.type === 'block-entered' ? event.data.blocks : []));
    const scenario = events[0]?.scenario?.name ?? '';
    const end = endOf(conversation);
    const silent = silentIn(conversation);
    for (const block of new Set(entered)) {
      const isLast = end !== undefined && entered.at(-1) === block;
      book(startedAt, [[scenario], [block]], {
        visited: 1,
        entered: entered.filter((each) => each === block).length,
        left: ms(silent === block, 1),
        ended: ms(isLast, 1),
        failed: ms(isLast && end.reason === 'scenario-failed', 1),
      });
    }
  },
  'scenario-paths': (conversation, book) => {
    const { events, startedAt } = conversation;
    const scenario = events[0]?.scenario?.name ?? '';
    // A gap stands for whatever cannot be joined.
    const GAP = '\n';
    const line = events.flatMap((event): [to: string, by: string][] => {
      if (event.type === 'moved')
        return event.data.how === 'begins'
          ? [[GAP, '']]
          : [
              [GAP, ''],
              [event.data.to, ''],
            ];
      if (event.type !== 'block-entered') return [];
      const { blocks, ways, count } = event.data;
      const named = blocks.map((block, index): [string, string] => [block, ways?.[index] ?? '']);
      return count === blocks.length ? named : [[GAP, ''], ...named];
    });
    const steps = line.slice(1).map(([to, by], index) => [line[index]?.[0] ?? GAP, by, to]);
    const real = steps.filter((each) => !each.includes(GAP)).map((each) => each.join(GAP));
    for (const each of new Set(real)) {
      const [from = '', by = '', to = ''] = each.split(GAP);
      const went = real.filter((other) => other === each).length;
      book(startedAt, [[scenario], [from], [by], [to]], { went, once: 1 });
    }
  },
  'bot-containment': (conversation, book) => {
    const { entry, events, startedAt } = conversation;
    const [start] = events;
    if (start?.type === 'started' && start.data.by === 'agent') return;
    const taken = events.find(({ type }) => type === 'connected');
    const end = endOf(conversation);
    book(startedAt, [[entry], [start?.scenario?.name ?? '']], {
      all: 1,
      open: ms(!end, 1),
      handed: ms(taken !== undefined, 1),
      ...(end && { over: 1, ...sumsOfEnd(end.reason, { taken, hasAsked: events.some(isQuestion), startedAt }) }),
    });
  },
  ...createQualityCounters((conversation, at) => {
    const last = stretchesOf(conversation).findLast(({ from }) => from <= at);
    const talk = talksOf(conversation).findLast(({ seq }) => last !== undefined && seq <= last.seq);
    return { agent: last?.agent ?? '', service: talk?.service ?? conversation.service };
  }),
  messages: ({ events, deliveries }, book) => {
    for (const event of events) {
      if (event.type !== 'message') continue;
      const isOut = event.data.direction === 'out';
      const status = isOut ? (deliveries.get(event.data.messageId) ?? 'gone') : 'in';
      const one = (...all: string[]): number => ms(all.includes(status), 1);
      book(event.at, [[event.data.author]], {
        all: 1,
        sent: ms(isOut, 1),
        reached: one('accepted', 'delivered', 'read'),
        delivered: one('delivered', 'read'),
        read: one('read'),
        failed: one('failed'),
        unknown: one('unknown'),
        waiting: one('queued', 'sending'),
        gone: one('gone'),
      });
    }
  },
};

function sumsOfEnd(
  reason: string,
  { taken, hasAsked, startedAt }: { taken: ConversationEvent | undefined; hasAsked: boolean; startedAt: number },
): Sums {
  if (taken) return { handedOver: 1, toHand: taken.at - startedAt };
  if (hasAsked) return { vain: 1 };
  return reason === 'exit' ? { contained: 1 } : { other: 1 };
}

function sumsOfWait({ at, service, fate, over = 0 }: FoundWait, { targetMs }: RecountSettings): Sums {
  const waited = over - at;
  const isEarly = waited <= targetMs(service);
  return {
    asked: 1,
    taken: ms(fate === 'taken', 1),
    inTime: ms(fate === 'taken' && isEarly, 1),
    gone: ms(fate === 'gone', 1),
    goneEarly: ms(fate === 'gone' && isEarly, 1),
    nobody: ms(fate === 'nobody', 1),
    broken: ms(fate === 'broken', 1),
    open: ms(fate === 'open', 1),
    settled: ms(['taken', 'gone', 'nobody'].includes(fate), 1),
    waited: ms(fate === 'taken', waited),
    ...(fate === 'taken' && { 'max waited': waited }),
  };
}

function countAgents(conversation: Conversation, keysOf: (agent: string) => string[], book: Book): void {
  const { events } = conversation;
  const note = (at: number, agent: string, sums: Sums): void => book(at, [keysOf(agent)], sums);
  for (const event of events) {
    const { type, at, data, actor } = event;
    const { name = '' } = actor;
    if (type === 'offered') note(at, data.agent, sumsOfOffer(event, events));
    if (actor.kind === 'agent' && type === 'message') note(at, name, { written: 1 });
    if (type === 'help-flag' && data.isRaised) note(at, name, { help: 1 });
    if (type === 'first-answer') note(at, data.agent, { answered: 1, answerMs: data.waitedMs });
  }
  for (const { agent, from, to } of stretchesOf(conversation)) {
    note(from, agent, { chats: 1, chatsOver: ms(to !== undefined, 1), chatMs: (to ?? from) - from });
  }
  for (const { at, from, to } of transfersOf(conversation)) {
    note(at, from, { gave: 1 });
    note(at, to, { took: 1 });
  }
}

const OFFER_ENDS: readonly string[] = ['accepted', 'rejected', 'ignored', 'withdrawn'];

function sumsOfOffer(offer: ConversationEvent<'offered'>, events: readonly ConversationEvent[]): Sums {
  const { agent } = offer.data;
  const end = after(events, offer).find(
    ({ type, data }) => type === 'ended' || (OFFER_ENDS.includes(type) && 'agent' in data && data.agent === agent),
  );
  const fate = end?.type === 'ended' ? 'withdrawn' : (end?.type ?? 'open');
  return { offered: 1, [fate]: 1, decided: ms(['accepted', 'rejected', 'ignored'].includes(fate), 1) };
}

/** Where the scenario stood longest, a minute at least, after the last word and the last agent. */
function silentIn(conversation: Conversation): string | undefined {
  const end = endOf(conversation);
  if (!end || end.reason === 'terminated') return undefined;
  const { events } = conversation;
  const words = events.flatMap((event) =>
    event.type === 'message' && event.data.direction === 'in' ? [event.at] : [],
  );
  const from = Math.max(0, ...words, ...stretchesOf(conversation).map(({ to = Infinity }) => to));
  const steps = events.filter(({ type }) => type === 'block-entered');
  const stood = steps.map((step, index) => {
    const until = steps[index + 1]?.at ?? end.at;
    const block = step.type === 'block-entered' ? (step.data.blocks.at(-1) ?? '') : '';
    return { block, length: until - Math.max(step.at, from) };
  });
  const longest = Math.max(0, ...stood.map(({ length }) => length));
  return longest < 60_000 ? undefined : stood.find(({ length }) => length === longest)?.block;
}
