import type { QueueTarget } from '../../activities/find-queue.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import type { Effect } from '../../scenario-dsl/run/step.ts';
import { openConversation, type Actor } from './actor.ts';
import type { AgentSearch, OfferTerms, OpenConversation, SearchTarget } from './actor-state.ts';
import { noteEvent, noteQueued, SYSTEM } from './history.ts';
import { releaseReservation, rememberTarget } from './routing-intents.ts';
import { stepScenario } from './scenario-run.ts';
import { askingEffect, beginSearch, goOnElsewhere, overflowsFrom } from './search-elsewhere.ts';

type FindAgent = Extract<Effect, { kind: 'find-agent' }>;
type ConnectChat = Extract<Effect, { kind: 'connect-chat' }>;

/** Asks the dispatcher for an agent; what is reserved already goes back. */
export function askForAgent(actor: Actor, effect: FindAgent): void {
  releaseReservation(actor, 'cancelled');
  const now = Date.now();
  const [first, ...later] = effect.intervals;
  let from = now + (first?.forMs ?? 0);
  const search: AgentSearch = {
    effectId: effect.id,
    skills: first?.skills ?? effect.skills,
    priority: effect.priority ?? 0,
    minLevel: first?.minLevel ?? 0,
    escalations: later.map(({ forMs, minLevel, skills }) => {
      const at = from;
      from += forMs;
      return { at, minLevel, ...(skills && { skills }) };
    }),
    ...(effect.lastAgent && {
      preferred: { username: effect.lastAgent.username, until: now + effect.lastAgent.waitMs },
    }),
  };
  const { service } = effect;
  const { context } = openConversation(actor);
  const isOwn = service === undefined || service === context.service;
  if (isOwn) return beginSearch(actor, { ...search, ...overflowsFrom(context.serviceTerms) }, undefined);
  beginSearch(actor, search, { service });
}

/** Asks for the one agent, or for an agent of the entry, that a chat is to be connected to; the answer becomes an offer. */
export function askForDestination(actor: Actor, effect: ConnectChat): void {
  const { destination } = effect;
  const query = typeof destination === 'string' ? { username: destination } : destination;
  releaseReservation(actor, 'cancelled');
  const search: AgentSearch = {
    effectId: effect.id,
    skills: [],
    priority: 0,
    minLevel: 0,
    escalations: [],
    offer: toTerms(effect),
    ...('username' in query && { onlyAgent: query.username }),
  };
  beginSearch(actor, search, 'username' in query ? { username: query.username } : query);
}

/** What is said of the offer, apart from whom it goes to. */
export function toTerms({ noAnswerMs, isOverflow, autoAnswerMs }: ConnectChat): OfferTerms {
  return {
    noAnswerMs,
    ...(isOverflow === true && { isOverflow }),
    ...(autoAnswerMs !== undefined && { autoAnswerMs }),
  };
}

/** The answer to a search that nobody can serve: each block has its own word for it. */
export function refuseSearch(actor: Actor, search: AgentSearch, type: 'agent.none' | 'agent.queue-limit'): void {
  const { offer } = search;
  const effectId = askingEffect(search);
  stepScenario(actor, offer ? { type: 'offer.rejected', effectId } : { type, effectId });
}

/** Where the question goes is known; nothing where the block that asked was left meanwhile. */
export function takeQueueTarget(actor: Actor, searchId: string, target: QueueTarget | null): void {
  const { conversation } = actor.state;
  const request = conversation?.request;
  if (!conversation || conversation.ended || request?.effectId !== searchId || !request.isTargetPending) return;
  delete request.isTargetPending;
  if (!target) {
    delete conversation.request;
    if (goOnElsewhere(actor, request)) return;
    noteEvent(actor, { type: 'not-queued', data: { requestId: searchId, why: 'no-agents' }, actor: SYSTEM });
    return refuseSearch(actor, request, 'agent.none');
  }
  request.anySkillOf = target.skills;
  // Of a search that goes on elsewhere the service that it began with has said where it goes next.
  if (request.askedBy === undefined && !request.offer) Object.assign(request, overflowsFrom(target.terms));
  rememberTarget(conversation, searchId, toSearchTarget(conversation, target));
  noteQueued(actor, request);
}

/** One agent who is asked for by name serves for the conversation's own service. */
export function toSearchTarget({ context }: OpenConversation, { group, service, terms }: QueueTarget): SearchTarget {
  const own = { service: context.service, afterWorkMs: context.serviceTerms?.afterWorkMs };
  return withoutUndefined({ group, ...(service === undefined ? own : { service, afterWorkMs: terms?.afterWorkMs }) });
}
