import type { RandomStream } from './random.ts';
import { drainMicrotasks } from './real-time.ts';
import { CancellationScope, findRootScopesBy } from './cancellation-scope.ts';
import { ActivityFailure, ApplicationFailure, CancelledFailure, TimeoutFailure } from './failures.ts';
import { decode, encode } from './payload.ts';
import type { ActivityOutcome, ActivityProblem, Command, Job, RunInfo, UpdateRefusal } from './workflow-job.ts';

/** Looks at clock and run by an actor in one activation, above which it turns in a circle. */
const MAX_LOOKS = 20_000;

/** An actor's code goes round without end: in a real worker the VM's time limit aborts the process. */
export class EndlessLoopError extends Error {
  override readonly name = 'EndlessLoopError';
}

/** The actor's code continues as new. */
export class ContinueAsNewRequest extends Error {
  readonly args: string;
  constructor(args: readonly unknown[]) {
    super('continue as new');
    this.args = encode(args);
  }
}

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  name: string;
}

export interface UpdateHandler {
  handle: (...args: unknown[]) => unknown;
  validate: ((...args: unknown[]) => void) | undefined;
}

export interface Identity {
  workflowId: string;
  runId: string;
  workflowType: string;
  random: RandomStream;
}

export type WorkflowFunction = (...args: unknown[]) => Promise<unknown>;

/** One actor in a worker's memory: its code, and what that waits for. */
export class WorkflowInstance {
  readonly identity: Identity;
  readonly #run: WorkflowFunction;
  now = 0;
  info: RunInfo = { historyLength: 0, historySize: 0, continueAsNewSuggested: false };
  readonly commands: Command[] = [];
  readonly conditions = new Set<{ isMet: () => boolean; resolve: () => void }>();
  readonly timers = new Map<number, Waiting>();
  readonly activities = new Map<number, Waiting>();
  readonly localActivities = new Map<number, Waiting>();
  readonly signalHandlers = new Map<string, (...args: unknown[]) => unknown>();
  readonly updateHandlers = new Map<string, UpdateHandler>();
  readonly queryHandlers = new Map<string, (...args: unknown[]) => unknown>();
  readonly bufferedSignals: Extract<Job, { type: 'signal' }>[] = [];
  readonly bufferedUpdates: Extract<Job, { type: 'update' }>[] = [];
  readonly rootScope = new CancellationScope({ isRoot: true });
  /** What the actor's code threw outside of a handler: the task has failed. */
  failure: unknown;
  #looks = 0;
  #seq = 0;

  constructor(run: WorkflowFunction, identity: Identity) {
    this.#run = run;
    this.identity = identity;
  }

  nextSeq(): number {
    this.#seq += 1;
    return this.#seq;
  }

  /** Every look at the clock or at the run counts: an actor that turns in a circle looks at them each time. */
  noteLook(): void {
    this.#looks += 1;
    if (this.#looks > MAX_LOOKS) throw new EndlessLoopError(`${this.identity.workflowId} turns without end`);
  }

  /** Runs the code with the jobs of one activation, until it waits. @throws what fails the task */
  async activate(now: number, info: RunInfo, jobs: readonly Job[]): Promise<Command[]> {
    this.now = now;
    this.info = info;
    this.#looks = 0;
    enter(this);
    try {
      this.#takeJobs(jobs);
      await drainMicrotasks();
      while (this.#unblock() > 0) await drainMicrotasks();
      this.#rejectBufferedUpdates();
    } catch (error) {
      this.failure ??= error;
    } finally {
      enter(undefined);
    }
    if (this.failure !== undefined) throw this.failure;
    return this.commands.splice(0);
  }

  /** Answers a query, or runs a validator, between two activations. */
  ask<Answer>(now: number, look: () => Answer): Answer {
    this.now = now;
    this.#looks = 0;
    enter(this);
    try {
      return look();
    } finally {
      enter(undefined);
    }
  }

  #takeJobs(jobs: readonly Job[]): void {
    const start = jobs.find((job) => job.type === 'start');
    for (const job of jobs) {
      if (job.type === 'start') continue;
      this.#take(job);
      this.#unblock();
    }
    if (start?.type !== 'start') return;
    this.#start(decode(start.args));
    this.#unblock();
  }

  #take(job: Exclude<Job, { type: 'start' }>): void {
    switch (job.type) {
      case 'signal':
        return this.#takeSignal(job);
      case 'update':
        return this.#takeUpdate(job);
      case 'cancel':
        return this.rootScope.cancel();
      case 'fire-timer':
        return settle(this.timers, job.seq, { result: encode([undefined]) });
      case 'resolve-activity':
        return settle(this.activities, job.seq, job.outcome);
      case 'resolve-local-activity':
        return settle(this.localActivities, job.seq, job.outcome);
    }
  }

