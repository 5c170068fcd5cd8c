import { createExecution, type Execution, type UpdateAnswer } from './execution.ts';
import { closeRun } from './commit-task.ts';
import { decode, encode, sizeOf, type Payload } from './payload.ts';
import { resetRun } from './reset-run.ts';
import { rebuildInstance } from './rebuild-instance.ts';
import { chooseProcess, type ServiceContext } from './service-context.ts';
import { addEvent, wakeUp } from './task-queue.ts';
import { beginTask } from './workflow-task.ts';

/** No run of this id goes on. */
export class RunNotFoundError extends Error {
  override readonly name = 'WorkflowNotFoundError';
}

/** The server refuses what is too large for it. */
export class InvalidArgumentError extends Error {
  override readonly name = 'InvalidArgumentError';
}

interface StartedSignal {
  workflowId: string;
  workflowType: string;
  args: unknown[];
  signal: string;
  signalArgs: unknown[];
}

interface UpdateCall {
  updateId: string;
  name: string;
  args: unknown[];
}

/** What clients may ask of a simulated Temporal; everything happens in the moment of the call. */
export interface TemporalService {
  readonly context: ServiceContext;
  signalWithStart(call: StartedSignal): void;
  /** @throws RunNotFoundError */
  signal(workflowId: string, name: string, args: unknown[]): void;
  /** `answer` is called once, now or later. */
  update(workflowId: string, call: UpdateCall, answer: (answer: UpdateAnswer) => void): void;
  /** @throws RunNotFoundError */
  query(workflowId: string, name: string, args: unknown[]): Promise<unknown>;
  isRunning(workflowId: string): boolean;
  findRunning(workflowId: string): Execution | undefined;
  terminate(workflowId: string, reason: string): void;
  requestCancel(workflowId: string): void;
  /** Ends the run and begins one that knows all but its last completed tasks. */
  reset(workflowId: string, tasks: number): void;
}

type ContextParts = Omit<ServiceContext, 'current' | 'nextRun' | 'beginTask'>;

/** Creates a Temporal that lives in one process and in virtual time. */
export function createTemporalService(parts: ContextParts): TemporalService {
  const current = new Map<string, Execution>();
  let runs = 0;
  const context: ServiceContext = {
    ...parts,
    current,
    beginTask: (execution, task) => beginTask(context, execution, task),
    nextRun(start) {
      runs += 1;
      const execution = createExecution({ ...start, runId: `${start.workflowId}#${runs}` });
      current.set(start.workflowId, execution);
      return execution;
    },
  };
  const running = (workflowId: string): Execution => {
    const execution = current.get(workflowId);
    if (execution?.status !== 'running') throw new RunNotFoundError(`No run of ${workflowId}`);
    return execution;
  };
  return {
    context,
    signalWithStart: (call) => signalWithStart(context, call),
    signal: (workflowId, name, args) =>
      addSignal(context, running(workflowId), { name, args: encodeChecked(context, args) }),
    update: (workflowId, call, answer) => admitUpdate(context, { workflowId, call, answer }),
    query: (workflowId, name, args) => query(context, running(workflowId), { name, args }),
    isRunning: (workflowId) => current.get(workflowId)?.status === 'running',
    findRunning: (workflowId) => (current.get(workflowId)?.status === 'running' ? current.get(workflowId) : undefined),
    terminate: (workflowId, reason) => closeRun(context, running(workflowId), { status: 'terminated', reason }),
    reset: (workflowId, tasks) => resetRun(context, running(workflowId), tasks),
    requestCancel: (workflowId) => addEvent(context, running(workflowId), { type: 'cancel' }),
  };
}

function encodeChecked({ limits }: ServiceContext, args: readonly unknown[]): Payload {
  const payload = encode(args);
  if (sizeOf(payload) > limits.payloadBytes) throw new InvalidArgumentError('Blob data size exceeds limit.');
  return payload;
}

function signalWithStart(context: ServiceContext, call: StartedSignal): void {
  const { workflowId, workflowType, signal: name } = call;
  const args = encodeChecked(context, call.signalArgs);
  const known = context.current.get(workflowId);
  if (known?.status === 'running') return addSignal(context, known, { name, args });
  const execution = context.nextRun({ workflowId, workflowType, startArgs: encodeChecked(context, call.args) });
  addSignal(context, execution, { name, args });
}

function addSignal(
  context: ServiceContext,
  execution: Execution,
  { name, args }: { name: string; args: Payload },
): void {
  addEvent(context, execution, { type: 'signal', name, args });
}

function admitUpdate(
  context: ServiceContext,
  { workflowId, call, answer }: { workflowId: string; call: UpdateCall; answer: (answer: UpdateAnswer) => void },
): void {
  const execution = context.current.get(workflowId);
  if (execution?.status !== 'running') return answer({ lost: 'not-found' });
  const { updateId: id, name, args } = call;
  const outcome = execution.outcomes.get(id);
  if (outcome) return answer(outcome);
  const callers = execution.callers.get(id) ?? [];
  execution.callers.set(id, [...callers, answer]);
  if (callers.length > 0) return;
  execution.admitted.push({ id, name, args: encodeChecked(context, args) });
  if (execution.task?.state !== 'started') wakeUp(context, execution);
}

async function query(
  context: ServiceContext,
  execution: Execution,
  { name, args }: { name: string; args: unknown[] },
): Promise<unknown> {
  const process = chooseProcess(context, execution.lastProcess);
  if (!process) throw new Error('No worker answers the query');
  const known = process.instances.get(execution.runId);
  const instance = known ?? (await rebuildInstance(context, execution, process));
  // Code that was rebuilt for a query alone knows nothing of local activities under way.
  if (!known) process.instances.delete(execution.runId);
  const handle = instance.queryHandlers.get(name);
  if (!handle) throw new Error(`No handler for query ${name}`);
  return decode(encode([instance.ask(context.scheduler.now, () => handle(...args))]))[0];
}
