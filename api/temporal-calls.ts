import {
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
  type WithWorkflowArgs,
  type Workflow,
  type WorkflowSignalWithStartOptions,
} from '@temporalio/client';
import { ApplicationFailure, type UpdateDefinition } from '@temporalio/common';
import { withDeadline } from '../adapters/mongo/configuration/with-deadline.ts';
import { AppError } from '../contracts/app-error.ts';
import { isErrorCode } from '../contracts/error-codes.ts';
import { ACTOR_OPTIONS } from '../contracts/task-queues.ts';
import type { AgentCommand } from '../workflows/messages.ts';

const SIGNAL_DEADLINE_MS = 4000;
const COMMAND_DEADLINE_MS = 8000;
const PING_DEADLINE_MS = 2000;
const GRPC_INVALID_ARGUMENT = 3;

/** Options of a signal-with-start; the task queue is known. */
type WakeOptions<Args extends unknown[]> = Omit<
  WithWorkflowArgs<Workflow, WorkflowSignalWithStartOptions<Args>>,
  'taskQueue'
>;

/** Calls to Temporal, each with a deadline and errors of ours. */
export interface TemporalCalls {
  /** Runs a call that is not about a workflow's answer. */
  run<Result>(call: () => Promise<Result>): Promise<Result>;
  /** Signals a workflow, and starts it where it does not run. */
  wake<Args extends unknown[]>(workflow: string, options: WakeOptions<Args>): Promise<void>;
  /** Sends a command and waits for what the workflow says to it. */
  update<Answer, Command extends AgentCommand>(
    workflowId: string,
    definition: UpdateDefinition<Answer, [Command]>,
    command: Command,
  ): Promise<Answer>;
  ping(): Promise<void>;
}

/** True where Temporal refuses a call for what it carries: a repeat would be refused as well. */
export function isInvalidArgument(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : error;
  if (!isGrpcServiceError(cause)) return false;
  const code: number = cause.code;
  return code === GRPC_INVALID_ARGUMENT;
}

function toAppError(error: unknown): Error {
  if (error instanceof AppError) return error;
  if (isInvalidArgument(error)) return error as Error;
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    const { type, message } = error.cause;
    // The run closed between taking the command and answering it: a repeat learns what became of it.
    if (type === 'AcceptedUpdateCompletedWorkflow') return new AppError('SERVICE_UNAVAILABLE', { cause: error });
    if (type && isErrorCode(type)) return new AppError(type, { cause: error });
    return new AppError('INTERNAL', { cause: new Error(`The actor failed a command: ${message}`, { cause: error }) });
  }
  if (error instanceof WorkflowNotFoundError) return new AppError('CONVERSATION_ENDED', { cause: error });
  return new AppError('SERVICE_UNAVAILABLE', { cause: error });
}

/** Creates the calls of one client. */
export function createTemporalCalls(client: Client): TemporalCalls {
  async function call<Result>(deadlineMs: number, run: () => Promise<Result>): Promise<Result> {
    try {
      // Both: the client's deadline ends its own retries, the outer one holds where a long poll outlives it.
      return await withDeadline(client.withDeadline(Date.now() + deadlineMs, run), deadlineMs + 500, 'Temporal');
    } catch (error) {
      throw toAppError(error);
    }
  }

  return {
    run: (run) => call(SIGNAL_DEADLINE_MS, run),
    async wake(workflow, options) {
      const withQueue = { ...options, ...ACTOR_OPTIONS } as Parameters<typeof client.workflow.signalWithStart>[1];
      await call(SIGNAL_DEADLINE_MS, () => client.workflow.signalWithStart(workflow, withQueue));
    },
    update(workflowId, definition, command) {
      const handle = client.workflow.getHandle(workflowId);
      const options: { args: [typeof command]; updateId: string } = { args: [command], updateId: command.clientId };
      return call(COMMAND_DEADLINE_MS, () => handle.executeUpdate(definition, options));
    },
    async ping() {
      await call(PING_DEADLINE_MS, () => client.connection.workflowService.getSystemInfo({}));
    },
  };
}
