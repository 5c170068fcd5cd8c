import type { DispatcherState, Waiting } from './dispatcher-state.ts';
import { hasSkills, isLoggedIn } from './match.ts';

/** Somebody who waits so long while nobody who could serve them is ready: operators hear of it. */
const UNSERVED_AFTER_MS = 60_000;

/**
 * Raises an alert where somebody has waited for a minute and every agent who could serve them is Not Ready, as one
 * ignored offer makes the only agent; resolves it when that is over.
 */
export function watchReadiness(state: DispatcherState, now: number): void {
  const unserved = state.waiting.filter((waiting) => isUnserved(state, waiting, now));
  if (unserved.length > 0 === (state.isNobodyReadyTold === true)) return;
  const oldestWaitingMs = Math.max(0, ...unserved.map(({ queuedAt }) => now - queuedAt));
  state.outbox.alerts.push({ isOver: unserved.length === 0, waiting: unserved.length, oldestWaitingMs });
  if (unserved.length > 0) state.isNobodyReadyTold = true;
  else delete state.isNobodyReadyTold;
}

/** When the one who waits longest has waited long enough to look; Infinity while operators know, or nobody waits. */
export function readinessDueAt(state: DispatcherState, now: number): number {
  if (state.isNobodyReadyTold) return Infinity;
  const dueTimes = state.waiting.map(({ queuedAt }) => queuedAt + UNSERVED_AFTER_MS).filter((at) => at > now);
  return Math.min(Infinity, ...dueTimes);
}

function isUnserved(state: DispatcherState, waiting: Waiting, now: number): boolean {
  if (now - waiting.queuedAt < UNSERVED_AFTER_MS) return false;
  const able = Object.values(state.agents).filter(
    (agent) => hasSkills(agent, waiting) && isLoggedIn(state, agent.username),
  );
  return able.length > 0 && able.every(({ username }) => state.agentStatuses[username]?.state !== 'ready');
}
