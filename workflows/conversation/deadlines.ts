import { MAX_TIMERS, type ConversationTimer, type TimerKind } from '../../contracts/conversation-timer.ts';
import { describeTimers } from '../../scenario-dsl/run/timer-kind.ts';
import { openConversation, type Actor } from './actor.ts';
import type { AgentSearch, OpenConversation } from './actor-state.ts';
import { warnOfAgentSilence } from './agent-silence.ts';
import { takeChatFromSilent } from './chat.ts';
import { sleepOf } from './chat-state.ts';
import { holdEndsAt } from './closing.ts';
import { endConversation, inLanguageOf, sayAtTheEnd } from './ending.ts';
import { giveUpInvitation, passOverInvited } from './invitation.ts';
import { queueScenarioMessage } from './outbox.ts';
import { expireParked } from './parking.ts';
import { giveUpRequeue, passOver } from './requeue.ts';
import { stepScenario } from './scenario-run.ts';
import { searchOverflow, widenSearch } from './search-elsewhere.ts';
import { wakeByTime, wakesAt } from './snooze.ts';
import { endPause } from './thread-owner.ts';
import { warnOfWindowClosing, windowWarningAt } from './window.ts';

/** Something that time alone does. */
interface Due {
  at: number;
  fire: (actor: Actor) => void;
}

/** `putOff`: has it fire at another moment; absent where nobody may. `isBrief`: over before anybody could do something about it. */
interface Deadline extends Due {
  id: string;
  kind: TimerKind;
  putOff?: (at: number) => void;
  isBrief?: boolean;
}

/** The earliest moment at which time alone changes something; Infinity where nothing is timed. */
export function nextDeadlineAt(actor: Actor): number {
  const { conversation } = actor.state;
  if (!conversation || conversation.ended) return Infinity;
  return Math.min(...duesOf(actor, conversation).map(({ at }) => at), holdEndsAt(actor));
}

/** Fires the earliest due deadline. False: none is due. */
export function fireDueDeadline(actor: Actor): boolean {
  const { conversation } = actor.state;
  if (!conversation || conversation.ended) return false;
  const due = duesOf(actor, conversation)
    .filter((deadline) => deadline.at <= Date.now())
    .toSorted((a, b) => a.at - b.at)[0];
  due?.fire(actor);
  return due !== undefined;
}

/** What the conversation waits for by the clock, the soonest first. */
export function listTimers(actor: Actor): ConversationTimer[] {
  const { conversation } = actor.state;
  if (!conversation || conversation.ended) return [];
  return deadlinesOf(actor, conversation)
    .map(({ id, kind, at }) => ({ id, kind, at }))
    .toSorted((one, other) => one.at - other.at);
}

/** From this engine on a record tells of timers: what changes nothing else is written for them. */
const TELLING_ENGINE = 3;

/** What the read model is told of it. The window's end as it is told, which lags behind: a record for each message would cost too much. */
export function recordedTimers(actor: Actor): ConversationTimer[] {
  const { conversation, window, shownWindow } = actor.state;
  if (!conversation || conversation.ended) return [];
  if ((conversation.scenario.snapshot.context.engineVersion ?? 1) < TELLING_ENGINE) return [];
  const lagMs = window && shownWindow ? window.until - shownWindow.until : 0;
  return deadlinesOf(actor, conversation)
    .filter(({ isBrief }) => isBrief !== true)
    .map(({ id, kind, at }) => ({ id, kind, at: kind === 'window' ? at - lagMs : at }))
    .toSorted((one, other) => one.at - other.at)
    .slice(0, MAX_TIMERS);
}

/** A deadline of the conversation itself, or of its scenario, by its id. */
export function findDeadline(actor: Actor, id: string): Deadline | undefined {
  const { conversation } = actor.state;
  if (!conversation || conversation.ended) return undefined;
  return deadlinesOf(actor, conversation).find((deadline) => deadline.id === id);
}

/** Looked at in every turn: what each is called is asked by who tells of it only. */
function duesOf(actor: Actor, conversation: OpenConversation): Due[] {
  const own = conversation.scenario.deadlines.map(({ id, at }) => ({ at, fire: firing(id) }));
  return [...own, ...clocksOf(actor, conversation)];
}

function deadlinesOf(actor: Actor, conversation: OpenConversation): Deadline[] {
  return [...scenarioDeadlinesOf(actor, conversation), ...clocksOf(actor, conversation)];
}

/** Those of the conversation itself, beside its scenario's. */
function clocksOf(actor: Actor, conversation: OpenConversation): Deadline[] {
  const { request, otherAppUntil } = conversation;
  const deadlines: Deadline[] = [
    ...widenings(request),
    ...silencesOf(conversation),
    ...requeueDeadlinesOf(conversation),
    ...invitationDeadlinesOf(conversation),
  ];
  const windowWarning = windowWarningAt(actor);
  if (windowWarning !== undefined)
    deadlines.push({ id: 'window', kind: 'window', at: windowWarning, fire: warnOfWindowClosing });
  for (const entry of conversation.outbox)
    if (entry.parked) {
      const at = entry.parked.until;
      deadlines.push({ id: `part:${entry.part.id}`, kind: 'part', at, fire: () => expireParked(entry) });
    }
  if (otherAppUntil !== undefined) {
    const putOff = (at: number): void => void (conversation.otherAppUntil = at);
    deadlines.push({ id: 'other-app', kind: 'other-app', at: otherAppUntil, fire: giveUpThread, putOff });
  }
  return deadlines;
}

