import {
  isGrpcServiceError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
  type WithWorkflowArgs,
  type Workflow,
  type WorkflowSignalWithStartOptions,
} from '@temporalio/client';
import {
  ApplicationFailure,
  type Priority,
  type QueryDefinition,
  type SignalDefinition,
  type UpdateDefinition,
} from '@temporalio/common';
import { AppError } from '../../contracts/app-error.ts';
import { isErrorCode } from '../../contracts/error-codes.ts';
import { ACTOR_OPTIONS } from '../../contracts/task-queues.ts';
import { withDeadline } from '../with-deadline.ts';

const SIGNAL_DEADLINE_MS = 4000;
const QUERY_DEADLINE_MS = 4000;
const COMMAND_DEADLINE_MS = 8000;
const PING_DEADLINE_MS = 2000;
const GRPC_INVALID_ARGUMENT = 3;
const GRPC_FAILED_PRECONDITION = 9;
/** Between two tries of a command that an actor could not take in this moment. */
const COMMAND_PAUSE_MS = 200;

/** Options of a signal-with-start; the task queue is known. */
type WakeOptions<Args extends unknown[]> = Omit<
  WithWorkflowArgs<Workflow, WorkflowSignalWithStartOptions<Args>>,
  'taskQueue'
>;

/** Calls to Temporal, each with a deadline and errors of ours. */
export interface ActorCalls {
  /** Signals a workflow. False: it does not run. */
  signal<Args extends unknown[]>(workflowId: string, definition: SignalDefinition<Args>, args: Args): Promise<boolean>;
  /** Signals a workflow, and starts it where it does not run. */
  wake<Args extends unknown[]>(workflow: string, options: WakeOptions<Args>): Promise<void>;
  /** Starts a workflow that runs once: where it runs, or ran, nothing happens. */
  start(workflow: string, options: { workflowId: string; args: unknown[]; priority: Priority }): Promise<void>;
  /** Sends a command and waits for what the workflow says to it. */
  update<Result, Command extends { clientId: string; attemptId?: string }>(
    workflowId: string,
    definition: UpdateDefinition<Result, [Command]>,
    command: Command,
  ): Promise<Result>;
  /** Undefined where the workflow does not run and never did. */
  query<Result, Args extends unknown[]>(
    workflowId: string,
    definition: QueryDefinition<Result, Args>,
    args: Args,
  ): Promise<Result | undefined>;
  isRunning(workflowId: string): Promise<boolean>;
  ping(): Promise<void>;
}

/** True where Temporal refuses a call for what it carries: a repeat would be refused as well. */
export function isInvalidArgument(error: unknown): boolean {
  return grpcCodeOf(error) === GRPC_INVALID_ARGUMENT;
}

function grpcCodeOf(error: unknown): number | undefined {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) ? cause.code : undefined;
}

/**
 * True where an actor could not take a command in this moment: its run closed over it and the next one goes on, or its tasks
 * have timed out on a busy machine. A repeat of a command is known by its id.
 */
function isMomentary(error: unknown): boolean {
  if (isClosedOver(error)) return true;
  return error instanceof ServiceError && grpcCodeOf(error) === GRPC_FAILED_PRECONDITION;
}

/** The run closed between taking a command and answering it. */
function isClosedOver(error: unknown): boolean {
  return (
    error instanceof WorkflowUpdateFailedError &&
    error.cause instanceof ApplicationFailure &&
    error.cause.type === 'AcceptedUpdateCompletedWorkflow'
  );
}

function toAppError(error: unknown): Error {
  if (error instanceof AppError) return error;
  if (isInvalidArgument(error)) return error as Error;
  if (isClosedOver(error)) return new AppError('SERVICE_UNAVAILABLE', { cause: error });
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    const { type, message } = error.cause;
    if (type && isErrorCode(type)) return new AppError(type, { cause: error });
    return new AppError('INTERNAL', { cause: new Error(`The actor failed a command: ${message}`, { cause: error }) });
  }
  if (error instanceof WorkflowNotFoundError) return new AppError('CONVERSATION_ENDED', { cause: error });
  return new AppError('SERVICE_UNAVAILABLE', { cause: error });
}

/** It runs, or ran, already. */
function throwUnlessStarted(error: unknown): void {
  if (!(error instanceof AppError && error.cause instanceof WorkflowExecutionAlreadyStartedError)) throw error;
}

/** Repeats a command that could not be taken in this moment, as long as a command may take. */
async function untilTaken<Result>(send: () => Promise<Result>): Promise<Result> {
  const until = Date.now() + COMMAND_DEADLINE_MS - COMMAND_PAUSE_MS;
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!isMomentary(error) || Date.now() > until) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, COMMAND_PAUSE_MS));
  }
}

/** A repeat of one attempt gets its answer; another attempt at the same command is asked for itself. */
function idOf({ clientId, attemptId }: { clientId: string; attemptId?: string }): string {
  return attemptId ?? clientId;
}

/** Creates the calls of one client. */
export function createActorCalls(client: Client): ActorCalls {
  async function call<Result>(deadlineMs: number, run: () => Promise<Result>): Promise<Result> {
    try {
      // Both: the client's deadline ends its own retries, the outer one holds where a long poll outlives it.
      return await withDeadline(client.withDeadline(Date.now() + deadlineMs, run), deadlineMs + 500, 'Temporal');
    } catch (error) {
      throw toAppError(error);
    }
  }

  /** Undefined where no such workflow runs. */
  async function callRunning<Result>(deadlineMs: number, run: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await call(deadlineMs, run);
    } catch (error) {
      if (error instanceof AppError && error.cause instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  }

  return {
    async signal(workflowId, definition, args) {
      const tell = (): Promise<true> =>
        client.workflow
          .getHandle(workflowId)
          .signal(definition, ...args)
          .then(() => true);
      return (await callRunning(SIGNAL_DEADLINE_MS, tell)) ?? false;
    },
    async wake(workflow, options) {
      const withQueue = { ...options, ...ACTOR_OPTIONS } as Parameters<typeof client.workflow.signalWithStart>[1];
      await call(SIGNAL_DEADLINE_MS, () => client.workflow.signalWithStart(workflow, withQueue));
    },
    async start(workflow, { workflowId, args, priority }) {
      const options = {
        workflowId,
        args,
        priority,
        ...ACTOR_OPTIONS,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
      } as const;
      await call(SIGNAL_DEADLINE_MS, () => client.workflow.start(workflow, options)).catch(throwUnlessStarted);
    },
    update(workflowId, definition, command) {
      const handle = client.workflow.getHandle(workflowId);
      const options: { args: [typeof command]; updateId: string } = { args: [command], updateId: idOf(command) };
      return call(COMMAND_DEADLINE_MS, () => untilTaken(() => handle.executeUpdate(definition, options)));
    },
    query: (workflowId, definition, args) =>
      callRunning(QUERY_DEADLINE_MS, () => client.workflow.getHandle(workflowId).query(definition, ...args)),
    async isRunning(workflowId) {
      const describe = async (): Promise<boolean> =>
        (await client.workflow.getHandle(workflowId).describe()).status.name === 'RUNNING';
      return (await callRunning(QUERY_DEADLINE_MS, describe)) ?? false;
    },
    async ping() {
      await call(PING_DEADLINE_MS, () => client.connection.workflowService.getSystemInfo({}));
    },
  };
}
