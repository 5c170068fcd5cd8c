import { isLucky, pickInteger, type RandomStream } from '../temporal/random.ts';
import type { Fault, Step } from './plan.ts';

interface Trouble {
  steps: Step[];
  faults: Fault[];
}

/** A trouble of a Page that is rare by chance, drawn as a whole. */
export function drawPageTrouble(next: RandomStream, customers: number): Trouble {
  return isLucky(next, 0.4) ? drawClosedWindow(next, customers) : drawDeadToken(next, customers);
}

/** Messenger takes nothing for a while, and customers write just then. */
function drawClosedWindow(next: RandomStream, customers: number): Trouble {
  const from = 3000 + next() * 10_000;
  const until = from + 10_000 + next() * 60_000;
  const steps = Array.from({ length: customers }, (_, customer): Step => {
    return { type: 'write', at: from + next() * (until - from), customer, count: pickInteger(next, 2, 6) };
  });
  return { steps, faults: [{ type: 'graph', from, until, answer: 'window' }] };
}

/**
 * A bad day of a Page: its token dies while somebody chats; it is repaired, and what waits for a person is let go while a
 * limit holds the Page; the token dies once more.
 */
function drawDeadToken(next: RandomStream, customers: number): Trouble {
  const firstAt = 12_000 + next() * 10_000;
  const repairedAt = firstAt + 15_000 + next() * 20_000;
  const limitUntil = repairedAt + 30_000 + next() * 60_000;
  const againUntil = limitUntil + 20_000 + next() * 30_000;
  const write = (at: number): Step => ({ type: 'write', at, customer: pickInteger(next, 0, customers - 1), count: 1 });
  return {
    faults: [
      { type: 'graph', from: firstAt, until: repairedAt, answer: 'token' },
      { type: 'graph', from: repairedAt, until: limitUntil, answer: 'limit' },
      { type: 'graph', from: limitUntil, until: againUntil, answer: 'token' },
    ],
    steps: [
      write(next() * 4000),
      { type: 'end-chats', at: firstAt + next() * 10_000, agent: 0 },
      { type: 'resume-page', at: repairedAt + 100 },
      write(repairedAt + 1000 + next() * 3000),
      { type: 'retry-parts', at: repairedAt + 8000 + next() * 10_000 },
      write(limitUntil + next() * 10_000),
      { type: 'resume-page', at: againUntil + 500 },
    ],
  };
}
