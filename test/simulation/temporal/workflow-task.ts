import { noteEvents, type Execution, type WorkflowTask } from './execution.ts';
import { startLocalActivity } from './local-activity.ts';
import { NondeterminismError, rebuildInstance } from './rebuild-instance.ts';
import { chooseProcess, delayMs, type ServiceContext, type TaskFailureCause } from './service-context.ts';
import { commitTask } from './commit-task.ts';
import { failTask } from './task-queue.ts';
import { EndlessLoopError } from './workflow-instance.ts';
import { isClosing, type Activation, type Command, type Job } from './workflow-job.ts';

/** As the actors are started: only this finds a worker that died with a task in its hands. */
const TASK_TIMEOUT_MS = 3000;
/** While local activities run the worker asks for more time at this part of the time-out. */
const HEARTBEAT_AT_MS = TASK_TIMEOUT_MS * 0.8;
const NOBODY_THERE_MS = 100;

/** A worker takes a task: everything that the run's history holds and no task has brought yet. */
export async function beginTask(context: ServiceContext, execution: Execution, task: WorkflowTask): Promise<void> {
  if (task.isOver || task.state === 'started') return;
  const process = chooseProcess(context, execution.lastProcess);
  if (!process) {
    context.scheduler.schedule(NOBODY_THERE_MS, () => beginTask(context, execution, task));
    return;
  }
  task.state = 'started';
  task.process = process;
  execution.lastProcess = process;
  // What another process remembers of the run is behind its history from now on.
  for (const other of context.processes) if (other !== process) other.instances.delete(execution.runId);
  noteEvents(execution, 1);
  task.timeout = context.scheduler.schedule(TASK_TIMEOUT_MS, () =>
    failTask(context, execution, { cause: 'timed-out' }),
  );
  const jobs = jobsOf(execution, task);
  const known = process.instances.get(execution.runId);
  try {
    task.instance = known ?? (await rebuildInstance(context, execution, process));
  } catch (error) {
    return failTask(context, execution, { cause: causeOf(error), error });
  }
  if (!known)
    for (const command of openLocalActivities(execution, task)) startLocal(context, { execution, task, command });
  await activate(context, { execution, task, jobs });
}

function causeOf(error: unknown): TaskFailureCause {
  if (error instanceof EndlessLoopError) return 'endless-loop';
  return error instanceof NondeterminismError ? 'nondeterminism' : 'code';
}

/** Signals and updates come first, then what was waited for. */
function jobsOf({ pending, admitted }: Execution, task: WorkflowTask): Job[] {
  if (admitted.length === 0 && pending.length < 2) return [...pending];
  const updates = admitted.map(({ id, name, args }): Job => ({ type: 'update', id, name, args }));
  for (const { id } of admitted) task.updateIds.add(id);
  return [...pending.filter(isMessage), ...updates, ...pending.filter((job) => !isMessage(job))];
}

function isMessage({ type }: Job): boolean {
  return type === 'start' || type === 'signal' || type === 'cancel';
}

interface Go {
  execution: Execution;
  task: WorkflowTask;
  jobs: Job[];
}

/** One go of the actor's code; the task is complete when no local activity is under way any more. */
async function activate(context: ServiceContext, { execution, task, jobs }: Go): Promise<void> {
  const { instance, process } = task;
  if (task.isOver || !instance || !process?.isAlive) return;
  const { now } = context.scheduler;
  const info = {
    historyLength: execution.historyLength,
    historySize: execution.historySize,
    continueAsNewSuggested: execution.historyLength >= context.limits.suggestContinueAsNewAt,
  };
  let commands: Command[];
  try {
    commands = await instance.activate(now, info, jobs);
    requireOneAtATime(task, commands);
  } catch (error) {
    return failTask(context, execution, { cause: causeOf(error), error });
  }
  const activation = withoutRejected({ now, info, jobs, commands });
  if (activation) task.activations.push(activation);
  takeCommands(context, { execution, task }, commands);
  if (task.openLocalActivities.size === 0 || commands.some(isClosing)) {
    context.scheduler.schedule(delayMs(context, execution.workflowId), () => complete(context, execution, task));
  } else {
    task.heartbeat ??= context.scheduler.schedule(HEARTBEAT_AT_MS, () => complete(context, execution, task));
  }
}

