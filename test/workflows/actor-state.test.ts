import { describe, expect, it } from 'vitest';
import { ENGINE_VERSION, requireKnownEngine } from '../../contracts/engine-version.ts';
import { createActorState, requireKnownState } from '../../workflows/conversation/actor-state.ts';
import {
  createDispatcherState,
  requireKnownState as requireKnownDispatcherState,
} from '../../workflows/dispatcher/dispatcher-state.ts';

const fresh = createActorState({ pageId: 'page', psid: 'psid' });

describe('carried state', () => {
  it('of this release is taken as it is', () => {
    expect(requireKnownState({ ...fresh, seenKeys: ['m_1'] })).toMatchObject({ seenKeys: ['m_1'] });
  });

  it('of a newer release is left to a worker of that release', () => {
    expect(() => requireKnownState({ ...fresh, stateVersion: 3 })).toThrow(/state version 3/);
    expect(() => requireKnownDispatcherState({ ...createDispatcherState('default'), stateVersion: 3 })).toThrow(
      /version 3/,
    );
  });
});

describe('a run', () => {
  it('that a newer engine began is left to a worker of that engine', () => {
    expect(() => requireKnownEngine(ENGINE_VERSION)).not.toThrow();
    expect(() => requireKnownEngine(ENGINE_VERSION + 1)).toThrow(/run a newer worker/);
  });
});
