/**
 * The one door to the actors: every signal, update and query that leaves a process of ours for a workflow. Each call
 * ends within its deadline. A call throws AppError SERVICE_UNAVAILABLE while Temporal cannot be reached; an actor that
 * does not run is an answer, not an error, but for commands.
 */
import type { Client } from '@temporalio/client';
import type { QueryDefinition, SignalDefinition } from '@temporalio/common';
import {
  afterWorkSignal,
  agentCommandUpdate,
  agentStateSignal,
  agentStatusQuery,
  deskQuery,
  configurationSignal,
  customerBlockedSignal,
  CONVERSATION_WORKFLOW,
  customerEventsSignal,
  DISPATCHER_WORKFLOW,
  liveScenarioQuery,
  MOVE_WORKFLOW,
  moveConversationUpdate,
  operateConversationUpdate,
  stopMoveSignal,
  routingIntentsSignal,
  PAGE_WORKFLOW,
  pageNotificationSignal,
  outboundSignal,
  partsReleasedSignal,
  presenceSignal,
  queueQuery,
  queueStatisticsQuery,
  reactionSignal,
  routingNotificationSignal,
  routingQuery,
  waitReasonsQuery,
  threadOwnerSignal,
  type AfterWorkChange,
  type AgentStateChange,
  type AgentStatusView,
  type DeskQuestion,
  type DeskSnapshot,
  type LiveScenario,
  type PageNotification,
  type PresenceChange,
  type QueueQuestion,
  type QueueSnapshot,
  type QueueStatistics,
  type RoutingExplanation,
  type WaitReason,
  type RoutingNotification,
  type ThreadOwnerChange,
} from '../../contracts/actor-messages.ts';
import type { AgentCommandResult, AgentCommandType, IssuedCommand } from '../../contracts/agent-command.ts';
import type { ConversationKey } from '../../contracts/conversation-key.ts';
import type { CustomerEvent } from '../../contracts/customer-event.ts';
import type { OutboundBeginning } from '../../contracts/outbound.ts';
import type { RoutingIntent } from '../../contracts/routing-intent.ts';
import type { MoveAnswer, MoveOrder, MoveStart } from '../../contracts/scenario-move.ts';
import type { SurgeryAnswer, SurgeryOrder } from '../../contracts/surgery.ts';
import { inPiecesOf, PAYLOAD_LIMITS } from '../../contracts/payload-limits.ts';
import type { GroupConfiguration } from '../../contracts/routing.ts';
import { createActorCalls, isInvalidArgument, type ActorCalls } from './actor-calls.ts';
import { deleteRuns } from './delete-runs.ts';
import { createRecentKeys } from './recent-keys.ts';
import { PRIORITY_OF_BULK_WORK, priorityOfConversation, priorityOfService } from './priorities.ts';
import { conversationWorkflowId, dispatcherWorkflowId, moveWorkflowId, pageWorkflowId } from './workflow-id.ts';

/** To conversations. By `workflowId` where the caller read it in a record, else by whom the conversation is with. */
interface ConversationActors {
  /**
   * Starts the conversation where none runs; durable in Temporal once it resolves. False where Temporal refuses the
   * events for what they are (too large).
   */
  deliverCustomerEvents(key: ConversationKey, events: CustomerEvent[]): Promise<boolean>;
  /** Nothing happens where none runs. */
  tellThreadOwner(key: ConversationKey, change: ThreadOwnerChange): Promise<void>;
  /** The customer reacted to a message: it opens the window of a running conversation. */
  tellReaction(key: ConversationKey, at: number): Promise<void>;
  /** An agent begins a conversation with a customer. Repeated it begins nothing twice. */
  beginOutbound(key: ConversationKey, beginning: OutboundBeginning): Promise<void>;
  /** What a dispatcher decided. False: it does not run any more. */
  notifyConversation(workflowId: string, notification: RoutingNotification): Promise<boolean>;
  /** The customer is served no more: a running conversation ends without a word. */
  tellBlocked(key: ConversationKey): Promise<void>;
  /** Parked parts are tried again. False: it does not run. */
  releaseParts(workflowId: string): Promise<boolean>;
  /** @throws AppError with the code of the actor's refusal; CONVERSATION_ENDED where no actor runs */
  runCommand<Type extends AgentCommandType>(
    workflowId: string,
    command: IssuedCommand<Type>,
  ): Promise<AgentCommandResult<Type>>;
  /** Asks it to go to another version of its scenario. @throws AppError CONVERSATION_ENDED where no actor runs */
  moveConversation(workflowId: string, order: MoveOrder): Promise<MoveAnswer>;
  /** A person does something to it by hand. @throws AppError CONVERSATION_ENDED where no actor runs */
  operateConversation(workflowId: string, order: SurgeryOrder): Promise<SurgeryAnswer>;
  /** Where it is in its scenario; nothing where none is open. */
  getLiveScenario(workflowId: string): Promise<LiveScenario | undefined>;
  isRunning(workflowId: string): Promise<boolean>;
  /** Ends the customer's actor and deletes every run of it; gives how many there were. */
  deleteConversationRuns(key: ConversationKey): Promise<number>;
}

