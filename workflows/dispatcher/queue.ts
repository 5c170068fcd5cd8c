/**
 * Who waits, in the order in which they are served. The list in the state is the truth; beside it an index by what is
 * asked for, made anew where there is none, so that a decision costs the same behind ten and behind ten thousand.
 */
import type { DispatcherState, Waiting } from './dispatcher-state.ts';

interface QueueIndex {
  size: number;
  ageingMs: number | undefined;
  /** Requests that the same agents can take, each list in order. No list is empty. */
  byKind: Map<string, Waiting[]>;
  byConversation: Map<string, Waiting>;
}

/** By the list that it indexes. */
const indexes = new WeakMap<Waiting[], QueueIndex>();

/** More are taken out by one pass over the list. */
const FEW = 50;

/** Puts a request where it belongs. */
export function enqueue(state: DispatcherState, request: Waiting): void {
  const index = indexOf(state);
  state.waiting.splice(placeOf(state, state.waiting, request), 0, request);
  index.byConversation.set(request.conversationId, request);
  const kind = kindOf(request);
  const alike = index.byKind.get(kind);
  if (alike) alike.splice(placeOf(state, alike, request), 0, request);
  else index.byKind.set(kind, [request]);
  index.size += 1;
}

/** Takes requests out. */
export function dequeue(state: DispatcherState, requests: ReadonlySet<Waiting>): void {
  if (requests.size > FEW) {
    state.waiting = state.waiting.filter((request) => !requests.has(request));
    return;
  }
  const index = indexOf(state);
  for (const request of requests) {
    state.waiting.splice(placeOf(state, state.waiting, request), 1);
    index.byConversation.delete(request.conversationId);
    const kind = kindOf(request);
    const alike = index.byKind.get(kind) ?? [];
    alike.splice(placeOf(state, alike, request), 1);
    if (alike.length === 0) index.byKind.delete(kind);
    index.size -= 1;
  }
}

/** What a conversation waits for; undefined where it does not. */
export function findWaiting(state: DispatcherState, conversationId: string): Waiting | undefined {
  return indexOf(state).byConversation.get(conversationId);
}

/** Place in the queue, from 1. */
export function positionOf(state: DispatcherState, request: Waiting): number {
  indexOf(state);
  return placeOf(state, state.waiting, request) + 1;
}

/** Requests alike, each list in order: what one of a list cannot have, none of it can. */
export function listKinds(state: DispatcherState): Waiting[][] {
  return [...indexOf(state).byKind.values()];
}

/** The priority that a wait has added up to, in whole steps. */
export function agedPriority({ settings }: DispatcherState, { priority, queuedAt }: Waiting, now: number): number {
  const ageingMs = settings?.ageingMs;
  return ageingMs === undefined ? priority : priority + Math.max(0, Math.floor((now - queuedAt) / ageingMs));
}

/**
 * Higher priority first, then age. With ageing everybody gains alike, so that of two who wait the order never changes: one of
 * priority p comes before one of q who comes (q - p) steps later.
 */
export function compareWaiting({ settings }: DispatcherState, a: Waiting, b: Waiting): number {
  const ageingMs = settings?.ageingMs;
  const order =
    ageingMs === undefined
      ? b.priority - a.priority || a.queuedAt - b.queuedAt
      : a.queuedAt - a.priority * ageingMs - (b.queuedAt - b.priority * ageingMs);
  if (order !== 0) return order;
  if (a.conversationId === b.conversationId) return 0;
  return a.conversationId < b.conversationId ? -1 : 1;
}

function placeOf(state: DispatcherState, list: Waiting[], request: Waiting): number {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = list[middle];
    if (other && compareWaiting(state, other, request) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

function indexOf(state: DispatcherState): QueueIndex {
  const known = indexes.get(state.waiting);
  const ageingMs = state.settings?.ageingMs;
  if (known?.size === state.waiting.length && known.ageingMs === ageingMs) return known;
  // Also after a change of the settings, which may have changed the order.
  state.waiting.sort((a, b) => compareWaiting(state, a, b));
  const byKind = new Map<string, Waiting[]>();
  for (const request of state.waiting) {
    const alike = byKind.get(kindOf(request));
    if (alike) alike.push(request);
    else byKind.set(kindOf(request), [request]);
  }
  const byConversation = new Map(state.waiting.map((request) => [request.conversationId, request]));
  const index = { size: state.waiting.length, ageingMs, byKind, byConversation };
  indexes.set(state.waiting, index);
  return index;
}

/** Kinds of requests, computed once each; rebuilt after a continue-as-new, so it is no part of the state. */
const kinds = new WeakMap<Waiting, string>();

/** Same text for requests that the same agents can take. */
function kindOf(request: Waiting): string {
  const known = kinds.get(request);
  if (known !== undefined) return known;
  const { skills, anySkillOf, onlyAgent, excludedAgents, preferredAgent, laterCriteria, service } = request;
  // Who has refused whom they prefer is another kind: anybody will do.
  const preferred = preferredAgent !== undefined && !request.refusedBy.includes(preferredAgent) && preferredAgent;
  const kind = JSON.stringify([skills, anySkillOf, onlyAgent, excludedAgents, preferred, laterCriteria, service]);
  kinds.set(request, kind);
  return kind;
}
