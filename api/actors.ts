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
import { conversationWorkflowId, dispatcherWorkflowId } from '../adapters/temporal/workflow-id.ts';
import { withDeadline } from '../adapters/mongo/configuration/with-deadline.ts';
import { AppError } from '../contracts/app-error.ts';
import type { CustomerEvent } from '../contracts/customer-event.ts';
import { isErrorCode } from '../contracts/error-codes.ts';
import type { AgentState, GroupConfiguration } from '../contracts/routing.ts';
import { TASK_QUEUE } from '../contracts/task-queues.ts';
import {
  acceptOfferUpdate,
  agentStateSignal,
  configurationSignal,
  CONVERSATION_WORKFLOW,
  customerEventsSignal,
  DISPATCHER_WORKFLOW,
  endChatUpdate,
  presenceSignal,
  rejectOfferUpdate,
  sendAgentMessageUpdate,
  threadOwnerSignal,
  type AgentCommand,
} from '../workflows/messages.ts';

/** Who a conversation actor talks to: its identity. */
export interface CustomerPlace {
  pageId: string;
  psid: string;
}

/** A command on one conversation, as its actor takes it. */
export type ConversationCommand = AgentCommand &
  (
    | { type: 'accept'; offerId: string }
    | { type: 'reject'; offerId: string; reason?: string }
    | { type: 'message'; text: string }
    | { type: 'end' }
  );

/** What a command comes to: messages give `id` and `at` (epoch ms), the rest `conversationId`. */
export type CommandAnswer = { conversationId: string } | { id: string; at: number };

/**
 * The api's way to the actors. Every call ends within its deadline.
 * @throws AppError SERVICE_UNAVAILABLE while Temporal cannot be reached
 */
export interface Actors {
  /** Durable in Temporal once it resolves. False where Temporal refuses the events for what they are (too large). */
  deliverCustomerEvents(place: CustomerPlace, events: CustomerEvent[]): Promise<boolean>;
  /** Never starts a conversation; nothing happens where none runs. */
  tellThreadOwner(place: CustomerPlace, owner: 'other-app' | 'ours'): Promise<void>;
  tellAgentState(
    group: string,
    news: { username: string; state: AgentState; reason?: string; at: number },
  ): Promise<void>;
  tellPresence(group: string, news: { username: string; presence: 'lost' | 'back'; at: number }): Promise<void>;
  tellConfiguration(group: string, configuration: GroupConfiguration): Promise<void>;
  /** @throws AppError with the code of the actor's refusal; CONVERSATION_ENDED where no actor runs */
  runCommand(workflowId: string, command: ConversationCommand): Promise<CommandAnswer>;
  ping(): Promise<void>;
}

const SIGNAL_DEADLINE_MS = 4000;
const COMMAND_DEADLINE_MS = 8000;
const PING_DEADLINE_MS = 2000;
const GRPC_INVALID_ARGUMENT = 3;

function isInvalidArgument(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && cause.code === (GRPC_INVALID_ARGUMENT as number);
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    const { type, message } = error.cause;
    if (type && isErrorCode(type)) return new AppError(type, { cause: error });
    return new AppError('INTERNAL', { cause: new Error(`The actor failed a command: ${message}`, { cause: error }) });
  }
  if (error instanceof WorkflowNotFoundError) return new AppError('CONVERSATION_ENDED', { cause: error });
  return new AppError('SERVICE_UNAVAILABLE', { cause: error });
}

/** Reaches the actors through a Temporal client. */
export function createActors(client: Client): Actors {
  async function call<Result>(deadlineMs: number, what: string, run: () => Promise<Result>): Promise<Result> {
    try {
      // Both: the client's deadline ends its own retries, the outer one holds where a long poll outlives it.
      const answer = client.withDeadline(Date.now() + deadlineMs, run);
      return await withDeadline(answer, deadlineMs + 500, what);
    } catch (error) {
      if (isInvalidArgument(error)) throw error;
      throw toAppError(error);
    }
  }

  async function wake<Args extends unknown[]>(
    workflow: string,
    options: Omit<WithWorkflowArgs<Workflow, WorkflowSignalWithStartOptions<Args>>, 'taskQueue'>,
  ): Promise<void> {
    const withQueue = { ...options, taskQueue: TASK_QUEUE } as WithWorkflowArgs<
      Workflow,
      WorkflowSignalWithStartOptions<Args>
    >;
    await call(SIGNAL_DEADLINE_MS, 'Temporal', () => client.workflow.signalWithStart(workflow, withQueue));
  }

  const dispatcher = (group: string): { workflowId: string; args: [{ group: string }] } => ({
    workflowId: dispatcherWorkflowId(group),
    args: [{ group }],
  });

  async function update<Answer, Command extends AgentCommand>(
    workflowId: string,
    definition: UpdateDefinition<Answer, [Command]>,
    command: Command,
  ): Promise<Answer> {
    const handle = client.workflow.getHandle(workflowId);
    return call(COMMAND_DEADLINE_MS, 'The conversation', () =>
      handle.executeUpdate(definition, { args: [command], updateId: command.clientId }),
    );
  }

  return {
    async deliverCustomerEvents(place, events) {
      try {
        await wake(CONVERSATION_WORKFLOW, {
          workflowId: conversationWorkflowId(place.pageId, place.psid),
          args: [{ pageId: place.pageId, psid: place.psid }],
          signal: customerEventsSignal,
          signalArgs: [events],
        });
        return true;
      } catch (error) {
        if (isInvalidArgument(error)) return false;
        throw error;
      }
    },
    async tellThreadOwner(place, owner) {
      const handle = client.workflow.getHandle(conversationWorkflowId(place.pageId, place.psid));
      try {
        await call(SIGNAL_DEADLINE_MS, 'Temporal', () => handle.signal(threadOwnerSignal, { owner }));
      } catch (error) {
        if (!(error instanceof AppError && error.code === 'CONVERSATION_ENDED')) throw error;
      }
    },
    tellAgentState: (group, news) =>
      wake(DISPATCHER_WORKFLOW, { ...dispatcher(group), signal: agentStateSignal, signalArgs: [news] }),
    tellPresence: (group, news) =>
      wake(DISPATCHER_WORKFLOW, { ...dispatcher(group), signal: presenceSignal, signalArgs: [news] }),
    tellConfiguration: (group, configuration) =>
      wake(DISPATCHER_WORKFLOW, { ...dispatcher(group), signal: configurationSignal, signalArgs: [configuration] }),
    runCommand(workflowId, command) {
      switch (command.type) {
        case 'accept':
          return update(workflowId, acceptOfferUpdate, command);
        case 'reject':
          return update(workflowId, rejectOfferUpdate, command);
        case 'message':
          return update(workflowId, sendAgentMessageUpdate, command);
        case 'end':
          return update(workflowId, endChatUpdate, command);
      }
    },
    async ping() {
      await call(PING_DEADLINE_MS, 'Temporal', () => client.connection.workflowService.getSystemInfo({}));
    },
  };
}
