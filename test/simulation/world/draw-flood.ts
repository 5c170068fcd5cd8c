import { isLucky, pickInteger, pickOne, type RandomStream } from '../temporal/random.ts';
import type { Step, WorldPlan } from './plan.ts';

const FLOODS = 0.025;
/** Of a state of 1 MB these leave 10 to 17 kB: that of a conversation has about 5. */
const SCALES = [1 / 60, 1 / 100] as const;
/** Each run is short: customers write while one is to continue as new. */
const SHORTEST_RUN = 12;
const LONGEST_RUN = 60;

type Flood = Pick<WorldPlan, 'byteScale'> & { suggestContinueAsNewAt?: number; steps: Step[] };

/** In some worlds less may travel at once, and customers write more than a run can carry, again and again. */
export function drawFlood(next: RandomStream, people: { customers: number; hasOlderWorker: boolean }): Flood {
  if (!isLucky(next, FLOODS) || people.hasOlderWorker) return { byteScale: 1, steps: [] };
  const startedAt = 2000 + next() * 10_000;
  const customer = pickInteger(next, 0, people.customers - 1);
  const steps = Array.from({ length: pickInteger(next, 1, 3) }, (): Step => {
    const [count, size] = [pickInteger(next, 8, 25), pickInteger(next, 40, 200)];
    return { at: startedAt + next() * 8000, type: 'write', customer, count, size };
  });
  return {
    byteScale: pickOne(next, SCALES),
    suggestContinueAsNewAt: pickInteger(next, SHORTEST_RUN, LONGEST_RUN),
    steps,
  };
}
