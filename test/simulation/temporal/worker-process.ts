import { callOff, type ScheduledEvent, type Scheduler } from './scheduler.ts';
import type { RandomStream } from './random.ts';
import type { WorkflowFunction, WorkflowInstance } from './workflow-instance.ts';
import type { Command } from './workflow-job.ts';

/** What the world does to one effect of a process, beside letting it happen. */
export interface EffectDisturbance {
  /** The process dies in this moment. */
  crash?: 'before' | 'after';
  /** The caller gets an error; whether it happened is another question. */
  fail?: 'before' | 'after';
  slowMs?: number;
  downMs?: number;
  stallMs?: number;
}

interface ProcessDependencies {
  name: string;
  /** It runs the code of the release before. */
  isOlder?: boolean;
  scheduler: Scheduler;
  latency: RandomStream;
  workflows: Record<string, WorkflowFunction>;
  /** Disturbs the next effect, or undefined. `label`: what it is. */
  disturb: (label: string, process: WorkerProcess) => EffectDisturbance | undefined;
  /** Builds the activities anew: a process that starts has forgotten everything. */
  createActivities: (process: WorkerProcess) => Record<string, (...args: never[]) => Promise<unknown>>;
  onDeath: (process: WorkerProcess) => void;
  /** Something outside was changed, or may have been. */
  onChange: (label: string) => void;
}

/** The connection broke, or the other side did not answer in time. */
class ConnectionBrokenError extends Error {
  override readonly name = 'ConnectionBrokenError';
}

const LONGEST_LATENCY_MS = 6;
const BROKEN_CALL_MS = 4000;

/** A process that runs actors and activities, and that can die, stall and come back. */
export class WorkerProcess {
  readonly name: string;
  readonly isOlder: boolean;
  /** Actors in its memory, by run id. */
  readonly instances = new Map<string, WorkflowInstance>();
  /** Local activities that wait for their turn or run, by run id and number. */
  readonly localActivities = new Map<string, Extract<Command, { type: 'schedule-local-activity' }>>();
  activities: Record<string, (...args: never[]) => Promise<unknown>>;
  readonly workflows: Record<string, WorkflowFunction>;
  /** Rises with each death: what a former life had begun never goes on. */
  life = 1;
  isAlive = true;
  stalledUntil = 0;
  readonly #deps: ProcessDependencies;
  #endListeners = new Set<() => void>();

  constructor(deps: ProcessDependencies) {
    this.#deps = deps;
    this.name = deps.name;
    this.isOlder = deps.isOlder ?? false;
    this.workflows = deps.workflows;
    this.activities = deps.createActivities(this);
  }

  /** Calls back when this process dies or stalls for so long that its heartbeats are missed. */
  onSilence(listener: () => void): () => void {
    this.#endListeners.add(listener);
    return () => void this.#endListeners.delete(listener);
  }

  die(downMs: number): void {
    this.life += 1;
    this.isAlive = false;
    this.instances.clear();
    this.localActivities.clear();
    this.#fallSilent();
    this.#deps.onDeath(this);
    this.#deps.scheduler.schedule(downMs, () => {
      this.isAlive = true;
      this.activities = this.#deps.createActivities(this);
    });
  }

  /** Nothing of this process moves for a while; then it goes on as if nothing had been. */
  stall(ms: number): void {
    this.stalledUntil = Math.max(this.stalledUntil, this.#deps.scheduler.now + ms);
    this.#fallSilent();
  }

  #fallSilent(): void {
    const listeners = [...this.#endListeners];
    this.#endListeners.clear();
    for (const listener of listeners) listener();
  }

  /**
   * Something that this process does to the world outside: takes a moment, may fail, and in any moment the process may
   * die. Whoever waits for it in a process that died waits for ever.
   */
  effect<Result>(label: string, apply: () => Result): Promise<Result> {
    const { scheduler, latency } = this.#deps;
    const disturbance = this.#deps.disturb(label, this);
    const { life } = this;
    return new Promise<Result>((resolve, reject) => {
      const happen = (): void => {
        if (life !== this.life) return;
        if (this.stalledUntil > scheduler.now) {
          scheduler.schedule(this.stalledUntil - scheduler.now, happen);
          return;
        }
        this.#happen({ apply, resolve, reject }, disturbance);
        this.#deps.onChange(label);
      };
      scheduler.schedule(0.5 + latency() * LONGEST_LATENCY_MS + (disturbance?.slowMs ?? 0), happen);
      if (disturbance?.stallMs) this.stall(disturbance.stallMs);
    });
  }

  #happen<Result>(
    {
      apply,
      resolve,
      reject,
    }: { apply: () => Result; resolve: (result: Result) => void; reject: (error: unknown) => void },
    { crash, fail, downMs = 1000 }: EffectDisturbance = {},
  ): void {
    const fall = (): void =>
      void this.#later(BROKEN_CALL_MS, () => reject(new ConnectionBrokenError('14 UNAVAILABLE')));
    if (crash === 'before') return this.die(downMs);
    if (fail === 'before') return fall();
    try {
      const result = apply();
      if (crash === 'after') return this.die(downMs);
      if (fail === 'after') return fall();
      resolve(result);
    } catch (error) {
      reject(error);
    }
  }

  /** Something that happens later in this life of the process, if it lives so long. */
  #later(ms: number, run: () => void): ScheduledEvent {
    const { life } = this;
    return this.#deps.scheduler.schedule(ms, () => {
      if (life === this.life) run();
    });
  }

  /** A timer of the process's own code. */
  setTimer(ms: number, run: () => void): () => void {
    const timer = this.#later(ms, run);
    return () => callOff(timer);
  }
}
