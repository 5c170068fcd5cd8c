import type {
  AgentEvent,
  ConversationEvent,
  ConversationEventData,
  ConversationEventType,
  HistoryActor,
} from '../../../contracts/history-event.ts';
import type { GradedStretch } from '../../../reports/story/conversation-story.ts';
import type { DeliveryStatus } from '../../../contracts/part.ts';

/** A conversation and an agent as they lie in the database, of nobody: made by dice. */
export interface GeneratedConversation {
  conversationId: string;
  pageId: string;
  entry: string;
  service: string;
  startedAt: number;
  events: ConversationEvent[];
  deliveries: Map<string, DeliveryStatus>;
  dispositions: { name: string; agent: string }[];
  evaluations: GradedStretch[];
}
import { gradeBy, playSurvey } from './generate-quality.ts';

export const SERVICES = ['support', 'sales', 'billing'];
export const AGENTS = ['ann', 'ben', 'cleo', 'dan', 'eva', 'finn'];
export const ENTRIES: Record<string, string> = { front: 'support', shop: 'sales', pay: 'billing' };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Clocks in Berlin go back in the night to 25 October. */
export const FROM = Date.parse('2026-10-21T22:00:00Z');
export const TO = Date.parse('2026-10-27T23:00:00Z');
const CHANGE = Date.parse('2026-10-25T01:00:00Z');
/** When it is read. */
export const NOW = TO + 2 * DAY;

type Dice = () => number;

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function createDice(seed: number): Dice {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SYSTEM: HistoryActor = { kind: 'system' };
const byAgent = (name: string): HistoryActor => ({ kind: 'agent', name });

class Story {
  readonly events: ConversationEvent[] = [];
  readonly deliveries = new Map<string, DeliveryStatus>();
  readonly dispositions: { name: string; agent: string }[] = [];
  readonly evaluations: GradedStretch[] = [];
  now: number;
  private offers = 0;
  readonly id: string;
  readonly dice: Dice;
  readonly service: string;

  constructor(id: string, { dice, now, service }: { dice: Dice; now: number; service: string }) {
    this.id = id;
    this.dice = dice;
    this.now = now;
    this.service = service;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.dice() * items.length)] as Item;
  }

  is(share: number): boolean {
    return this.dice() < share;
  }

  pass(least: number, most: number): void {
    this.now += Math.round(least + this.dice() * (most - least));
  }

  tell<Type extends ConversationEventType>(type: Type, data: ConversationEventData[Type], actor = SYSTEM): void {
    const seq = this.events.length + 1;
    const scenario = { name: this.service === 'sales' ? 'shop-chat' : 'help-chat', version: 'v1' };
    const head = { id: `${this.id}:${seq}`, conversationId: this.id, seq, at: this.now, actor, scenario };
    this.events.push({ ...head, type, data } as ConversationEvent);
  }

  blocks(...blocks: string[]): void {
    // Now and then a turn enters more blocks than its event names.
    const unnamed = this.events.length % 17 === 0 ? 3 : 0;
    // Events of earlier versions name no ways.
    const ways =
      this.events.length % 11 === 0
        ? undefined
        : blocks.map((block, index) => (index === 0 && block === 'nobody' && this.is(0.5) ? 'no-agents' : 'next'));
    this.tell(
      'block-entered',
      { blocks, ...(ways && { ways }), count: blocks.length + unnamed },
      { kind: 'scenario', name: blocks.at(-1) ?? '' },
    );
  }

  say(author: 'customer' | 'scenario' | 'agent', agent?: string): void {
    const messageId = `${this.id}-m${this.events.length}`;
    const direction = author === 'customer' ? 'in' : 'out';
    const actor: HistoryActor = agent === undefined ? { kind: author } : byAgent(agent);
    this.tell('message', { messageId, direction, seq: this.events.length, author }, actor);
    const statuses = ['accepted', 'delivered', 'read', 'read', 'failed', 'unknown', 'queued', 'sending'] as const;
    if (direction === 'out' && this.is(0.97)) this.deliveries.set(messageId, this.pick(statuses));
  }

  offer(agent: string, fate: 'accepted' | 'rejected' | 'ignored' | 'withdrawn', invitationId?: string): void {
    const of = { offerId: `o${++this.offers}`, agent, ...(invitationId !== undefined && { invitationId }) };
    this.tell('offered', { ...of, expiresAt: this.now + 20_000 });
    this.pass(500, 20_000);
    this.tell(fate, of, fate === 'accepted' || fate === 'rejected' ? byAgent(agent) : SYSTEM);
  }
}

