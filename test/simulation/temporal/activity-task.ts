import type { Execution, ScheduledActivity } from './execution.ts';
import { noteEvents } from './execution.ts';
import { ApplicationFailure } from './failures.ts';
import { backoffMs, callActivity, problemOf } from './local-activity.ts';
import { callOff } from './scheduler.ts';
import { chooseProcess, delayMs, type ServiceContext } from './service-context.ts';
import type { WorkerProcess } from './worker-process.ts';
import { addEvent } from './task-queue.ts';
import type { ActivityOutcome, Command } from './workflow-job.ts';

const NOBODY_THERE_MS = 100;

/** Begins an ordinary activity: any process may take it, and its answer lies in the history exactly once. */
export function scheduleActivity(
  context: ServiceContext,
  execution: Execution,
  { seq, name, args, options }: Extract<Command, { type: 'schedule-activity' }>,
): void {
  const activity: ScheduledActivity = {
    seq,
    name,
    args,
    options,
    scheduledAt: context.scheduler.now,
    attempt: 1,
    isOver: false,
  };
  execution.activities.set(seq, activity);
  if (options.scheduleToCloseMs !== undefined) {
    activity.closing = context.scheduler.schedule(options.scheduleToCloseMs, () => {
      const message = 'activity ScheduleToClose timeout';
      resolve(
        context,
        { execution, activity },
        { problem: { kind: 'timeout', message, timeoutType: 'SCHEDULE_TO_CLOSE' } },
      );
    });
  }
  dispatch(context, { execution, activity });
}

/** Nobody waits for it any more; what an attempt under way still does, it does. */
export function abandonActivity(execution: Execution, seq: number): void {
  const activity = execution.activities.get(seq);
  if (!activity) return;
  activity.isOver = true;
  callOff(activity.closing);
  callOff(activity.attemptTimeout);
  execution.activities.delete(seq);
}

interface Subject {
  execution: Execution;
  activity: ScheduledActivity;
}

function dispatch(context: ServiceContext, subject: Subject, afterMs = 0): void {
  context.scheduler.schedule(afterMs + delayMs(context, subject.execution.workflowId), () => {
    if (subject.activity.isOver) return;
    const process = chooseProcess(context, undefined);
    if (process) attempt(context, subject, process);
    else dispatch(context, subject, NOBODY_THERE_MS);
  });
}

function attempt(context: ServiceContext, subject: Subject, process: WorkerProcess): void {
  const { activity } = subject;
  const { name, args, attempt: number, scheduledAt, options } = activity;
  const isCurrent = (): boolean => !activity.isOver && activity.attempt === number;
  const expire = (timeoutType: 'START_TO_CLOSE' | 'HEARTBEAT') => () => {
    if (isCurrent()) retryableFailure(context, subject, { error: new Error(timeoutType), timeoutType });
  };
  activity.attemptTimeout = context.scheduler.schedule(options.startToCloseMs ?? Infinity, expire('START_TO_CLOSE'));
  const stopListening = watchHeartbeats(
    context,
    { process, heartbeatMs: options.heartbeatMs, isCurrent },
    expire('HEARTBEAT'),
  );
  const report = (take: () => void): void => {
    stopListening();
    context.scheduler.schedule(delayMs(context, subject.execution.workflowId), () => {
      if (isCurrent()) take();
    });
  };
  const attemptAt = context.scheduler.now;
  callActivity(process, { name, args, attempt: number, isLocal: false, scheduledAt, attemptAt }).then(
    (result) => report(() => resolve(context, subject, { result })),
    (error: unknown) => report(() => retryableFailure(context, subject, { error })),
  );
}

/** A process that is silent for too long has lost the attempt, whether it is dead or only slow. */
function watchHeartbeats(
  context: ServiceContext,
  {
    process,
    heartbeatMs,
    isCurrent,
  }: { process: WorkerProcess; heartbeatMs: number | undefined; isCurrent: () => boolean },
  expire: () => void,
): () => void {
  if (heartbeatMs === undefined) return () => undefined;
  const { life } = process;
  let stop: (() => void) | undefined;
  const listen = (): void => {
    stop = process.onSilence(() => {
      context.scheduler.schedule(heartbeatMs, () => {
        if (!isCurrent()) return;
        const isBack = process.life === life && process.stalledUntil <= context.scheduler.now;
        if (isBack) listen();
        else expire();
      });
    });
  };
  listen();
  return () => stop?.();
}

function retryableFailure(
  context: ServiceContext,
  subject: Subject,
  { error, timeoutType }: { error: unknown; timeoutType?: 'START_TO_CLOSE' | 'HEARTBEAT' },
): void {
  const { activity } = subject;
  callOff(activity.attemptTimeout);
  const problem = problemOf(error, activity);
  if (problem) {
    const timedOut = timeoutType && { kind: 'timeout' as const, message: timeoutType, timeoutType };
    return resolve(context, subject, { problem: timedOut ?? problem });
  }
  const asked = error instanceof ApplicationFailure ? error.nextRetryDelay : undefined;
  const pauseMs = asked ?? backoffMs(activity.options, activity.attempt);
  activity.attempt += 1;
  dispatch(context, subject, pauseMs);
}

function resolve(context: ServiceContext, { execution, activity }: Subject, outcome: ActivityOutcome): void {
  if (activity.isOver) return;
  abandonActivity(execution, activity.seq);
  noteEvents(execution, 1);
  addEvent(context, execution, { type: 'resolve-activity', seq: activity.seq, outcome });
}