/** To the dispatchers of routing groups. What tells one something starts it where it does not run. */
interface DispatcherActors {
  tellDispatcher(group: string, intents: RoutingIntent[]): Promise<void>;
  tellAgentState(group: string, change: AgentStateChange): Promise<void>;
  tellAfterWork(group: string, change: AfterWorkChange): Promise<void>;
  tellPresence(group: string, change: PresenceChange): Promise<void>;
  tellConfiguration(group: string, configuration: GroupConfiguration): Promise<void>;
  /** Undefined where the dispatcher does not run; so in what follows. */
  getQueue(group: string, limit: number): Promise<QueueSnapshot | undefined>;
  getQueueStatistics(group: string, question: QueueQuestion): Promise<QueueStatistics | undefined>;
  /** Null for an agent who is not of this group or logged out. */
  getAgentStatus(group: string, username: string): Promise<AgentStatusView | null | undefined>;
  /** Who of the group could be given a chat, and how busy its services are. */
  getDesk(group: string, question: DeskQuestion): Promise<DeskSnapshot | undefined>;
  explainRouting(group: string, conversationId: string): Promise<RoutingExplanation | undefined>;
  explainWaits(group: string, conversationIds: string[]): Promise<WaitReason[] | undefined>;
}

/** To the actors that look after Pages, and to Temporal itself. */
export interface Actors extends ConversationActors, DispatcherActors {
  /** Starts the Page's actor where it does not run. */
  notifyPage(pageId: string, notification: PageNotification): Promise<void>;
  /** Begins to move conversations. Repeated it begins nothing twice. */
  startMove(start: MoveStart): Promise<void>;
  /** Nothing happens where it is over. */
  stopMove(id: string): Promise<void>;
  ping(): Promise<void>;
}

/** Conversations remembered as running; forgetting one costs no more than the dearer call. */
const AWAKE_REMEMBERED = 10_000;

/** Reaches the actors through a Temporal client. */
export function createActors(client: Client): Actors {
  const calls = createActorCalls(client);
  return {
    ...createConversationActors(client, calls),
    ...createDispatcherActors(calls),
    notifyPage: (pageId, notification) =>
      calls.wake(PAGE_WORKFLOW, {
        workflowId: pageWorkflowId(pageId),
        args: [{ pageId }],
        priority: priorityOfService(pageId),
        signal: pageNotificationSignal,
        signalArgs: [notification],
      }),
    startMove: (start) =>
      calls.start(MOVE_WORKFLOW, {
        workflowId: moveWorkflowId(start.id),
        args: [start],
        priority: PRIORITY_OF_BULK_WORK,
      }),
    async stopMove(id) {
      await calls.signal(moveWorkflowId(id), stopMoveSignal, []);
    },
    ping: () => calls.ping(),
  };
}

const idOf = ({ pageId, psid }: ConversationKey): string => conversationWorkflowId(pageId, psid);

