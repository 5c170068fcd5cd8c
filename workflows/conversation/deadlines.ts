import { openConversation, type Actor } from './actor.ts';
import type { AgentSearch, OpenConversation } from './actor-state.ts';
import { warnOfAgentSilence } from './agent-silence.ts';
import { takeChatFromSilent } from './chat.ts';
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

interface Deadline {
  at: number;
  fire: (actor: Actor) => void;
}

/** The earliest moment at which time alone changes something; Infinity where nothing is timed. */
export function nextDeadlineAt(actor: Actor): number {
  const { conversation } = actor.state;
  if (!conversation || conversation.ended) return Infinity;
  return Math.min(...deadlinesOf(actor, conversation).map((deadline) => deadline.at), holdEndsAt(actor));
}

/** Fires the earliest due deadline. False: none is due. */
export function fireDueDeadline(actor: Actor): boolean {
  const { conversation } = actor.state;
  if (!conversation || conversation.ended) return false;
  const due = deadlinesOf(actor, conversation)
    .filter((deadline) => deadline.at <= Date.now())
    .toSorted((a, b) => a.at - b.at)[0];
  due?.fire(actor);
  return due !== undefined;
}

function deadlinesOf(actor: Actor, conversation: OpenConversation): Deadline[] {
  const { scenario, request, otherAppUntil } = conversation;
  const deadlines: Deadline[] = scenario.deadlines.map(({ id, at }) => ({
    at,
    fire: (of) => stepScenario(of, { type: 'deadline', id }),
  }));
  deadlines.push(
    ...widenings(request),
    ...silencesOf(conversation),
    ...requeueDeadlinesOf(conversation),
    ...invitationDeadlinesOf(conversation),
  );
  const windowWarning = windowWarningAt(actor);
  if (windowWarning !== undefined) deadlines.push({ at: windowWarning, fire: warnOfWindowClosing });
  for (const entry of conversation.outbox)
    if (entry.parked) deadlines.push({ at: entry.parked.until, fire: () => expireParked(entry) });
  if (otherAppUntil !== undefined) deadlines.push({ at: otherAppUntil, fire: giveUpThread });
  return deadlines;
}

/** Of a search: less will do, or others are asked. */
function widenings(request: AgentSearch | undefined): Deadline[] {
  return [
    { at: request?.escalations[0]?.at, fire: widenRequest },
    { at: request?.overflows?.[0]?.at, fire: (of: Actor) => void searchOverflow(of) },
    { at: request?.narrowed?.until, fire: (of: Actor) => void widenSearch(of) },
    { at: request?.preferred?.until, fire: takeAnybody },
  ].flatMap(({ at, fire }) => (at === undefined ? [] : [{ at, fire }]));
}

/** Of a connected chat: the customer is silent, the agent leaves them waiting, or has put it away until then. */
function silencesOf({ inactivity, agentSilence, chat }: OpenConversation): Deadline[] {
  return [
    { at: wakesAt(chat), fire: wakeByTime },
    { at: inactivity?.warnAt, fire: warnOfInactivity },
    { at: inactivity?.endAt, fire: endForInactivity },
    { at: agentSilence?.warnAt, fire: warnOfAgentSilence },
    { at: agentSilence?.endAt, fire: takeChatFromSilent },
  ].flatMap(({ at, fire }) => (at === undefined ? [] : [{ at, fire }]));
}

/** Of a customer who went back to the queue: the scenario's own clock of an offer does not run for them. */
function requeueDeadlinesOf({ requeue, offer }: OpenConversation): Deadline[] {
  if (!requeue) return [];
  const deadlines: Deadline[] = [{ at: requeue.until, fire: giveUpRequeue }];
  if (offer) deadlines.push({ at: offer.expiresAt, fire: (of) => passOver(of, 'no-answer') });
  return deadlines;
}

/** Of somebody who is asked into the chat. */
function invitationDeadlinesOf({ invitation }: OpenConversation): Deadline[] {
  if (!invitation) return [];
  const deadlines: Deadline[] = [{ at: invitation.until, fire: giveUpInvitation }];
  const { offer } = invitation;
  if (offer) deadlines.push({ at: offer.expiresAt, fire: (of) => passOverInvited(of, 'no-answer') });
  return deadlines;
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
