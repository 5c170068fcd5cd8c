import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import type { Execution, WorkflowTask } from './execution.ts';
import type { WorkerProcess } from './worker-process.ts';
import type { Payload } from './payload.ts';

/** Limits of the server, as far as actors meet them. */
interface ServiceLimits {
  /** Events of a history at which continue-as-new is suggested. */
  suggestContinueAsNewAt: number;
  /** Events that may come during one task, before the server fails it. */
  bufferedEvents: number;
  /** Events at which a run is terminated. */
  historyEvents: number;
  /** Of one payload, and of all that one message to the server carries. */
  payloadBytes: number;
  messageBytes: number;
}

export type TaskFailureCause =
  | 'code'
  | 'endless-loop'
  | 'nondeterminism'
  | 'unhandled-command'
  | 'too-many-buffered-events'
  | 'timed-out'
  | 'too-large';

/** Who watches a simulated Temporal. */
export interface ServiceObserver {
  taskFailed(
    execution: Execution,
    failure: { cause: TaskFailureCause; error?: unknown; process?: WorkerProcess },
  ): void;
  taskCompleted(execution: Execution, process: WorkerProcess | undefined): void;
  runClosed(execution: Execution, reason: string): void;
}

/** What the parts of a simulated Temporal share. */
export interface ServiceContext {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly limits: ServiceLimits;
  readonly observer: ServiceObserver;
  readonly processes: WorkerProcess[];
  /** The newest run of each workflow id. */
  readonly current: Map<string, Execution>;
  /** True where the completion of this task is lost on its way. */
  readonly losesCompletion: (execution: Execution) => boolean;
  /** Gives a task to a worker. */
  readonly beginTask: (execution: Execution, task: WorkflowTask) => void | Promise<void>;
  /** A new run, the current one of its workflow id from now on. */
  nextRun(start: Pick<Execution, 'workflowId' | 'workflowType'> & { startArgs: Payload }): Execution;
}

/** A pause of the server or the network, in milliseconds. */
export function delayMs({ random }: ServiceContext, workflowId: string): number {
  return 0.5 + random.stream('latency', workflowId)() * 8;
}

/** A living process, the preferred one where it lives. */
export function chooseProcess(
  { processes, random, scheduler }: ServiceContext,
  preferred: WorkerProcess | undefined,
): WorkerProcess | undefined {
  const living = processes.filter(({ isAlive, stalledUntil }) => isAlive && stalledUntil <= scheduler.now);
  if (preferred && living.includes(preferred)) return preferred;
  return living[Math.floor(random.stream('process')() * living.length)];
}
