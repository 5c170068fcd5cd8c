import type { QueueTarget, QueueQuery } from '../../activities/find-queue.ts';
import type { Effect } from '../../scenario-dsl/run/step.ts';
import { openConversation, type Actor } from './actor.ts';
import type { AgentSearch, OfferTerms } from './actor-state.ts';
import { findQueue } from './activities.ts';
import { releaseReservation, rememberGroup } from './routing-intents.ts';
import { stepScenario } from './scenario-run.ts';
import { track } from './track.ts';

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
  const isOwn = service === undefined || service === openConversation(actor).context.service;
  begin(actor, search, isOwn ? undefined : { service });
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
  begin(actor, search, 'username' in query ? { username: query.username } : query);
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
  const { effectId, offer } = search;
  stepScenario(actor, offer ? { type: 'offer.rejected', effectId } : { type, effectId });
}

function begin(actor: Actor, search: AgentSearch, query: QueueQuery | undefined): void {
  const conversation = openConversation(actor);
  conversation.queuedAt ??= Date.now();
  conversation.request = query ? { ...search, isTargetPending: true } : search;
  if (query) lookUpQueue(actor, search.effectId, query);
}

/** Asks where a question goes; the answer comes by its id. */
export function lookUpQueue(actor: Actor, searchId: string, query: QueueQuery): void {
  track(actor, async () => {
    actor.answers.push({ searchId, target: await findQueue(query) });
  });
}

/** Where the question goes is known; nothing where the block that asked was left meanwhile. */
export function takeQueueTarget(actor: Actor, searchId: string, target: QueueTarget | null): void {
  const { conversation } = actor.state;
  const request = conversation?.request;
  if (!conversation || conversation.ended || request?.effectId !== searchId || !request.isTargetPending) return;
  delete request.isTargetPending;
  if (!target) {
    delete conversation.request;
    return refuseSearch(actor, request, 'agent.none');
  }
  request.anySkillOf = target.skills;
  rememberGroup(conversation, searchId, target.group);
}
