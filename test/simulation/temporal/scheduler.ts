import { drainMicrotasks } from './real-time.ts';

/** Something that will happen; it can be called off. */
export interface ScheduledEvent {
  readonly at: number;
  readonly order: number;
  run: (() => void | Promise<void>) | undefined;
}

/** The one clock of a world, and what will happen in it. Times are epoch milliseconds, with fractions. */
export interface Scheduler {
  readonly now: number;
  /** Events that happened so far. */
  readonly happened: number;
  schedule(delayMs: number, run: () => void | Promise<void>): ScheduledEvent;
  /** Lets the next event happen and everything that follows from it at once. False: nothing is left before `until`. */
  advance(until: number): Promise<boolean>;
}

/** Calls an event off; one that happened already is left alone. */
export function callOff(event: ScheduledEvent | undefined): void {
  if (event) event.run = undefined;
}

/** Creates a clock that stands at `startAt`. Events of one moment happen in the order in which they were scheduled. */
export function createScheduler(startAt: number): Scheduler {
  const heap: ScheduledEvent[] = [];
  let order = 0;
  const scheduler = {
    now: startAt,
    happened: 0,
    schedule(delayMs: number, run: () => void | Promise<void>): ScheduledEvent {
      order += 1;
      const event: ScheduledEvent = { at: scheduler.now + Math.max(0, delayMs), order, run };
      push(heap, event);
      return event;
    },
    async advance(until: number): Promise<boolean> {
      for (let next = heap[0]; next && next.at <= until; next = heap[0]) {
        pop(heap);
        if (!next.run) continue;
        scheduler.now = next.at;
        scheduler.happened += 1;
        const running = next.run();
        if (running) await running;
        await drainMicrotasks();
        return true;
      }
      scheduler.now = Math.max(scheduler.now, until);
      return false;
    },
  };
  return scheduler;
}

function isEarlier(a: ScheduledEvent, b: ScheduledEvent): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function push(heap: ScheduledEvent[], event: ScheduledEvent): void {
  let index = heap.length;
  heap.push(event);
  while (index > 0) {
    const parentIndex = (index - 1) >> 1;
    const parent = heap[parentIndex];
    if (!parent || !isEarlier(event, parent)) break;
    heap[index] = parent;
    index = parentIndex;
  }
  heap[index] = event;
}

function pop(heap: ScheduledEvent[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let index = 0;
  for (;;) {
    const childIndex = earlierChild(heap, index);
    const child = heap[childIndex];
    if (!child || !isEarlier(child, last)) break;
    heap[index] = child;
    index = childIndex;
  }
  heap[index] = last;
}

function earlierChild(heap: readonly ScheduledEvent[], index: number): number {
  const [left, right] = [2 * index + 1, 2 * index + 2];
  const [leftEvent, rightEvent] = [heap[left], heap[right]];
  return leftEvent && rightEvent && isEarlier(rightEvent, leftEvent) ? right : left;
}
