/**
 * Signals, updates and types by which the actors are spoken to: the only workflow file that api and activities import.
 */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { AgentIdentity, DisconnectCause } from '../contracts/conversation.ts';
import type { CustomerEvent } from '../contracts/customer-event.ts';
import type { DispatcherMessage } from '../contracts/dispatcher-message.ts';
import type { OutboundAttachment } from '../contracts/outbound-attachment.ts';
import type { AgentState, GroupConfiguration } from '../contracts/routing.ts';

/** Workflow types: the names of the exported functions of `workflows/index.ts`. */
export const CONVERSATION_WORKFLOW = 'conversation';
export const DISPATCHER_WORKFLOW = 'dispatcher';
export const PAGE_WORKFLOW = 'page';

/** What a conversation actor is started with; the actor adds its own state when it continues as new. */
export interface ConversationStart {
  pageId: string;
  psid: string;
  /** Of a continued run, as its predecessor wrote it; 1 where absent. A fresh run is told when its conversation opens. */
  engineVersion?: number;
}

/** What a dispatcher actor is started with. */
export interface DispatcherStart {
  group: string;
  /** Of a continued run, as its predecessor wrote it; 1 where absent. A fresh run is told with its group. */
  engineVersion?: number;
}

// To a conversation ---------------------------------------------------------------------------------------------------

/** What the customer did: one signal per conversation and webhook body, events sorted by time. */
export const customerEventsSignal = defineSignal<[CustomerEvent[]]>('customerEvents');
/** Who has the thread now, and since when (epoch ms; absent from older releases: then it is taken as the latest). */
export interface ThreadOwnerChange {
  owner: 'other-app' | 'ours';
  at?: number;
}
/** Another app took or gave back the thread; never starts a conversation. */
export const threadOwnerSignal = defineSignal<[ThreadOwnerChange]>('threadOwner');
/** The customer reacted to a message at this time: it opens the window; never starts a conversation. */
export const reactionSignal = defineSignal<[number]>('reaction');
/** Parts of this conversation that were parked may be tried again; never starts a conversation. */
export const partsReleasedSignal = defineSignal('partsReleased');
/** Answers and news from the dispatcher. `requestId` = the asking effect's id; stale ones are dropped. */
export const routingNotificationSignal = defineSignal<[RoutingNotification]>('routingNotification');

export type RoutingNotification = { conversationId: string; requestId: string } & (
  | { type: 'reserved'; agent: AgentIdentity }
  | { type: 'no-agents' }
  | { type: 'queue-limit' }
  /** `ewtMs`: the expected wait, in milliseconds. */
  | { type: 'position'; position: number; waiting: number; ewtMs?: number }
  /** Nobody confirmed the reservation in time: the slot is taken back. */
  | { type: 'expired' }
  /** The agent who holds this chat or its reservation is gone. */
  | { type: 'agent-lost'; agent: string; cause: DisconnectCause }
);

/**
 * Fields of every agent command. `clientId` is the caller's, made unique among callers by the api; it is also the
 * `updateId`: a repeat does nothing twice.
 */
export interface AgentCommand {
  conversationId: string;
  clientId: string;
  agent: AgentIdentity;
}

/** Update validators reject with an ApplicationFailure whose `type` is an `ErrorCode`. */
export const acceptOfferUpdate = defineUpdate<{ conversationId: string }, [AgentCommand & { offerId: string }]>(
  'acceptOffer',
);
export const rejectOfferUpdate = defineUpdate<
  { conversationId: string },
  [AgentCommand & { offerId: string; reason?: string }]
>('rejectOffer');
/** A text, attachments, or both: the text leaves first. */
export type AgentMessage = AgentCommand & { text: string; attachments?: OutboundAttachment[] };
export const sendAgentMessageUpdate = defineUpdate<{ id: string; at: number }, [AgentMessage]>('sendAgentMessage');
export const endChatUpdate = defineUpdate<{ conversationId: string }, [AgentCommand]>('endChat');

// To a Page -----------------------------------------------------------------------------------------------------------

/** What the actor of a Page's send lane is started with. */
export interface PageStart {
  pageId: string;
}

/**
 * `send-lane-closed`: nothing of the Page leaves. `look`: something that may have repaired it was changed. `resume`: a person
 * says that it is repaired. `release`: a person lets one part of an ended conversation go again.
 */
export type PageNotification = { type: 'send-lane-closed' | 'probe' | 'resume' } | { type: 'release'; partId: string };

/** Signalled with start: the actor runs only while there is something to do. */
export const pageNotificationSignal = defineSignal<[PageNotification]>('pageNotification');

// To a dispatcher -----------------------------------------------------------------------------------------------------

/** What conversations say; signalled with start, because the dispatcher may not run yet. */
export const dispatcherMessagesSignal = defineSignal<[DispatcherMessage[]]>('dispatcherMessages');
export const agentStateSignal =
  defineSignal<
    [{ username: string; state: AgentState; reason?: string; /** epoch ms; an older one is ignored */ at: number }]
  >('agentState');
/** Presence of an agent's client: `lost` starts a grace time, `back` ends it. */
export const presenceSignal = defineSignal<[{ username: string; presence: 'lost' | 'back'; at: number }]>('presence');
/** What is asked of a queue; skills as in `AgentRequest`. */
export interface QueueQuestion {
  conversationId: string;
  skills: string[];
  anySkillOf: string[];
}

/** The names are those that Get Statistics promises; `agentsReady` have a free slot. */
export interface QueueStatistics {
  position: number;
  waiting: number;
  ewtSeconds: number;
  agentsLoggedIn: number;
  agentsReady: number;
  oldestWaitingSeconds: number;
}

export interface AgentStatusView {
  state: 'ready' | 'not-ready' | 'busy';
  reason: string;
  chats: number;
  slots: number;
}

export const queueStatisticsQuery = defineQuery<QueueStatistics, [QueueQuestion]>('queueStatistics');
/** Null for an agent who is not of this group or logged out. */
export const agentStatusQuery = defineQuery<AgentStatusView | null, [string]>('agentStatus');
export const configurationSignal = defineSignal<[GroupConfiguration]>('configuration');
