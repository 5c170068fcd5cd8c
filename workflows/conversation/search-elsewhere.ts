/** A search that goes on among others than it began with: another service's agents after a time, or one agent by hand. */
import { findQueue } from './activities.ts';
import { askLocally } from './ask-locally.ts';
import type { QueueQuery, QueueTarget } from '../../activities/find-queue.ts';
import { openConversation, type Actor } from './actor.ts';
import type { AgentSearch, OpenConversation } from './actor-state.ts';
import { noteQueued } from './history.ts';
import { rememberTarget, targetOf } from './routing-intents.ts';
import { track } from './track.ts';

/** How long one agent is waited for whom a person chose; then the search goes on as before. */
const CHOSEN_AGENT_MS = 60_000;

/** The effect of the scenario that a search answers: one that goes on elsewhere has an id of its own. */
export function askingEffect({ askedBy, effectId }: AgentSearch): string {
  return askedBy ?? effectId;
}

/** Begins a search: asked for at once, or when it is known where a question of this name goes. */
export function beginSearch(actor: Actor, search: AgentSearch, query: QueueQuery | undefined): void {
  const conversation = openConversation(actor);
  conversation.queuedAt ??= Date.now();
  conversation.request = query ? { ...search, isTargetPending: true } : search;
  if (query) lookUpQueue(actor, search.effectId, query);
  else noteQueued(actor, search);
}

/** Asks where a question goes; the answer comes by its id. */
export function lookUpQueue(actor: Actor, searchId: string, query: QueueQuery): void {
  track(actor, async () => {
    actor.answers.push({ searchId, target: await askLocally(actor, () => findQueue(query)) });
  });
}

/** When a search of this service goes on among the agents of others. */
export function overflowsFrom(terms: QueueTarget['terms']): Pick<AgentSearch, 'overflows'> {
  const now = Date.now();
  const overflows = (terms?.overflow ?? []).map(({ afterMs, service }) => ({ at: now + afterMs, service }));
  return overflows.length > 0 ? { overflows } : {};
}

/** A search has found nobody. True: it goes on elsewhere, or as it was before somebody was chosen by hand. */
export function goOnElsewhere(actor: Actor, refused: AgentSearch): boolean {
  return widenSearch(actor, refused) || searchOverflow(actor, refused);
}

/**
 * The next service's agents are asked, and none of the earlier ones any more. The place in the queue stays. False: there is
 * no other.
 */
export function searchOverflow(actor: Actor, request = openConversation(actor).request): boolean {
  const conversation = openConversation(actor);
  const [next, ...overflows] = request?.overflows ?? [];
  if (!request || !next) return false;
  const { anySkillOf: _skills, preferred: _preferred, ...rest } = request;
  const criteria = { skills: [], minLevel: 0, escalations: [], overflows };
  beginSearch(actor, { ...rest, ...criteria, ...ownId(conversation, request) }, { service: next.service });
  return true;
}

/** A person chose who is to take the chat: only that agent is asked, whatever their skills, for a minute at most. */
export function narrowSearch(actor: Actor, username: string): void {
  const conversation = openConversation(actor);
  const { request } = conversation;
  if (!request) return;
  const { priority, offer } = request;
  const from = request.narrowed?.from ?? request;
  const narrowed = { from, until: Date.now() + CHOSEN_AGENT_MS };
  const search: AgentSearch = {
    ...ownId(conversation, request),
    skills: [],
    priority,
    minLevel: 0,
    escalations: [],
    onlyAgent: username,
    narrowed,
    ...(offer && { offer }),
  };
  delete conversation.pickedBy;
  beginSearch(actor, search, { username });
}

/** The chosen agent did not get the chat: the search goes on as it was before. False: nobody was chosen. */
export function widenSearch(actor: Actor, request = openConversation(actor).request): boolean {
  const conversation = openConversation(actor);
  const from = request?.narrowed?.from;
  if (!from) return false;
  const id = ownId(conversation, from);
  rememberTarget(conversation, id.effectId, targetOf(conversation, from.effectId));
  conversation.request = { ...from, ...id };
  noteQueued(actor, conversation.request);
  delete conversation.pickedBy;
  return true;
}

/** The answer to the search before may be on its way, under that one's id. */
function ownId(conversation: OpenConversation, search: AgentSearch): { effectId: string; askedBy: string } {
  conversation.searchCount = (conversation.searchCount ?? 0) + 1;
  const askedBy = askingEffect(search);
  return { effectId: `${askedBy}:search-${conversation.searchCount}`, askedBy };
}
