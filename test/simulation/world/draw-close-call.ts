import { isLucky, pickInteger, type RandomStream } from '../temporal/random.ts';
import type { AgentPlan, Step, WorldPlan } from './plan.ts';

const CLOSE_CALLS = 0.01;
/** As long as a few letters between the actors take. */
const MOMENT_MS = 60;

type CloseCall = Pick<WorldPlan, 'scenario' | 'agents' | 'customers' | 'hasOlderWorker' | 'steps' | 'faults'> &
  Partial<Pick<WorldPlan, 'bufferedEvents'>>;

/** Few worlds are set up for two things that have to meet in one task of an actor; undefined in all others. */
export function drawCloseCall(next: RandomStream): CloseCall | undefined {
  if (!isLucky(next, CLOSE_CALLS)) return undefined;
  return isLucky(next, 0.5) ? drawSecondWindow(next) : drawRush(next);
}

/** Agents log out in one window and accept in another; who was offered to them waits for the one who has a break. */
function drawSecondWindow(next: RandomStream): CloseCall {
  const steps: Step[] = [ready(next, 0), { at: 100, type: 'choose', agent: 2, state: 'not-ready' }, ready(next, 1)];
  for (let customer = 0; customer < 3; customer += 1) {
    steps.push({ at: 1000 + next() * 60_000, type: 'write', customer, count: 1 });
  }
  const returnsAfterMs = pickInteger(next, 60_000, 120_000);
  const hasty = agentOf({ slots: 1, hasSecondWindow: true, returnsAfterMs });
  return callOf({ scenario: 'chat-and-out', agents: [hasty, hasty, agentOf({ slots: 1 })], steps });
}

/** The urgent come while the dispatcher tells what it has decided, and are more than the server keeps for its task. */
function drawRush(next: RandomStream): CloseCall {
  const steps: Step[] = [ready(next, 0), ready(next, 1)];
  const at = 1000 + next() * 3000;
  for (let customer = 0; customer < 6; customer += 1) {
    const urgency = customer > 1 ? { isUrgent: true as const } : {};
    steps.push({ at: at + next() * MOMENT_MS, type: 'write', customer, ...urgency, count: 1 });
  }
  return {
    ...callOf({ scenario: 'urgency', agents: [agentOf({ slots: 1 }), agentOf({ slots: 1 })], steps }),
    customers: 6,
    bufferedEvents: 1,
  };
}

function callOf({ scenario, agents, steps }: Pick<CloseCall, 'scenario' | 'agents' | 'steps'>): CloseCall {
  const inOrder = steps.toSorted((a, b) => a.at - b.at);
  return { scenario, agents, customers: 3, hasOlderWorker: false, steps: inOrder, faults: [] };
}

function ready(next: RandomStream, agent: number): Step {
  return { at: next() * 500, type: 'choose', agent, state: 'ready' };
}

/** Takes everything, and ends nothing. */
function agentOf(own: Pick<AgentPlan, 'slots'> & Partial<AgentPlan>): AgentPlan {
  return {
    skills: { support: 80 },
    accepts: 1,
    rejects: 0,
    reactsAfterMs: 200,
    says: 0,
    endsChats: 0,
    leaves: 0,
    returnsAfterMs: 5000,
    ...own,
  };
}
