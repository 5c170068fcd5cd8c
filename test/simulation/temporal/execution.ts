import type { ScheduledEvent } from './scheduler.ts';
import type { Payload } from './payload.ts';
import type { WorkerProcess } from './worker-process.ts';
import type { WorkflowInstance } from './workflow-instance.ts';
import type { Activation, ActivityOptions, Command, Job, UpdateOutcome } from './workflow-job.ts';

export type ExecutionStatus = 'running' | 'completed' | 'continued' | 'failed' | 'cancelled' | 'terminated' | 'reset';

/** Why an update got no answer from the actor's code. */
export type UpdateAnswer = UpdateOutcome | { lost: 'not-found' | 'closed-before-answer' | 'task-failed' };

interface AdmittedUpdate {
  id: string;
  name: string;
  args: Payload;
}

/** An attempt of a worker to take an actor further. */
export interface WorkflowTask {
  attempt: number;
  state: 'scheduled' | 'started';
  /** It was completed, failed, timed out or overtaken: whatever still comes of it is ignored. */
  isOver: boolean;
  process?: WorkerProcess;
  instance?: WorkflowInstance;
  /** Updates that this task brought. */
  updateIds: Set<string>;
  /** What came to the server since it began. */
  buffered: Job[];
  activations: Activation[];
  commands: Command[];
  openLocalActivities: Set<number>;
  cancelledLocalActivities: Set<number>;
  timeout?: ScheduledEvent;
  heartbeat?: ScheduledEvent;
}

export interface ScheduledActivity {
  seq: number;
  name: string;
  args: Payload;
  options: ActivityOptions;
  scheduledAt: number;
  attempt: number;
  isOver: boolean;
  closing?: ScheduledEvent | undefined;
  attemptTimeout?: ScheduledEvent | undefined;
}

/** One run of an actor, as the server keeps it. */
export interface Execution {
  workflowId: string;
  runId: string;
  workflowType: string;
  startArgs: Payload;
  status: ExecutionStatus;
  historyLength: number;
  historySize: number;
  /** What completed tasks did: from this the actor's code is rebuilt. */
  activations: Activation[];
  /** How many activations there were after each completed task. */
  taskEnds: number[];
  /** Random numbers of the code follow this; a reset run goes on with those of the run before. */
  randomName: string;
  /** In the history, and brought by no completed task yet. */
  pending: Job[];
  admitted: AdmittedUpdate[];
  /** Callers that wait for an update's answer. */
  callers: Map<string, ((answer: UpdateAnswer) => void)[]>;
  outcomes: Map<string, UpdateOutcome>;
  acceptedIds: Set<string>;
  task?: WorkflowTask | undefined;
  lastProcess?: WorkerProcess | undefined;
  timers: Map<number, ScheduledEvent>;
  activities: Map<number, ScheduledActivity>;
}

/** A run that has begun and done nothing yet. */
export function createExecution(
  identity: Pick<Execution, 'workflowId' | 'runId' | 'workflowType' | 'startArgs'>,
): Execution {
  return {
    ...identity,
    status: 'running',
    historyLength: 1,
    historySize: identity.startArgs.length,
    activations: [],
    taskEnds: [],
    randomName: identity.runId,
    pending: [{ type: 'start', args: identity.startArgs }],
    admitted: [],
    callers: new Map(),
    outcomes: new Map(),
    acceptedIds: new Set(),
    timers: new Map(),
    activities: new Map(),
  };
}

/** Adds to a run's history. */
export function noteEvents(execution: Execution, count: number, bytes = 0): void {
  execution.historyLength += count;
  execution.historySize += bytes + count * 100;
}
