import { describe, expect, it } from 'vitest';
import { createActorState, upcastActorState } from '../../workflows/conversation/actor-state.ts';
import { createDispatcherState, upcastDispatcherState } from '../../workflows/dispatcher/dispatcher-state.ts';

const fresh = createActorState({ pageId: 'page', psid: 'psid' });

describe('carried state', () => {
  it('of the first release keeps its engine in a run that the first release began', () => {
    const carried = { ...fresh, stateVersion: 1, seenKeys: ['m_1'] };
    expect(upcastActorState(carried)).toMatchObject({ stateVersion: 2, engineVersion: 1, seenKeys: ['m_1'] });
  });

  it('takes the engine that the run before wrote into the start argument', () => {
    expect(upcastActorState({ ...fresh, engineVersion: 1 }, 2).engineVersion).toBe(2);
    expect(upcastDispatcherState(createDispatcherState('default'), 2).engineVersion).toBe(2);
  });

  it('of a newer release is left to a worker of that release', () => {
    expect(() => upcastActorState({ ...fresh, stateVersion: 3 })).toThrow(/state version 3/);
    expect(() => upcastDispatcherState({ ...createDispatcherState('default'), stateVersion: 3 })).toThrow(/version 3/);
  });
});