  #takeSignal(job: Extract<Job, { type: 'signal' }>): void {
    const handler = this.signalHandlers.get(job.name);
    if (!handler) this.bufferedSignals.push(job);
    else void Promise.resolve(handler(...decode(job.args))).catch((error: unknown) => this.#fail(error));
  }

  #takeUpdate(job: Extract<Job, { type: 'update' }>): void {
    const handler = this.updateHandlers.get(job.name);
    if (!handler) {
      this.bufferedUpdates.push(job);
      return;
    }
    const args = decode(job.args);
    try {
      handler.validate?.(...args);
    } catch (error) {
      this.commands.push({ type: 'reject-update', id: job.id, refusal: toRefusal(error) });
      return;
    }
    this.commands.push({ type: 'accept-update', id: job.id });
    void this.#carryOutUpdate(job.id, () => handler.handle(...args));
  }

  async #carryOutUpdate(id: string, carryOut: () => unknown): Promise<void> {
    try {
      const result = encode([await carryOut()]);
      this.commands.push({ type: 'complete-update', id, outcome: { result } });
    } catch (error) {
      if (!(error instanceof ApplicationFailure)) return this.#fail(error);
      this.commands.push({ type: 'complete-update', id, outcome: { refusal: toRefusal(error) } });
    }
  }

  /** Hands on what came before the code had said who takes it. */
  dispatchBuffered(name: string): void {
    for (const job of takeOut(this.bufferedSignals, name)) this.#takeSignal(job);
    for (const job of takeOut(this.bufferedUpdates, name)) this.#takeUpdate(job);
  }

  #rejectBufferedUpdates(): void {
    for (const { id, name } of this.bufferedUpdates.splice(0)) {
      this.commands.push({ type: 'reject-update', id, refusal: { message: `No handler for update ${name}` } });
    }
  }

  #start(args: unknown[]): void {
    this.#run(...args).then(
      () => this.commands.push({ type: 'complete' }),
      (error: unknown) => this.#close(error),
    );
  }

  #close(error: unknown): void {
    if (error instanceof ContinueAsNewRequest) this.commands.push({ type: 'continue-as-new', args: error.args });
    else if (error instanceof CancelledFailure) this.commands.push({ type: 'cancelled' });
    else if (error instanceof ApplicationFailure) this.commands.push({ type: 'fail', message: error.message });
    else this.#fail(error);
  }

  #fail(error: unknown): void {
    this.failure ??= error;
  }

  #unblock(): number {
    let count = 0;
    for (let before = -1; before !== count;) {
      before = count;
      for (const condition of this.conditions) {
        if (!condition.isMet()) continue;
        this.conditions.delete(condition);
        condition.resolve();
        count += 1;
      }
    }
    return count;
  }
}

let activeInstance: WorkflowInstance | undefined;

function enter(instance: WorkflowInstance | undefined): void {
  activeInstance = instance;
}

/** The actor whose code runs. @throws where none does */
export function currentInstance(): WorkflowInstance {
  if (!activeInstance) throw new Error('No workflow code is running');
  return activeInstance;
}

findRootScopesBy(() => currentInstance().rootScope);

/** The actor whose code runs, if any. */
export function findCurrentInstance(): WorkflowInstance | undefined {
  return activeInstance;
}

function settle(waiting: Map<number, Waiting>, seq: number, outcome: ActivityOutcome): void {
  const found = waiting.get(seq);
  if (!found) return;
  waiting.delete(seq);
  if ('result' in outcome) found.resolve(decode(outcome.result)[0]);
  else found.reject(toActivityFailure(found.name, outcome.problem));
}

function toActivityFailure(
  name: string,
  { kind, message, type, details, timeoutType }: ActivityProblem,
): ActivityFailure {
  if (kind === 'cancelled') return new ActivityFailure(name, new CancelledFailure(message));
  if (kind === 'timeout')
    return new ActivityFailure(name, new TimeoutFailure(message, timeoutType ?? 'START_TO_CLOSE'));
  const cause = { message, ...(type !== undefined && { type }), ...(details && { details }) };
  return new ActivityFailure(name, new ApplicationFailure(cause));
}

function toRefusal(error: unknown): UpdateRefusal {
  const message = error instanceof Error ? error.message : String(error);
  const type = error instanceof ApplicationFailure ? error.type : undefined;
  return { message, ...(type !== undefined && { type }) };
}

function takeOut<Item extends { name: string }>(items: Item[], name: string): Item[] {
  const found = items.filter((item) => item.name === name);
  if (found.length > 0) items.splice(0, items.length, ...items.filter((item) => item.name !== name));
  return found;
}