/** Only in the first moments of a run its scenario is not there yet: what its timers are is told of nobody then. */
function scenarioDeadlinesOf({ scenario }: Actor, conversation: OpenConversation): Deadline[] {
  return describeTimers(scenario ?? { blocks: [] }, conversation.scenario).map(({ id, kind, at, isBrief }) => ({
    id,
    kind,
    at,
    isBrief,
    fire: firing(id),
  }));
}

function firing(id: string): Due['fire'] {
  return (actor) => stepScenario(actor, { type: 'deadline', id });
}

interface Clock extends Omit<Deadline, 'at'> {
  at: number | undefined;
}

function running(clocks: Clock[]): Deadline[] {
  return clocks.flatMap(({ at, ...clock }) => (at === undefined ? [] : [{ ...clock, at }]));
}

/** Of a search: less will do, or others are asked. */
function widenings(request: AgentSearch | undefined): Deadline[] {
  if (!request) return [];
  const { narrowed, preferred } = request;
  const [escalation] = request.escalations;
  const [overflow] = request.overflows ?? [];
  return running([
    { ...turned('escalation', escalation, 'at'), at: escalation?.at, fire: widenRequest },
    { ...turned('overflow', overflow, 'at'), at: overflow?.at, fire: (of) => void searchOverflow(of) },
    {
      ...turned('escalation', narrowed, 'until'),
      id: 'chosen-agent',
      at: narrowed?.until,
      fire: (of) => void widenSearch(of),
    },
    { ...turned('escalation', preferred, 'until'), id: 'last-agent', at: preferred?.until, fire: takeAnybody },
  ]);
}

/** A clock named by its kind, whose moment stands in a field of what it is of. */
function turned<Field extends string>(
  kind: TimerKind,
  of: { [Name in Field]?: number } | undefined,
  field: Field,
): Pick<Deadline, 'id' | 'kind' | 'putOff'> {
  return { id: kind, kind, ...(of && { putOff: (at) => void Object.assign(of, { [field]: at }) }) };
}

/** Of a connected chat: the customer is silent, the agent leaves them waiting, or has put it away until then. */
function silencesOf({ inactivity, agentSilence, chat }: OpenConversation): Deadline[] {
  return running([
    { ...turned('snooze', sleepOf(chat), 'until'), at: wakesAt(chat), fire: wakeByTime },
    { ...turned('inactivity-warning', inactivity, 'warnAt'), at: inactivity?.warnAt, fire: warnOfInactivity },
    { ...turned('inactivity-end', inactivity, 'endAt'), at: inactivity?.endAt, fire: endForInactivity },
    { ...turned('agent-silence-warning', agentSilence, 'warnAt'), at: agentSilence?.warnAt, fire: warnOfAgentSilence },
    { ...turned('agent-silence-end', agentSilence, 'endAt'), at: agentSilence?.endAt, fire: takeChatFromSilent },
  ]);
}

/** Of a customer who went back to the queue: the scenario's own clock of an offer does not run for them. */
function requeueDeadlinesOf({ requeue, offer }: OpenConversation): Deadline[] {
  if (!requeue) return [];
  const back = { ...turned('search', requeue, 'until'), id: 'back-in-queue', at: requeue.until, fire: giveUpRequeue };
  if (!offer) return [back];
  return [back, { id: 'offer', kind: 'offer', at: offer.expiresAt, fire: passOverUnanswered }];
}

/** Of somebody who is asked into the chat. */
function invitationDeadlinesOf({ invitation }: OpenConversation): Deadline[] {
  if (!invitation) return [];
  const asked: Deadline = { id: 'invitation', kind: 'invitation', at: invitation.until, fire: giveUpInvitation };
  const { offer } = invitation;
  if (!offer) return [asked];
  return [asked, { id: 'invitation-offer', kind: 'offer', at: offer.expiresAt, fire: passOverInvitedUnanswered }];
}

function passOverUnanswered(actor: Actor): void {
  passOver(actor, 'no-answer');
}

function passOverInvitedUnanswered(actor: Actor): void {
  passOverInvited(actor, 'no-answer');
}

/** The next escalation interval has come: the same request with laxer criteria. */
function widenRequest(actor: Actor): void {
  const { request } = openConversation(actor);
  const escalation = request?.escalations.shift();
  if (!request || !escalation) return;
  request.minLevel = escalation.minLevel;
  if (escalation.skills) request.skills = escalation.skills;
}

/** The last agent has been waited for long enough. */
function takeAnybody(actor: Actor): void {
  delete openConversation(actor).request?.preferred;
}

function warnOfInactivity(actor: Actor): void {
  const conversation = openConversation(actor);
  delete conversation.inactivity?.warnAt;
  const text = inLanguageOf(conversation, conversation.context.settings.inactivityWarning);
  queueScenarioMessage(actor, { text, quickReplies: [] });
}

function endForInactivity(actor: Actor): void {
  const conversation = openConversation(actor);
  delete conversation.inactivity;
  sayAtTheEnd(actor, conversation.context.settings.inactivityClosing);
  stepScenario(actor, { type: 'customer.left', cause: 'inactivity' });
}

function giveUpThread(actor: Actor): void {
  delete openConversation(actor).otherAppUntil;
  if (endPause(actor)) return;
  endConversation(actor, 'other-app');
}