/** So many conversations: alone with the scenario, with agents, transferred, in conference, lost, killed, over midnight. */
export function generateConversations(count: number, seed: number): GeneratedConversation[] {
  const dice = createDice(seed);
  return Array.from({ length: count }, (_each, index) => generateOne(`c${index}`, dice)).toSorted(
    (one, other) => one.startedAt - other.startedAt,
  );
}

function generateOne(conversationId: string, dice: Dice): GeneratedConversation {
  const entry = Object.keys(ENTRIES)[Math.floor(dice() * 3)] ?? 'front';
  const service = ENTRIES[entry] ?? '';
  const startedAt = Math.round(startOf(dice));
  const story = new Story(conversationId, { dice, now: startedAt, service });
  const isByAgent = story.is(0.03);
  story.tell('started', { by: isByAgent ? 'agent' : 'message', entry, service }, { kind: 'customer' });
  if (isByAgent) playOutbound(story);
  else playScenario(story);
  const events = crash(story);
  const { deliveries, dispositions, evaluations } = story;
  const written = { deliveries, dispositions, evaluations };
  return { conversationId, pageId: 'page-1', entry, service, startedAt, events, ...written };
}

/** Many begin about midnight, and in the night in which the clocks change. */
function startOf(dice: Dice): number {
  const kind = dice();
  if (kind < 0.15) return FROM + Math.floor(dice() * 6) * DAY + (dice() - 0.5) * 20 * MINUTE;
  if (kind < 0.3) return CHANGE + (dice() - 0.5) * 3 * HOUR;
  return FROM - 6 * HOUR + dice() * (TO - FROM + 8 * HOUR);
}

function playOutbound(story: Story): void {
  const agent = story.pick(AGENTS);
  story.tell('connected', { agent }, byAgent(agent));
  story.say('agent', agent);
  story.tell('first-answer', { agent, messageId: 'm', waitedMs: 0 }, byAgent(agent));
  story.pass(MINUTE, HOUR);
  endChat(story, [agent]);
}

/** Every eleventh goes to another version while it waits for an answer. */
function moveSome(story: Story): void {
  const serial = Number(story.id.slice(1));
  if (serial % 11 !== 0) return;
  const how = serial % 2 === 0 ? 'continues' : 'begins';
  story.tell('moved', { from: 'v1', version: 'v2', block: 'ask', to: 'again', how, operationId: 'op' });
  if (how === 'begins') story.blocks('again');
}

function playScenario(story: Story): void {
  story.say('customer');
  story.blocks('hello', 'ask');
  story.say('scenario');
  if (story.is(0.2)) {
    story.pass(2 * MINUTE, 12 * MINUTE);
    story.blocks('closed', 'end');
    return end(story, 'exit');
  }
  story.pass(2000, 50_000);
  moveSome(story);
  story.say('customer');
  if (story.is(0.35)) {
    story.blocks('answer', 'more');
    story.say('scenario');
    if (story.is(0.5)) story.pass(10_000, 4 * MINUTE);
    if (story.is(0.3)) story.blocks('sorry');
    if (story.is(0.9))
      end(story, story.pick(['exit', 'exit', 'exit', 'scenario-failed', 'blocked', 'other-app', 'cancelled']));
    return;
  }
  story.blocks('find');
  playWait(story);
}

function playWait(story: Story, isRequeued = false): void {
  const skills = [...new Set([story.pick(['support', 'billing']), story.pick(['support', 'french', 'billing'])])];
  const service = story.is(0.15) ? story.pick(SERVICES) : story.service;
  story.tell('queued', {
    requestId: `r${story.events.length}`,
    group: 'default',
    skills: story.is(0.1) ? [] : skills,
    priority: 0,
    ...(story.is(0.9) && { service }),
    ...(isRequeued && { isRequeued }),
  });
  while (story.is(0.5)) tellPosition(story);
  story.pass(500, story.is(0.5) ? 30_000 : 5 * MINUTE);
  const fate = story.dice();
  if (fate < 0.12) return playNobody(story);
  if (fate < 0.22) return end(story, story.pick(['exit', 'blocked', 'cancelled']));
  if (fate > 0.25) playOffers(story);
}

function tellPosition(story: Story): void {
  story.pass(100, 20_000);
  const ewtMs = story.is(0.8) ? { ewtMs: Math.round(story.dice() * 120_000) } : {};
  story.tell('position', { position: 1 + Math.floor(story.dice() * 9), waiting: 9, ...ewtMs });
}

