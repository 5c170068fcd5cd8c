import { isLucky, pickInteger, pickOne, type RandomStream } from '../temporal/random.ts';
import { GRAPH_ANSWERS, type Fault } from './plan.ts';

/** Effects and tasks of a world of usual size: faults fall on one of them. */
const USUAL_EFFECTS = 160;
const USUAL_TASKS = 60;
const GRAPH_TROUBLE = 0.3;

/** What goes wrong: often nothing. */
export function drawFaults(next: RandomStream): Fault[] {
  const faults: Fault[] = [];
  for (let count = pickOne(next, [0, 0, 1, 2, 4]); count > 0; count -= 1) faults.push(drawFault(next));
  if (!isLucky(next, GRAPH_TROUBLE)) return faults;
  let from = next() * 60_000;
  // One trouble after the other: a dead token, a limit when it is repaired.
  for (let count = pickOne(next, [1, 1, 2, 3]); count > 0; count -= 1) {
    const until = from + next() * 90_000;
    faults.push({ type: 'graph', from, until, answer: pickOne(next, GRAPH_ANSWERS) });
    from = until + next() * 20_000;
  }
  return faults;
}

function drawFault(next: RandomStream): Fault {
  const effect = pickInteger(next, 1, USUAL_EFFECTS);
  const when = pickOne(next, ['before', 'after'] as const);
  const kinds: (() => Fault)[] = [
    () => ({ type: 'crash', effect, when, downMs: next() * 4000 }),
    () => ({ type: 'crash', effect, when, downMs: next() * 4000 }),
    () => ({ type: 'break', effect, when }),
    () => ({ type: 'break', effect, when }),
    () => ({ type: 'slow', effect, ms: next() * 9000 }),
    () => ({ type: 'stall', effect, ms: next() * 6000 }),
    () => ({ type: 'lose-completion', task: pickInteger(next, 1, USUAL_TASKS) }),
  ];
  return pickOne(next, kinds)();
}
