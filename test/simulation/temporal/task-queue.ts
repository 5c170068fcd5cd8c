import { noteEvents, type Execution, type WorkflowTask } from './execution.ts';
import { callOff } from './scheduler.ts';
import { delayMs, type ServiceContext, type TaskFailureCause } from './service-context.ts';
import type { Job } from './workflow-job.ts';

const LONGEST_BACKOFF_MS = 10_000;

/** Something happens to a run: it lies in the history at once, or in the buffer while a task is under way. */
export function addEvent(context: ServiceContext, execution: Execution, job: Job): void {
  if (execution.status !== 'running') return;
  const { task } = execution;
  if (task?.state !== 'started') {
    noteEvents(execution, 1, 'args' in job ? job.args.length : 0);
    execution.pending.push(job);
    return wakeUp(context, execution);
  }
  task.buffered.push(job);
  if (task.buffered.length > context.limits.bufferedEvents) {
    failTask(context, execution, { cause: 'too-many-buffered-events' });
  }
}

/** Schedules a task where none is. */
export function wakeUp(context: ServiceContext, execution: Execution, { attempt = 1, afterMs = 0 } = {}): void {
  if (execution.status !== 'running' || execution.task) return;
  const task: WorkflowTask = {
    attempt,
    state: 'scheduled',
    isOver: false,
    updateIds: new Set(),
    buffered: [],
    activations: [],
    commands: [],
    openLocalActivities: new Set(),
    cancelledLocalActivities: new Set(),
  };
  execution.task = task;
  noteEvents(execution, 1);
  context.scheduler.schedule(afterMs + delayMs(context, execution.workflowId), () =>
    context.beginTask(execution, task),
  );
}

/** A task came to nothing: the code is thrown away, and a larger task follows. */
export function failTask(
  context: ServiceContext,
  execution: Execution,
  { cause, error }: { cause: TaskFailureCause; error?: unknown },
): void {
  const { task } = execution;
  if (!task || task.isOver) return;
  closeTask(execution, task);
  if (cause !== 'timed-out') refuseUpdates(execution, task);
  execution.pending.push(...task.buffered);
  noteEvents(execution, 1 + task.buffered.length);
  const { process } = task;
  context.observer.taskFailed(execution, { cause, error, ...(process && { process }) });
  // Another worker may know better.
  execution.lastProcess = undefined;
  const isOurFault =
    cause === 'code' || cause === 'endless-loop' || cause === 'nondeterminism' || cause === 'too-large';
  const afterMs = isOurFault ? Math.min(LONGEST_BACKOFF_MS, 10 * 4 ** task.attempt) : 0;
  wakeUp(context, execution, { attempt: task.attempt + 1, afterMs });
}

/** Whoever sent an update with a task that failed is told so and may send it again; after a time-out the server does. */
function refuseUpdates(execution: Execution, { updateIds }: WorkflowTask): void {
  execution.admitted = execution.admitted.filter(({ id }) => !updateIds.has(id));
  for (const id of updateIds) {
    for (const call of execution.callers.get(id) ?? []) call({ lost: 'task-failed' });
    execution.callers.delete(id);
  }
}

/** Ends a task and forgets the code that ran in it, unless it was completed. */
export function closeTask(execution: Execution, task: WorkflowTask, { keepsCode = false } = {}): void {
  task.isOver = true;
  callOff(task.timeout);
  callOff(task.heartbeat);
  execution.task = undefined;
  if (!keepsCode) task.process?.instances.delete(execution.runId);
}
