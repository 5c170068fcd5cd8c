import type { DispatcherState, Waiting } from './dispatcher-state.ts';
import { hasSkills, isLoggedIn } from './judge-agents.ts';
import { listKinds } from './queue.ts';

/** Somebody who waits so long while nobody who could serve them is ready: operators hear of it. */
const UNSERVED_AFTER_MS = 60_000;

/**
 * Raises an alert where somebody has waited for a minute and every agent who could serve them is Not Ready, as one
 * ignored offer makes the only agent; resolves it when that is over.
 */
export function watchReadiness(state: DispatcherState, now: number): void {
  const unserved = listKinds(state)
    .filter(([first]) => first && isNobodyReady(state, first))
    .flatMap((alike) => alike.filter(({ queuedAt }) => now - queuedAt >= UNSERVED_AFTER_MS));
  if (unserved.length > 0 === (state.isNobodyReadyTold === true)) return;
  const oldestWaitingMs = unserved.reduce((oldest, { queuedAt }) => Math.max(oldest, now - queuedAt), 0);
  state.outbox.alerts.push({ isOver: unserved.length === 0, waiting: unserved.length, oldestWaitingMs });
  if (unserved.length > 0) state.isNobodyReadyTold = true;
  else delete state.isNobodyReadyTold;
}

/** When the one who waits longest has waited long enough to look; Infinity while operators know, or nobody waits. */
export function readinessDueAt(state: DispatcherState, now: number): number {
  if (state.isNobodyReadyTold) return Infinity;
  let dueAt = Infinity;
  for (const { queuedAt } of state.waiting) {
    const at = queuedAt + UNSERVED_AFTER_MS;
    if (at > now && at < dueAt) dueAt = at;
  }
  return dueAt;
}

function isNobodyReady(state: DispatcherState, waiting: Waiting): boolean {
  const able = Object.values(state.agents).filter(
    (agent) => hasSkills(agent, waiting) && isLoggedIn(state, agent.username),
  );
  return able.length > 0 && able.every(({ username }) => state.agentStatuses[username]?.state !== 'ready');
}