function playNobody(story: Story): void {
  story.tell('not-queued', { requestId: 'r', why: 'no-agents' });
  story.blocks('nobody');
  if (story.is(0.3)) playWait(story);
  else end(story, 'exit');
}

function playOffers(story: Story): void {
  const agent = story.pick(AGENTS);
  story.tell('reserved', { requestId: 'r', agent });
  const fate = story.dice();
  if (fate < 0.2) {
    story.offer(agent, story.pick(['rejected', 'ignored', 'withdrawn']));
    return playWait(story, true);
  }
  if (fate < 0.23) {
    story.tell('offered', { offerId: 'open', agent, expiresAt: story.now });
    return end(story, 'exit');
  }
  story.offer(agent, 'accepted');
  story.tell('connected', { agent }, byAgent(agent));
  playChat(story, [agent]);
}

/** `people`: who talks with the customer; the holder first. */
function playChat(story: Story, people: string[]): void {
  const [holder = ''] = people;
  story.pass(1000, 90_000);
  if (story.is(0.9)) answer(story, holder);
  if (story.is(0.1)) story.tell('help-flag', { isRaised: true }, byAgent(holder));
  if (story.is(0.6)) story.say('customer');
  const other = story.pick(AGENTS.filter((agent) => !people.includes(agent)));
  const fate = story.dice();
  if (fate < 0.15) return playTransfer(story, people, other);
  if (fate < 0.25) return playConference(story, people, other);
  if (fate < 0.3) return playTakeOver(story, people, other);
  if (fate < 0.35) return loseHolder(story, people);
  if (fate > 0.38) endChat(story, people);
}

function answer(story: Story, agent: string): void {
  story.say('agent', agent);
  if (story.events.some(({ type }) => type === 'first-answer')) return;
  const waitedMs = Math.round(story.dice() * 60_000);
  story.tell('first-answer', { agent, messageId: 'm', waitedMs }, byAgent(agent));
}

function loseHolder(story: Story, [holder = '', next, ...others]: string[]): void {
  story.tell('left', { agent: holder, cause: 'PresenceLost' });
  if (next === undefined) return playWait(story, true);
  story.tell('transferred', { from: holder, to: next });
  playChat(story, [next, ...others]);
}

function playTransfer(story: Story, people: string[], other: string): void {
  const [holder = ''] = people;
  const service = story.pick(SERVICES);
  const to = story.pick([
    { agent: other },
    { service },
    { service: story.service },
    { entry: story.pick(Object.keys(ENTRIES)) },
  ]);
  const invitationId = `i${story.events.length}`;
  story.tell('invited', { invitationId, kind: 'transfer', to }, byAgent(holder));
  story.pass(1000, 30_000);
  if (story.is(0.3)) {
    story.offer(other, 'rejected', invitationId);
    story.tell('invitation-ended', { invitationId, outcome: 'rejected', by: other });
    return endChat(story, people);
  }
  story.offer(other, 'accepted', invitationId);
  story.tell('invitation-ended', { invitationId, outcome: 'accepted', by: other });
  story.tell('left', { agent: holder, cause: 'Transferred' });
  story.tell('transferred', { from: holder, to: other });
  story.tell('connected', { agent: other }, byAgent(other));
  playChat(story, [other, ...people.slice(1)]);
}

function playConference(story: Story, people: string[], other: string): void {
  const [holder = ''] = people;
  const invitationId = `i${story.events.length}`;
  const kind = story.pick(['consult', 'conference'] as const);
  story.tell('invited', { invitationId, kind, to: { agent: other } }, byAgent(holder));
  story.offer(other, 'accepted', invitationId);
  story.tell('invitation-ended', { invitationId, outcome: 'accepted', by: other });
  if (kind === 'consult') {
    story.tell('joined', { agent: other, as: 'consulted' }, byAgent(other));
    story.pass(1000, 60_000);
    if (story.is(0.5)) {
      story.tell('left', { agent: other, cause: 'UserHangup' });
      return endChat(story, people);
    }
  }
  story.tell('connected', { agent: other }, byAgent(other));
  story.tell('joined', { agent: other, as: 'member' }, byAgent(other));
  story.pass(1000, 5 * MINUTE);
  if (story.is(0.3)) story.tell('joined', { agent: other, as: 'monitor' }, byAgent(other));
  else if (story.is(0.5)) return playChat(story, [...people, other]);
  else story.tell('left', { agent: other, cause: 'UserHangup' });
  endChat(story, people);
}

