import type { Client } from '@temporalio/client';
import { conversationWorkflowId, dispatcherWorkflowId, pageWorkflowId } from '../adapters/temporal/workflow-id.ts';
import { deleteRuns } from '../adapters/temporal/delete-runs.ts';
import { AppError } from '../contracts/app-error.ts';
import type { CustomerEvent } from '../contracts/customer-event.ts';
import type { OutboundAttachment } from '../contracts/outbound-attachment.ts';
import type { AgentState, GroupConfiguration } from '../contracts/routing.ts';
import {
  acceptOfferUpdate,
  agentStateSignal,
  configurationSignal,
  CONVERSATION_WORKFLOW,
  customerEventsSignal,
  DISPATCHER_WORKFLOW,
  PAGE_WORKFLOW,
  pageNotificationSignal,
  partsReleasedSignal,
  endChatUpdate,
  presenceSignal,
  reactionSignal,
  rejectOfferUpdate,
  sendAgentMessageUpdate,
  threadOwnerSignal,
  type AgentCommand,
  type PageNotification,
  type ThreadOwnerChange,
} from '../workflows/messages.ts';
import { createRecentKeys } from './recent-keys.ts';
import { createTemporalCalls, isInvalidArgument, type TemporalCalls } from './temporal-calls.ts';

/** Who a conversation actor talks to: its identity. */
export interface ConversationKey {
  pageId: string;
  psid: string;
}

/** A command on one conversation, as its actor takes it. */
export type ConversationCommand = AgentCommand &
  (
    | { type: 'accept'; offerId: string }
    | { type: 'reject'; offerId: string; reason?: string }
    | { type: 'message'; text: string; attachments?: OutboundAttachment[] }
    | { type: 'end' }
  );

/** What a command comes to: messages give `id` and `at` (epoch ms), the rest `conversationId`. */
export type CommandResponse = { conversationId: string } | { id: string; at: number };

/**
 * The api's way to the actors. Every call ends within its deadline.
 * @throws AppError SERVICE_UNAVAILABLE while Temporal cannot be reached
 */
export interface Actors {
  /** Durable in Temporal once it resolves. False where Temporal refuses the events for what they are (too large). */
  deliverCustomerEvents(conversationKey: ConversationKey, events: CustomerEvent[]): Promise<boolean>;
  /** Never starts a conversation; nothing happens where none runs. */
  tellThreadOwner(conversationKey: ConversationKey, change: ThreadOwnerChange): Promise<void>;
  /** The customer reacted to a message: it opens the window of a running conversation. */
  tellReaction(conversationKey: ConversationKey, at: number): Promise<void>;
  tellAgentState(
    group: string,
    change: { username: string; state: AgentState; reason?: string; at: number },
  ): Promise<void>;
  tellPresence(group: string, change: { username: string; presence: 'lost' | 'back'; at: number }): Promise<void>;
  tellConfiguration(group: string, configuration: GroupConfiguration): Promise<void>;
  /** Wakes the actor that looks after a Page's lane. */
  tellPage(pageId: string, change: PageNotification): Promise<void>;
  /** Parked parts of a conversation are tried again; nothing happens where it does not run. */
  releaseParts(workflowId: string): Promise<void>;
  /** @throws AppError with the code of the actor's refusal; CONVERSATION_ENDED where no actor runs */
  runCommand(workflowId: string, command: ConversationCommand): Promise<CommandResponse>;
  /** Ends the customer's actor and deletes every run of it; gives how many there were. */
  deleteConversationRuns(conversationKey: ConversationKey): Promise<number>;
  ping(): Promise<void>;
}

/** Conversations remembered as running; forgetting one costs no more than the dearer call. */
const AWAKE_REMEMBERED = 10_000;

function dispatcher(group: string): { workflowId: string; args: [{ group: string }] } {
  return { workflowId: dispatcherWorkflowId(group), args: [{ group }] };
}

/** A plain signal, for a conversation that was woken a moment ago: it costs Temporal less. False: it does not run any more. */
async function signalRunning(
  client: Client,
  calls: TemporalCalls,
  { workflowId, events }: { workflowId: string; events: CustomerEvent[] },
): Promise<boolean> {
  try {
    await calls.run(() => client.workflow.getHandle(workflowId).signal(customerEventsSignal, events));
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'CONVERSATION_ENDED') return false;
    throw error;
  }
}

/** For what means something to a running conversation only. */
async function ifRunning(tell: () => Promise<void>): Promise<void> {
  try {
    await tell();
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'CONVERSATION_ENDED')) throw error;
  }
}

/** Reaches the actors through a Temporal client. */
export function createActors(client: Client): Actors {
  const calls = createTemporalCalls(client);
  const awake = createRecentKeys(AWAKE_REMEMBERED);

  return {
    async deliverCustomerEvents(conversationKey, events) {
      const workflowId = conversationWorkflowId(conversationKey.pageId, conversationKey.psid);
      try {
        if (awake.has(workflowId) && (await signalRunning(client, calls, { workflowId, events }))) return true;
        await calls.wake(CONVERSATION_WORKFLOW, {
          workflowId,
          args: [{ pageId: conversationKey.pageId, psid: conversationKey.psid }],
          signal: customerEventsSignal,
          signalArgs: [events],
        });
        awake.add(workflowId);
        return true;
      } catch (error) {
        if (isInvalidArgument(error)) return false;
        throw error;
      }
    },
    tellThreadOwner: (conversationKey, change) =>
      ifRunning(() =>
        calls.run(() =>
          client.workflow
            .getHandle(conversationWorkflowId(conversationKey.pageId, conversationKey.psid))
            .signal(threadOwnerSignal, change),
        ),
      ),
    tellReaction: (conversationKey, at) =>
      ifRunning(() =>
        calls.run(() =>
          client.workflow
            .getHandle(conversationWorkflowId(conversationKey.pageId, conversationKey.psid))
            .signal(reactionSignal, at),
        ),
      ),
    releaseParts: (workflowId) =>
      ifRunning(() => calls.run(() => client.workflow.getHandle(workflowId).signal(partsReleasedSignal))),
    tellPage: (pageId, change) =>
      calls.wake(PAGE_WORKFLOW, {
        workflowId: pageWorkflowId(pageId),
        args: [{ pageId }],
        signal: pageNotificationSignal,
        signalArgs: [change],
      }),
    tellAgentState: (group, change) =>
      calls.wake(DISPATCHER_WORKFLOW, { ...dispatcher(group), signal: agentStateSignal, signalArgs: [change] }),
    tellPresence: (group, change) =>
      calls.wake(DISPATCHER_WORKFLOW, { ...dispatcher(group), signal: presenceSignal, signalArgs: [change] }),
    tellConfiguration: (group, configuration) =>
      calls.wake(DISPATCHER_WORKFLOW, {
        ...dispatcher(group),
        signal: configurationSignal,
        signalArgs: [configuration],
      }),
    runCommand: (workflowId, command) => runCommand(calls, workflowId, command),
    deleteConversationRuns: ({ pageId, psid }) => deleteRuns(client, conversationWorkflowId(pageId, psid)),
    ping: () => calls.ping(),
  };
}

function runCommand(calls: TemporalCalls, workflowId: string, command: ConversationCommand): Promise<CommandResponse> {
  switch (command.type) {
    case 'accept':
      return calls.update(workflowId, acceptOfferUpdate, command);
    case 'reject':
      return calls.update(workflowId, rejectOfferUpdate, command);
    case 'message':
      return calls.update(workflowId, sendAgentMessageUpdate, command);
    case 'end':
      return calls.update(workflowId, endChatUpdate, command);
  }
}
