import { describe, expect, it } from 'vitest';
import type { LoadedGroup } from '../../activities/load-group.ts';
import { ENGINE_VERSION } from '../../contracts/engine-version.ts';
import { createDispatcherState, PRESENCE_GRACE_MS } from '../../workflows/dispatcher/dispatcher-state.ts';
import { loadKnownWorld } from '../../workflows/dispatcher/load-known-world.ts';

function loadedWith(agents: LoadedGroup['agentStates']): LoadedGroup {
  return {
    engineVersion: ENGINE_VERSION,
    configuration: { revision: 1, agents: [] },
    agentStates: agents,
    conversations: [],
  };
}

describe('a dispatcher that begins anew', () => {
  it('gives an agent whose connection was lost before its grace, and no more', async () => {
    const state = createDispatcherState('group');
    const known = { state: 'ready', since: 1, chosenAt: 1 } as const;
    const before = Date.now();
    await loadKnownWorld(state, () =>
      Promise.resolve(
        loadedWith([
          { username: 'there', ...known },
          { username: 'lost', ...known, isLost: true },
          { username: 'home', ...known, state: 'logged-out', isLost: true },
        ]),
      ),
    );
    expect(state.agentStatuses['there']?.goneAt).toBeUndefined();
    expect(state.agentStatuses['lost']?.goneAt).toBeGreaterThanOrEqual(before + PRESENCE_GRACE_MS);
    expect(state.agentStatuses['home']?.goneAt).toBeUndefined();
  });
});
