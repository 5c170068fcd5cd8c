import { createDispatcherState, QUEUE_LIMIT, type DispatcherState } from '../workflows/dispatcher/dispatcher-state.ts';
import { match } from '../workflows/dispatcher/match.ts';
import { enqueue } from '../workflows/dispatcher/queue.ts';
import { takeItem } from '../workflows/dispatcher/take-item.ts';
import { createIntent, CROWD_SKILL } from './load/routing.ts';
import { median, percentile, timeRepeated } from './report/statistics.ts';

/** What one decision costs in the pure part of the dispatcher, with so many waiting. */
export interface MatchCost {
  waiting: number;
  p50Ms: number;
  p99Ms: number;
  /** Of the state as it is carried through continue-as-new, without a codec. */
  stateBytes: number;
}

const CROWDS = [100, 1000, QUEUE_LIMIT, 10_000];
const AGENTS = 50;
const NOW = 1_700_000_000_000;

/** One decision: a slot is given back, a request comes, one round of matching gives the slot to it. */
export function measureMatch(): MatchCost[] {
  return CROWDS.map((waiting) => {
    const state = crowdedState(waiting);
    const decide = createDecision(state);
    timeRepeated(decide, { times: 200, withinMs: 2000 });
    const samples = timeRepeated(decide, { times: 2000, withinMs: 4000 });
    const stateBytes = Buffer.byteLength(JSON.stringify(state));
    return { waiting, p50Ms: median(samples), p99Ms: percentile(samples, 0.99), stateBytes };
  });
}

function createDecision(state: DispatcherState): () => void {
  let held: string | undefined;
  let now = NOW;
  return () => {
    now += 10;
    if (held !== undefined) {
      takeItem(state, { type: 'intent', intent: { conversationId: held, number: 2, held: [], releases: [] } }, now);
    }
    const { request, conversationId } = createIntent('support', now);
    // What `takeItem` does with a request, but for the queue's limit.
    enqueue(state, { ...request, conversationId, number: 1, priority: 5 });
    const [made] = match(state, now);
    if (made?.outcome !== 'reserved') throw new Error('The benchmark expects a reservation in each round');
    held = made.request.conversationId;
  };
}

/** A state with so many waiting for an agent who is not ready. */
function crowdedState(waiting: number): DispatcherState {
  const state = createDispatcherState('bench');
  const agents = Array.from({ length: AGENTS }, (_, n) => ({
    username: `agent-${n}`,
    name: `Agent ${n}`,
    skills: { [n === 0 ? CROWD_SKILL : 'support']: 50 },
    slots: 3,
  }));
  for (const agent of agents) {
    state.agents[agent.username] = agent;
    const isReady = agent.username !== 'agent-0';
    state.agentStatuses[agent.username] = {
      state: isReady ? 'ready' : 'not-ready',
      since: NOW,
      chosenAt: NOW,
      idleSince: NOW,
    };
  }
  state.waiting = Array.from({ length: waiting }, (_, n) => {
    const { request, conversationId, number } = createIntent(CROWD_SKILL, NOW - waiting + n);
    return { ...request, conversationId, number, announcedPosition: n + 1 };
  });
  return state;
}