function playTakeOver(story: Story, people: string[], other: string): void {
  const [holder = ''] = people;
  story.tell('joined', { agent: other, as: 'monitor' }, byAgent(other));
  story.pass(1000, 60_000);
  story.tell('left', { agent: holder, cause: 'TakenOver' });
  story.tell('transferred', { from: holder, to: other });
  story.tell('connected', { agent: other }, byAgent(other));
  endChat(story, [other, ...people.slice(1)]);
}

function endChat(story: Story, people: string[]): void {
  story.pass(5000, story.is(0.1) ? 3 * HOUR : 10 * MINUTE);
  if (story.is(0.1)) return end(story, 'cancelled');
  for (const agent of people) {
    story.tell('left', { agent, cause: 'UserHangup' }, byAgent(agent));
    if (story.is(0.5)) story.dispositions.push({ agent, name: story.pick(['sold', 'solved', 'spam']) });
    if (story.is(0.3)) story.evaluations.push(gradeBy(story, agent));
  }
  if (story.is(0.1)) return playWait(story);
  story.blocks('thanks', 'survey');
  story.say('scenario');
  if (story.is(0.6)) playSurvey(story);
  if (story.is(0.3)) story.tell('disposition', { name: story.pick(['solved', 'open']) }, { kind: 'scenario' });
  story.pass(1000, 4 * MINUTE);
  if (story.is(0.3)) story.say('customer');
  story.blocks('bye');
  end(story, 'exit');
}

function end(story: Story, reason: string): void {
  if (story.is(0.1)) story.pass(1000, 3 * MINUTE);
  story.tell('ended', { reason });
}

/** What a turn goes on after: its events are written together, or not at all. */
const WITHIN_A_TURN: ReadonlySet<string> = new Set(['accepted', 'invitation-ended', 'left', 'transferred']);

/** Some actors are killed in the middle: the rest never happened, and of most the end was written much later. */
function crash({ events, dice, id }: Story): ConversationEvent[] {
  if (dice() > 0.04 || events.length < 3) return events;
  const kept = events.slice(0, 2 + Math.floor(dice() * (events.length - 2)));
  while (WITHIN_A_TURN.has(kept.at(-1)?.type ?? '')) kept.pop();
  const last = kept.at(-1);
  if (!last || last.type === 'ended' || dice() < 0.3) return kept;
  const at = last.at + Math.round(dice() * DAY);
  const actor = { kind: 'operator' } as const;
  const seq = last.seq + 1;
  const head = { id: `${id}:${seq}`, conversationId: id, seq, at, actor };
  return [...kept, { ...head, type: 'ended', data: { reason: 'terminated' } }];
}

/** What each agent was at, for some days before and after, with dispatchers that begin anew in between. */
export function generateAgents(seed: number): { username: string; events: AgentEvent[] }[] {
  const dice = createDice(seed);
  return AGENTS.map((username) => ({ username, events: generateAgent(username, dice) }));
}

function generateAgent(username: string, dice: Dice): AgentEvent[] {
  const events: AgentEvent[] = [];
  let at = FROM - DAY;
  let state = 'logged-out';
  const tell = (type: AgentEvent['type'], data: object): void => {
    const head = { id: `${username}:${events.length}`, username, group: 'default', at, actor: SYSTEM };
    events.push({ ...head, type, data } as AgentEvent);
  };
  const reasons = ['Lunch', 'Training', ''];
  const reasonOf = (next: string): object => (next === 'not-ready' ? { reason: reasons[Math.floor(dice() * 3)] } : {});
  while (at < TO + HOUR) {
    at += Math.round(dice() * 3 * HOUR);
    const fate = dice();
    if (fate < 0.25) {
      const conversationId = `c${Math.floor(dice() * 1000)}`;
      const until = at + 60_000;
      tell('after-work-begun', { conversationId, until });
      if (dice() < 0.3) tell('after-work-extended', { conversationId, until: until + 30_000 });
      at += Math.round(dice() * 50_000);
      if (dice() < 0.8) tell('after-work-ended', { conversationId, by: 'done' });
    } else if (fate < 0.3) tell('capacity-changed', { slots: 3 });
    else if (state === 'logged-out') {
      state = dice() < 0.7 ? 'ready' : 'supervising';
      tell('logged-in', { state });
    } else if (fate < 0.4) tell('logged-in', { state });
    else if (fate < 0.5) {
      state = 'logged-out';
      tell('logged-out', {});
    } else {
      const before = state;
      state = state === 'ready' ? 'not-ready' : 'ready';
      tell('state-changed', { state, before, ...reasonOf(state) });
    }
  }
  return events;
}
