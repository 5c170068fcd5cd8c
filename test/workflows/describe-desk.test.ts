import { describe, expect, it } from 'vitest';
import { createDispatcherState, type DispatcherState } from '../../workflows/dispatcher/dispatcher-state.ts';
import { describeDesk } from '../../workflows/dispatcher/describe-desk.ts';
import { putConfiguration, takeItem } from '../../workflows/dispatcher/take-item.ts';

const NOW = 1_000_000;

function aGroup(): DispatcherState {
  const state = createDispatcherState('default');
  const agents = ['ann', 'bob', 'cem', 'dee'].map((username) => ({ username, name: username, slots: 1 }));
  putConfiguration(state, {
    revision: 1,
    agents: agents.map((agent) => ({ ...agent, skills: { [agent.username === 'dee' ? 'money' : 'returns']: 50 } })),
  });
  const status = { since: NOW, chosenAt: 0, idleSince: 0 };
  state.agentStatuses['ann'] = { ...status, state: 'ready' };
  state.agentStatuses['bob'] = { ...status, state: 'not-ready', reason: 'Lunch' };
  state.agentStatuses['cem'] = { ...status, state: 'ready' };
  takeItem(
    state,
    {
      type: 'intent',
      intent: {
        conversationId: 'c-1',
        number: 1,
        held: [{ requestId: 'find', agent: 'cem', service: 'Returns' }],
        releases: [],
      },
    },
    NOW,
  );
  const criteria = { skills: [], anySkillOf: ['money'], priority: 0, refusedBy: [] };
  const request = { requestId: 'find', service: 'Money', queuedAt: NOW - 5000, ...criteria };
  takeItem(
    state,
    { type: 'intent', intent: { conversationId: 'c-2', number: 1, held: [], releases: [], request } },
    NOW,
  );
  return state;
}

const question = {
  services: [
    { name: 'Returns', skills: ['returns'] },
    { name: 'Money', skills: ['money'] },
  ],
};

describe('the desk of a group', () => {
  it('says of everybody whether they could be given a chat now, or what stands in the way', () => {
    const { agents } = describeDesk(aGroup(), question, NOW);
    expect(agents.map(({ username, verdict, status }) => [username, verdict, status?.state, status?.reason])).toEqual([
      ['ann', 'free', 'ready', ''],
      ['bob', 'not-ready', 'not-ready', 'Lunch'],
      ['cem', 'slots-taken', 'busy', ''],
      ['dee', 'logged-out', undefined, undefined],
    ]);
  });

  it('says of each service who waits for it, who is there, and for how long one would wait', () => {
    const { services } = describeDesk(aGroup(), question, NOW);
    expect(services).toEqual([
      { name: 'Returns', waiting: 0, oldestWaitingMs: 0, agentsLoggedIn: 3, agentsReady: 1, ewtMs: 200_000 },
      { name: 'Money', waiting: 1, oldestWaitingMs: 5000, agentsLoggedIn: 0, agentsReady: 0 },
    ]);
  });
});
