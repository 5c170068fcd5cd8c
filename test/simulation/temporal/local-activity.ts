import { requestMark, withMark } from '../../../contracts/marked-result.ts';
import { runInActivity } from './activity-context.ts';
import { ApplicationFailure } from './failures.ts';
import { decode, encode } from './payload.ts';
import { callOff } from './scheduler.ts';
import type { ServiceContext } from './service-context.ts';
import type { WorkerProcess } from './worker-process.ts';
import type { ActivityOptions, ActivityOutcome, Command } from './workflow-job.ts';

type LocalCommand = Extract<Command, { type: 'schedule-local-activity' }>;

/**
 * Runs a local activity in the process that runs the actor, until it succeeds. What it does to the world it does at once;
 * the history hears of it with the task. `onDone` gets the outcome as an event of its own.
 */
export function startLocalActivity(
  context: ServiceContext,
  { process, command }: { process: WorkerProcess; command: LocalCommand },
  onDone: (outcome: ActivityOutcome) => void | Promise<void>,
): void {
  const { life } = process;
  const { scheduler } = context;
  const scheduledAt = scheduler.now;
  const finish = (outcome: ActivityOutcome): void => {
    scheduler.schedule(0, () => (life === process.life ? onDone(outcome) : undefined));
  };
  const attemptOnce = (attempt: number): void => {
    if (life !== process.life) return;
    let isOver = false;
    const takeProblem = (error: unknown): void => {
      if (isOver) return;
      isOver = true;
      callOff(timeout);
      const problem = problemOf(error, { attempt, options: command.options });
      const pauseMs = backoffMs(command.options, attempt);
      const { scheduleToCloseMs = Infinity } = command.options;
      const isLate = scheduler.now + pauseMs - scheduledAt > scheduleToCloseMs;
      if (problem || isLate)
        finish({ problem: problem ?? { kind: 'timeout', message: 'too late', timeoutType: 'SCHEDULE_TO_CLOSE' } });
      else scheduler.schedule(pauseMs, () => attemptOnce(attempt + 1));
    };
    const timeout = scheduler.schedule(command.options.startToCloseMs ?? Infinity, () =>
      takeProblem(new Error('START_TO_CLOSE')),
    );
    const { name, args } = command;
    const attemptAt = scheduler.now;
    callActivity(process, { name, args, attempt, isLocal: true, scheduledAt, attemptAt }).then((result) => {
      if (isOver) return;
      isOver = true;
      callOff(timeout);
      finish({ result });
    }, takeProblem);
  };
  attemptOnce(1);
}

interface ActivityCall {
  name: string;
  args: string;
  attempt: number;
  isLocal: boolean;
  scheduledAt: number;
  attemptAt: number;
}

/** Calls an activity's code in a process; gives its answer as it travels. */
export async function callActivity(
  process: WorkerProcess,
  { name, args, attempt, isLocal, scheduledAt, attemptAt }: ActivityCall,
): Promise<string> {
  const activity = process.activities[name];
  if (!activity) throw new Error(`No activity "${name}"`);
  const info = {
    attempt,
    isLocal,
    scheduledTimestampMs: scheduledAt,
    currentAttemptScheduledTimestampMs: attemptAt,
  };
  const given = decode(args) as never[];
  if (!isLocal) return encode([(await runInActivity(info, () => activity(...given))) ?? null]);
  // As `worker/mark-local-results.ts` does it.
  const mark = requestMark(name, given);
  try {
    return encode([{ mark, result: await runInActivity(info, () => activity(...given)) }]);
  } catch (error) {
    throw markFailure(error, mark);
  }
}

function markFailure(error: unknown, mark: string): ApplicationFailure {
  const { message, type, isNonRetryable, details } = Object(error) as Partial<ApplicationFailure>;
  return new ApplicationFailure({
    message: message ?? String(error),
    nonRetryable: isNonRetryable ?? false,
    details: withMark(details, mark),
    ...(error instanceof ApplicationFailure && type !== undefined && { type }),
  });
}

/** Why an activity is not tried again; undefined where it is. */
export function problemOf(
  error: unknown,
  { attempt, options }: { attempt: number; options: ActivityOptions },
): Extract<ActivityOutcome, { problem: unknown }>['problem'] | undefined {
  const isFinal = error instanceof ApplicationFailure && error.isNonRetryable;
  if (!isFinal && attempt < options.retry.maximumAttempts) return undefined;
  const message = error instanceof Error ? error.message : String(error);
  const type = error instanceof ApplicationFailure ? error.type : undefined;
  const details = error instanceof ApplicationFailure ? error.details : undefined;
  return { kind: 'application', message, ...(type !== undefined && { type }), ...(details && { details }) };
}

/** The pause before the next attempt. */
export function backoffMs({ retry }: ActivityOptions, attempt: number): number {
  return Math.min(retry.maximumMs, retry.initialMs * retry.coefficient ** (attempt - 1));
}
