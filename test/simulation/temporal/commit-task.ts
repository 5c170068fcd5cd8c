import { abandonActivity, scheduleActivity } from './activity-task.ts';
import { noteEvents, type Execution, type ExecutionStatus, type UpdateAnswer, type WorkflowTask } from './execution.ts';
import { sizeOf } from './payload.ts';
import { callOff } from './scheduler.ts';
import type { ServiceContext, TaskFailureCause } from './service-context.ts';
import { addEvent, closeTask, wakeUp } from './task-queue.ts';
import { isClosing, type Command } from './workflow-job.ts';

/**
 * The server takes a completed task: its commands and the answers of local activities become history. Gives why it does
 * not; nothing of the task has happened then, as far as the history knows.
 */
export function commitTask(
  context: ServiceContext,
  execution: Execution,
  task: WorkflowTask,
): TaskFailureCause | undefined {
  const hasNew = task.buffered.length > 0 || execution.admitted.some(({ id }) => !task.updateIds.has(id));
  if (hasNew && task.commands.some(isClosing)) return 'unhandled-command';
  const bytes = bytesOf(task);
  if (bytes > context.limits.messageBytes) return 'too-large';
  closeTask(execution, task, { keepsCode: true });
  execution.activations.push(...task.activations);
  execution.taskEnds.push(execution.activations.length);
  execution.pending = task.buffered;
  execution.admitted = execution.admitted.filter(({ id }) => !task.updateIds.has(id));
  context.observer.taskCompleted(execution, task.process);
  noteEvents(execution, 1 + countMarkers(task) + task.buffered.length, bytes);
  for (const command of task.commands) if (execution.status === 'running') apply(context, execution, command);
  if (execution.historyLength > context.limits.historyEvents)
    closeRun(context, execution, { status: 'terminated', reason: 'history too long' });
  const isWorkLeft = execution.pending.length + execution.admitted.length + task.openLocalActivities.size > 0;
  if (isWorkLeft) wakeUp(context, execution);
  return undefined;
}

function countMarkers({ activations }: WorkflowTask): number {
  let markers = 0;
  for (const { jobs } of activations) for (const { type } of jobs) if (type === 'resolve-local-activity') markers += 1;
  return markers;
}

function bytesOf({ commands, activations }: WorkflowTask): number {
  let bytes = 0;
  for (const command of commands) if ('args' in command) bytes += sizeOf(command.args);
  for (const { jobs } of activations) {
    for (const job of jobs) {
      if (job.type === 'resolve-local-activity' && 'result' in job.outcome) bytes += sizeOf(job.outcome.result);
    }
  }
  return bytes;
}

// oxlint-disable-next-line complexity -- one line for each kind of command
function apply(context: ServiceContext, execution: Execution, command: Command): void {
  switch (command.type) {
    case 'schedule-activity':
      return applySchedule(context, execution, command);
    case 'cancel-activity':
      return abandonActivity(execution, command.seq);
    case 'start-timer':
      return startTimer(context, execution, command);
    case 'cancel-timer':
      callOff(execution.timers.get(command.seq));
      execution.timers.delete(command.seq);
      return noteEvents(execution, 1);
    case 'continue-as-new':
      return continueAsNew(context, execution, command.args);
    case 'complete':
    case 'fail':
    case 'cancelled':
      return closeRun(context, execution, closingOf(command));
    case 'accept-update':
    case 'reject-update':
    case 'complete-update':
      return applyToUpdate(execution, command);
    case 'schedule-local-activity':
    case 'cancel-local-activity':
      return undefined;
  }
}

function applySchedule(
  context: ServiceContext,
  execution: Execution,
  command: Extract<Command, { type: 'schedule-activity' }>,
): void {
  if (sizeOf(command.args) > context.limits.payloadBytes) {
    const reason = `input of ${command.name} exceeds size limit`;
    return closeRun(context, execution, { status: 'terminated', reason });
  }
  noteEvents(execution, 1, command.args.length);
  scheduleActivity(context, execution, command);
}

type UpdateCommand = Extract<Command, { type: 'accept-update' | 'reject-update' | 'complete-update' }>;

function applyToUpdate(execution: Execution, command: UpdateCommand): void {
  if (command.type === 'accept-update') {
    execution.acceptedIds.add(command.id);
    noteEvents(execution, 1);
  }
  if (command.type === 'reject-update') answerUpdate(execution, command.id, { refusal: command.refusal });
  if (command.type !== 'complete-update') return;
  execution.outcomes.set(command.id, command.outcome);
  noteEvents(execution, 1);
  answerUpdate(execution, command.id, command.outcome);
}

function closingOf(command: Extract<Command, { type: 'complete' | 'fail' | 'cancelled' }>): {
  status: ExecutionStatus;
  reason: string;
} {
  if (command.type === 'fail') return { status: 'failed', reason: command.message };
  const status = command.type === 'complete' ? 'completed' : 'cancelled';
  return { status, reason: status };
}

function startTimer(
  context: ServiceContext,
  execution: Execution,
  { seq, ms }: Extract<Command, { type: 'start-timer' }>,
): void {
  noteEvents(execution, 1);
  const timer = context.scheduler.schedule(ms, () => {
    execution.timers.delete(seq);
    addEvent(context, execution, { type: 'fire-timer', seq });
  });
  execution.timers.set(seq, timer);
}

function answerUpdate({ callers }: Execution, id: string, answer: UpdateAnswer): void {
  for (const call of callers.get(id) ?? []) call(answer);
  callers.delete(id);
}

function continueAsNew(context: ServiceContext, execution: Execution, args: string): void {
  if (sizeOf(args) > context.limits.payloadBytes) {
    closeRun(context, execution, { status: 'terminated', reason: 'input of continue-as-new exceeds size limit' });
    return;
  }
  closeRun(context, execution, { status: 'continued', reason: 'continued as new' });
  const { workflowId, workflowType } = execution;
  wakeUp(context, context.nextRun({ workflowId, workflowType, startArgs: args }));
}

/** Ends a run: nothing of it goes on, and whoever waits for an answer learns that there is none. */
export function closeRun(
  context: ServiceContext,
  execution: Execution,
  { status, reason }: { status: ExecutionStatus; reason: string },
): void {
  if (execution.status !== 'running') return;
  execution.status = status;
  for (const timer of execution.timers.values()) callOff(timer);
  execution.timers.clear();
  for (const seq of execution.activities.keys()) abandonActivity(execution, seq);
  if (execution.task) closeTask(execution, execution.task);
  for (const { instances } of context.processes) instances.delete(execution.runId);
  for (const [id, calls] of execution.callers) {
    const lost = execution.acceptedIds.has(id) ? 'closed-before-answer' : 'not-found';
    for (const call of calls) call({ lost });
  }
  execution.callers.clear();
  context.observer.runClosed(execution, reason);
}
