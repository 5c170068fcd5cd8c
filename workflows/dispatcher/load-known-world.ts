import type { LoadedGroup } from '../../activities/load-group.ts';
import { requireKnownEngine } from '../../contracts/engine-version.ts';
import { PRESENCE_GRACE_MS, RESERVATION_MS, setAssignments, type DispatcherState } from './dispatcher-state.ts';
import { putConfiguration } from './take-item.ts';

/** How long a dispatcher that begins anew waits to hear who holds its slots before it gives them to somebody. */
const RESTATE_MS = 5000;

/**
 * What a dispatcher without a run before it starts with: its agents, and the conversations that want or hold something of
 * it. Those are asked to state it; until they have, what the read model knows of their agents stands.
 */
export async function loadKnownWorld(
  state: DispatcherState,
  loadGroup: (request: { group: string }) => Promise<LoadedGroup>,
): Promise<void> {
  const { engineVersion, configuration, agentStates, conversations } = await loadGroup({ group: state.group });
  requireKnownEngine(engineVersion);
  const now = Date.now();
  putConfiguration(state, configuration);
  for (const { username, state: known, reason, since, chosenAt, isLost, setBy, next } of agentStates) {
    state.agentStatuses[username] = {
      state: known,
      since,
      chosenAt,
      idleSince: since,
      ...(reason !== undefined && { reason }),
      ...(setBy !== undefined && { setBy }),
      ...(next && { next }),
      // The news of the loss went to the run before.
      ...(isLost && known !== 'logged-out' && { goneAt: now + PRESENCE_GRACE_MS }),
    };
  }
  for (const { conversationId, agents } of conversations) {
    const expiresAt = now + RESERVATION_MS;
    const held = agents.map((agent) => ({ agent, requestId: '', number: 0, expiresAt }));
    setAssignments(state, conversationId, held);
    state.outbox.notifications.push({ type: 'restate', conversationId, requestId: '', number: 0 });
  }
  if (conversations.length > 0) {
    const conversationIds = conversations.map(({ conversationId }) => conversationId);
    state.restating = { conversationIds, until: now + RESTATE_MS };
  }
}