function createConversationActors(client: Client, calls: ActorCalls): ConversationActors {
  const awake = createRecentKeys(AWAKE_REMEMBERED);

  async function deliver(key: ConversationKey, workflowId: string, events: CustomerEvent[]): Promise<void> {
    // A plain signal to one that was woken a moment ago costs Temporal less.
    if (awake.has(workflowId) && (await calls.signal(workflowId, customerEventsSignal, [events]))) return;
    await calls.wake(CONVERSATION_WORKFLOW, {
      workflowId,
      args: [{ pageId: key.pageId, psid: key.psid }],
      priority: priorityOfConversation(key.pageId),
      signal: customerEventsSignal,
      signalArgs: [events],
    });
    awake.add(workflowId);
  }

  return {
    async deliverCustomerEvents(key, events) {
      const workflowId = idOf(key);
      try {
        // In order; a repeat of what got through is known by its keys.
        for (const piece of inPiecesOf(events, PAYLOAD_LIMITS.pieceBytes)) await deliver(key, workflowId, piece);
        return true;
      } catch (error) {
        if (isInvalidArgument(error)) return false;
        throw error;
      }
    },
    beginOutbound: (key, beginning) =>
      calls.wake(CONVERSATION_WORKFLOW, {
        workflowId: idOf(key),
        args: [{ pageId: key.pageId, psid: key.psid }],
        priority: priorityOfConversation(key.pageId),
        signal: outboundSignal,
        signalArgs: [beginning],
      }),
    async tellThreadOwner(key, change) {
      await calls.signal(idOf(key), threadOwnerSignal, [change]);
    },
    async tellReaction(key, at) {
      await calls.signal(idOf(key), reactionSignal, [at]);
    },
    async tellBlocked(key) {
      await calls.signal(idOf(key), customerBlockedSignal, []);
    },
    notifyConversation: (workflowId, notification) =>
      calls.signal(workflowId, routingNotificationSignal, [notification]),
    releaseParts: (workflowId) => calls.signal(workflowId, partsReleasedSignal, []),
    async runCommand<Type extends AgentCommandType>(workflowId: string, command: IssuedCommand<Type>) {
      const result = await calls.update(workflowId, agentCommandUpdate, command as IssuedCommand);
      // The actor answers a command with the result of its own type.
      return result as AgentCommandResult<Type>;
    },
    moveConversation: (workflowId, order) => calls.update(workflowId, moveConversationUpdate, order),
    operateConversation: (workflowId, order) => calls.update(workflowId, operateConversationUpdate, order),
    getLiveScenario: async (workflowId) => (await calls.query(workflowId, liveScenarioQuery, [])) ?? undefined,
    isRunning: (workflowId) => calls.isRunning(workflowId),
    deleteConversationRuns: (key) => deleteRuns(client, idOf(key)),
  };
}

function createDispatcherActors(calls: ActorCalls): DispatcherActors {
  const tell = <Args extends unknown[]>(
    group: string,
    signal: SignalDefinition<Args>,
    signalArgs: Args,
  ): Promise<void> =>
    calls.wake(DISPATCHER_WORKFLOW, {
      workflowId: dispatcherWorkflowId(group),
      args: [{ group }],
      priority: priorityOfService(group),
      signal,
      signalArgs,
    });
  const ask = <Result, Args extends unknown[]>(
    group: string,
    query: QueryDefinition<Result, Args>,
    args: Args,
  ): Promise<Result | undefined> => calls.query(dispatcherWorkflowId(group), query, args);

  return {
    tellDispatcher: (group, intents) => tell(group, routingIntentsSignal, [intents]),
    tellAgentState: (group, change) => tell(group, agentStateSignal, [change]),
    tellAfterWork: (group, change) => tell(group, afterWorkSignal, [change]),
    tellPresence: (group, change) => tell(group, presenceSignal, [change]),
    tellConfiguration: (group, configuration) => tell(group, configurationSignal, [configuration]),
    getQueue: (group, limit) => ask(group, queueQuery, [limit]),
    getQueueStatistics: (group, question) => ask(group, queueStatisticsQuery, [question]),
    getAgentStatus: (group, username) => ask(group, agentStatusQuery, [username]),
    getDesk: (group, question) => ask(group, deskQuery, [question]),
    explainRouting: (group, conversationId) => ask(group, routingQuery, [conversationId]),
    explainWaits: (group, conversationIds) => ask(group, waitReasonsQuery, [conversationIds]),
  };
}