/**
 * Those that are under way together come back in another order when the history is played again, and nobody can say in which:
 * what follows from the one must not meet the other.
 */
function requireOneAtATime(task: WorkflowTask, commands: readonly Command[]): void {
  const over = commands.flatMap((command) => (command.type === 'cancel-local-activity' ? [command.seq] : []));
  const open = [...task.openLocalActivities].filter((seq) => !over.includes(seq)).length;
  const begun = commands.filter(({ type }) => type === 'schedule-local-activity').length;
  if (open + begun > 1 && begun > 0) throw new Error(`${open + begun} local activities are under way at once`);
}

function takeCommands(
  context: ServiceContext,
  { execution, task }: Omit<Go, 'jobs'>,
  commands: readonly Command[],
): void {
  for (const command of commands) {
    if (command.type === 'schedule-local-activity') startLocal(context, { execution, task, command });
    else if (command.type === 'cancel-local-activity') {
      task.cancelledLocalActivities.add(command.seq);
      task.openLocalActivities.delete(command.seq);
    } else task.commands.push(command);
  }
}

type LocalCommand = Extract<Command, { type: 'schedule-local-activity' }>;

function startLocal(
  context: ServiceContext,
  { execution, task, command }: Omit<Go, 'jobs'> & { command: LocalCommand },
): void {
  const { process } = task;
  if (!process) return;
  const { seq } = command;
  task.openLocalActivities.add(seq);
  const key = `${execution.runId}:${seq}`;
  const asked = findStale(context, process.localActivities.get(key)) ?? command;
  process.localActivities.set(key, command);
  startLocalActivity(context, { process, command: { ...command, name: asked.name, args: asked.args } }, (outcome) => {
    if (process.localActivities.get(key) === command) process.localActivities.delete(key);
    // A task that was completed to gain time has a successor with the same code in the same process.
    const current = execution.task;
    if (!current || current.instance !== task.instance || !current.openLocalActivities.delete(seq)) return;
    return activate(context, {
      execution,
      task: current,
      jobs: [{ type: 'resolve-local-activity', seq, outcome }],
    });
  });
}

/**
 * What this number stood for when the task was played before, if that still waits: sdk-core takes either for the other where
 * all of a worker's places for local activities are taken.
 */
function findStale({ random }: ServiceContext, former: LocalCommand | undefined): LocalCommand | undefined {
  return former && random.stream('stale-local-activity')() < 0.5 ? former : undefined;
}

/** Local activities that the rebuilt code waits for: they begin again. */
function openLocalActivities({ activations }: Execution, { instance }: WorkflowTask): LocalCommand[] {
  return activations
    .flatMap(({ commands }) => commands)
    .filter((command): command is LocalCommand => command.type === 'schedule-local-activity')
    .filter(({ seq }) => instance?.localActivities.has(seq));
}

/** A refused update leaves no trace in the history. */
function withoutRejected(activation: Activation): Activation | undefined {
  if (!activation.commands.some(({ type }) => type === 'reject-update')) return activation;
  const rejected = new Set(
    activation.commands.flatMap((command) => (command.type === 'reject-update' ? [command.id] : [])),
  );
  const jobs = activation.jobs.filter((job) => job.type !== 'update' || !rejected.has(job.id));
  const commands = activation.commands.filter((command) => command.type !== 'reject-update');
  return jobs.length + commands.length === 0 ? undefined : { ...activation, jobs, commands };
}

/** The worker's answer reaches the server. */
function complete(context: ServiceContext, execution: Execution, task: WorkflowTask): void | Promise<void> {
  const { process, instance } = task;
  if (task.isOver || !process || process.instances.get(execution.runId) !== instance) return;
  const stalledMs = process.stalledUntil - context.scheduler.now;
  if (stalledMs > 0) {
    context.scheduler.schedule(stalledMs, () => complete(context, execution, task));
    return;
  }
  if (context.losesCompletion(execution)) {
    process.instances.delete(execution.runId);
    task.openLocalActivities.clear();
    return;
  }
  const refusal = commitTask(context, execution, task);
  if (refusal) return failTask(context, execution, { cause: refusal });
  const next = execution.task;
  if (task.openLocalActivities.size === 0 || !next) return;
  // Completed to gain time: the same code in the same process goes on, with what came meanwhile.
  next.openLocalActivities = task.openLocalActivities;
  return beginTask(context, execution, next);
}
