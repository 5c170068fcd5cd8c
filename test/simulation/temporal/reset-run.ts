import { scheduleActivity } from './activity-task.ts';
import { closeRun } from './commit-task.ts';
import type { Execution } from './execution.ts';
import type { ServiceContext } from './service-context.ts';
import { addEvent, wakeUp } from './task-queue.ts';
import type { Activation, Command, Job } from './workflow-job.ts';

/**
 * Begins a run that knows all of another but its last completed tasks, and ends that one. Signals that came since come
 * again; what the forgotten tasks did outside stays done.
 */
export function resetRun(context: ServiceContext, execution: Execution, tasks: number): void {
  const { workflowId, workflowType, startArgs, activations, taskEnds, randomName } = execution;
  const kept = activations.slice(0, taskEnds.at(-1 - tasks) ?? taskEnds[0] ?? 0);
  const since = [...activations.slice(kept.length).flatMap(({ jobs }) => jobs), ...execution.pending];
  const buffered = execution.task?.buffered ?? [];
  closeRun(context, execution, { status: 'reset', reason: 'reset by an operator' });
  const next = context.nextRun({ workflowId, workflowType, startArgs });
  next.randomName = randomName;
  next.activations = kept;
  next.taskEnds = taskEnds.filter((end) => end <= kept.length);
  next.pending = kept.length === 0 ? next.pending : [];
  next.historyLength = execution.historyLength;
  next.pending.push(...[...since, ...buffered].filter(({ type }) => type === 'signal'));
  armAgain(context, next, kept);
  wakeUp(context, next);
}

/** Timers that the kept history has armed go on; activities that it waits for begin anew. */
function armAgain(context: ServiceContext, execution: Execution, kept: readonly Activation[]): void {
  const open = new Map<number, { command: Command; at: number }>();
  for (const { now, jobs, commands } of kept) {
    for (const job of jobs) if (isEnd(job)) open.delete(job.seq);
    for (const command of commands) {
      if (command.type === 'start-timer' || command.type === 'schedule-activity')
        open.set(command.seq, { command, at: now });
      if (command.type === 'cancel-timer' || command.type === 'cancel-activity') open.delete(command.seq);
    }
  }
  for (const { command, at } of open.values()) {
    if (command.type === 'schedule-activity') scheduleActivity(context, execution, command);
    if (command.type !== 'start-timer') continue;
    const { seq } = command;
    const timer = context.scheduler.schedule(at + command.ms - context.scheduler.now, () => {
      execution.timers.delete(seq);
      addEvent(context, execution, { type: 'fire-timer', seq });
    });
    execution.timers.set(seq, timer);
  }
}

function isEnd(job: Job): job is Extract<Job, { type: 'fire-timer' | 'resolve-activity' }> {
  return job.type === 'fire-timer' || job.type === 'resolve-activity';
}
