import type { AgentPlan, WorldPlan } from '../world/plan.ts';
import { runWorld } from '../world/run-world.ts';
import { realNow } from '../world/virtual-time.ts';

/** Worlds that are tried for one story, and how long. */
const MOST_TRIALS = 400;
const LONGEST_MS = 20_000;

const CALM_AGENT: Partial<AgentPlan> = { accepts: 1, rejects: 0, says: 0, endsChats: 0 };

/**
 * Cuts a world that breaks an invariant down to what is needed to break it: fewer steps, faults, agents and habits, as
 * long as the same invariant breaks.
 */
export async function shrinkPlan(plan: WorldPlan, invariant: string): Promise<WorldPlan> {
  const endsAt = realNow() + LONGEST_MS;
  let trials = 0;
  const breaks = async (candidate: WorldPlan): Promise<boolean> => {
    trials += 1;
    if (trials > MOST_TRIALS || realNow() > endsAt) return false;
    return (await runWorld(candidate)).violation?.invariant === invariant;
  };
  let smallest = plan;
  for (let before = ''; before !== JSON.stringify(smallest);) {
    before = JSON.stringify(smallest);
    smallest = await tryEach(smallest, [withShorterBursts(smallest, 0.1), withShorterBursts(smallest, 0.5)], breaks);
    smallest = await tryEach(smallest, withEarlierFaults(smallest), breaks);
    smallest = await cutList(smallest, 'faults', breaks);
    smallest = await cutList(smallest, 'steps', breaks);
    smallest = await tryEach(smallest, simplerPlans(smallest), breaks);
  }
  return smallest;
}

type Breaks = (candidate: WorldPlan) => Promise<boolean>;

/** Takes out half of a list, a quarter, and so on down to single ones, wherever the rest still breaks. */
async function cutList(plan: WorldPlan, name: 'steps' | 'faults', breaks: Breaks): Promise<WorldPlan> {
  let smallest = plan;
  for (let size = Math.ceil(plan[name].length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < smallest[name].length;) {
      const rest: readonly unknown[] = smallest[name].toSpliced(from, size);
      const candidate: WorldPlan = { ...smallest, [name]: rest };
      if (await breaks(candidate)) smallest = candidate;
      else from += size;
    }
  }
  return smallest;
}

async function tryEach(plan: WorldPlan, changes: readonly Partial<WorldPlan>[], breaks: Breaks): Promise<WorldPlan> {
  let smallest = plan;
  for (const change of changes) {
    const candidate = { ...smallest, ...change };
    if (JSON.stringify(candidate) !== JSON.stringify(smallest) && (await breaks(candidate))) smallest = candidate;
  }
  return smallest;
}

function simplerPlans(plan: WorldPlan): Partial<WorldPlan>[] {
  const needed = Math.max(0, ...plan.steps.map((step) => ('agent' in step ? step.agent + 1 : 0)));
  const customers = Math.max(1, ...plan.steps.map((step) => ('customer' in step ? step.customer + 1 : 0)));
  const changed = (index: number, change: Partial<AgentPlan>): Partial<WorldPlan> => ({
    agents: plan.agents.map((agent, at) => (at === index ? { ...agent, ...change } : agent)),
  });
  const habits = plan.agents.flatMap((_agent, index) => [
    changed(index, CALM_AGENT),
    ...Object.entries(CALM_AGENT).map(([name, value]) => changed(index, { [name]: value })),
  ]);
  return [
    { customers },
    { agents: plan.agents.slice(0, Math.max(1, needed)) },
    { hasOlderWorker: false },
    ...(plan.hasOlderWorker ? [] : [{ workers: 1 }]),
    { bufferedEvents: 100 },
    { suggestContinueAsNewAt: 4096 },
    ...habits,
  ];
}

function withShorterBursts({ steps }: WorldPlan, share: number): Partial<WorldPlan> {
  const shortened = (count: number): number => Math.max(1, Math.floor(count * share));
  return { steps: steps.map((step) => (step.type === 'write' ? { ...step, count: shortened(step.count) } : step)) };
}

/** A fault that falls on the twentieth effect needs nineteen before it: an earlier one may do as well. */
function withEarlierFaults({ faults }: WorldPlan): Partial<WorldPlan>[] {
  return faults.flatMap((fault, index) => {
    if (!('effect' in fault)) return [];
    const earlier = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30].filter((effect) => effect < fault.effect);
    return earlier.map((effect) => ({ faults: faults.with(index, { ...fault, effect }) }));
  });
}
