/**
 * Signals, updates and queries of the three actors, and their types: what crosses the border of a workflow. Sent by
 * `adapters/temporal/actors.ts` alone, handled in `workflows/`.
 */
import type { QueryDefinition, SignalDefinition, UpdateDefinition } from '@temporalio/common';
import type { AgentCommandResult, IssuedCommand } from './agent-command.ts';
import type { AgentIdentity, DisconnectCause } from './conversation.ts';
import type { ConversationTimer } from './conversation-timer.ts';
import type { ConversationKey } from './conversation-key.ts';
import type { CustomerEvent } from './customer-event.ts';
import type { OutboundBeginning } from './outbound.ts';
import type { RoutingIntent } from './routing-intent.ts';
import type { MoveAnswer, MoveOrder, ScenarioPin } from './scenario-move.ts';
import type { SurgeryAnswer, SurgeryOrder } from './surgery.ts';
import type { AgentState, GroupConfiguration, NextAgentState, SeenAgentState } from './routing.ts';

// What the SDK's own functions make, without the sandbox that they live in.
const defineSignal = <Args extends unknown[] = []>(name: string): SignalDefinition<Args> =>
  ({ type: 'signal', name }) as SignalDefinition<Args>;
const defineUpdate = <Result, Args extends unknown[]>(name: string): UpdateDefinition<Result, Args> =>
  ({ type: 'update', name }) as UpdateDefinition<Result, Args>;
const defineQuery = <Result, Args extends unknown[] = []>(name: string): QueryDefinition<Result, Args> =>
  ({ type: 'query', name }) as QueryDefinition<Result, Args>;

/** Workflow types: the names of the exported functions of `workflows/index.ts`. */
export const CONVERSATION_WORKFLOW = 'conversation';
export const DISPATCHER_WORKFLOW = 'dispatcher';
export const PAGE_WORKFLOW = 'page';
export const MOVE_WORKFLOW = 'scenarioMove';

/** What a conversation actor is started with; the actor adds its own state when it continues as new. */
export interface ConversationStart extends ConversationKey {
  /** Of a continued run, as its predecessor wrote it. A fresh run is told when its conversation opens. */
  engineVersion?: number;
}

/** What a dispatcher actor is started with. */
export interface DispatcherStart {
  group: string;
  /** Of a continued run, as its predecessor wrote it. A fresh run is told with its group. */
  engineVersion?: number;
}

// To a conversation ---------------------------------------------------------------------------------------------------

/** What the customer did: one signal per conversation and webhook body, events sorted by time. */
export const customerEventsSignal = defineSignal<[CustomerEvent[]]>('customerEvents');
/** Who has the thread now, and since when (epoch ms; where absent it is taken as the latest). */
export interface ThreadOwnerChange {
  owner: 'other-app' | 'ours';
  at?: number;
  /** Nobody passed the thread: the Page was heard to say something that is not ours. */
  by?: 'echo';
  /** Until when we are silent for it, whatever the customer writes (epoch ms); where absent, until they write to us. */
  pausedUntil?: number;
}
/** Another app took or gave back the thread; never starts a conversation. */
export const threadOwnerSignal = defineSignal<[ThreadOwnerChange]>('threadOwner');
/** The customer reacted to a message at this time: it opens the window; never starts a conversation. */
export const reactionSignal = defineSignal<[number]>('reaction');
/** The customer is served no more: what runs ends without a word; never starts a conversation. */
export const customerBlockedSignal = defineSignal('customerBlocked');
/** An agent begins a conversation with a known customer; starts the actor where it does not run. */
export const outboundSignal = defineSignal<[OutboundBeginning]>('outbound');
/** Parts of this conversation that were parked may be tried again; never starts a conversation. */
export const partsReleasedSignal = defineSignal('partsReleased');
/** What the dispatcher decided. `requestId` = the asking effect's id; stale ones are dropped. */
export const routingNotificationSignal = defineSignal<[RoutingNotification]>('routingNotification');

/** `number`: of the intent that it answers; where a newer one was stated, that one stands. */
export type RoutingNotification = { conversationId: string; requestId: string; number: number } &
  /** `expiresAt`: when the slot is taken back unless the conversation states that it holds it longer. */
  (
    | { type: 'reserved'; agent: AgentIdentity; expiresAt: number }
    | { type: 'no-agents' }
    | { type: 'queue-limit' }
    /** `ewtMs`: the expected wait, in milliseconds. */
    | { type: 'position'; position: number; waiting: number; ewtMs?: number }
    /** Nobody confirmed the reservation in time: the slot is taken back. */
    | { type: 'expired' }
    /** The agent who holds this chat or its reservation is gone. */
    | { type: 'agent-lost'; agent: string; cause: DisconnectCause }
    /** The dispatcher began anew and knows nothing of this conversation but that it wants or holds something. */
    | { type: 'restate' }
  );

/** What an agent does to a conversation. Its validator rejects with an ApplicationFailure whose `type` is an `ErrorCode`. */
export const agentCommandUpdate = defineUpdate<AgentCommandResult, [IssuedCommand]>('agentCommand');

/** Asks a conversation to go to another version of its scenario; it decides, against where it is then. */
export const moveConversationUpdate = defineUpdate<MoveAnswer, [MoveOrder]>('moveConversation');
/** A person does something to a conversation by hand; it decides, against where it is then. */
export const operateConversationUpdate = defineUpdate<SurgeryAnswer, [SurgeryOrder]>('operateConversation');
/** Where a conversation is in its scenario. `state`: as the scenario engine keeps it, JSON. `timers`: absent of an older worker. */
export interface LiveScenario {
  conversationId: string;
  scenario: ScenarioPin;
  state: unknown;
  timers?: ConversationTimer[];
  /** How it came to this version, where that is not the one it began with; as the engine keeps it. */
  earlier?: unknown;
}
/** Null while no conversation is open. */
export const liveScenarioQuery = defineQuery<LiveScenario | null>('liveScenario');

// To whoever moves conversations ---------------------------------------------------------------------------------------

/** Nobody more is to be moved; who was moved stays so. */
export const stopMoveSignal = defineSignal('stopMove');

// To a Page -----------------------------------------------------------------------------------------------------------

/** What the actor of a Page's send lane is started with. */
export interface PageStart {
  pageId: string;
  /** Of a continued run, as its predecessor wrote it. */
  engineVersion?: number;
}

/**
 * `send-lane-closed`: nothing of the Page leaves. `look`: something that may have repaired it was changed. `resume`: a person
 * says that it is repaired. `release`: a person lets one part of an ended conversation go again.
 */
export type PageNotification = { type: 'send-lane-closed' | 'probe' | 'resume' } | { type: 'release'; partId: string };

/** Signalled with start: the actor runs only while there is something to do. */
export const pageNotificationSignal = defineSignal<[PageNotification]>('pageNotification');

// To a dispatcher -----------------------------------------------------------------------------------------------------

/** What conversations want and hold; signalled with start, because the dispatcher may not run yet. */
export const routingIntentsSignal = defineSignal<[RoutingIntent[]]>('routingIntents');
export interface AgentStateChange {
  username: string;
  state: AgentState;
  reason?: string;
  /** Epoch milliseconds by the record of what agents chose, rising for each agent: an older choice is ignored. */
  at: number;
  /** Who set it, where it was not the agent. */
  setBy?: string;
  /** Not at once, but when the chats that the agent has now have ended. */
  when?: 'chats-ended';
}
export const agentStateSignal = defineSignal<[AgentStateChange]>('agentState');
/** Presence of an agent's client: `lost` starts a grace time, `back` ends it. */
export interface PresenceChange {
  username: string;
  presence: 'lost' | 'back';
  at: number;
}
export const presenceSignal = defineSignal<[PresenceChange]>('presence');
/** An agent's word on their paper work after a chat: it is done, or they need `moreMs` longer. */
export interface AfterWorkChange {
  username: string;
  conversationId: string;
  change: { type: 'done' } | { type: 'extend'; moreMs: number };
}
export const afterWorkSignal = defineSignal<[AfterWorkChange]>('afterWork');

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
  state: SeenAgentState;
  reason: string;
  chats: number;
  slots: number;
  /** Chats whose paper work is being done. */
  afterWork: number;
  /** Of the agent, in percent; 100 is full. */
  loadPercent: number;
  /** Epoch milliseconds. */
  since: number;
  setBy?: string;
  next?: NextAgentState;
  /** How long somebody who asks for this very agent is expected to wait, in milliseconds. */
  expectedWaitMs: number;
}

/** A queue as it stands: who waits, in the order in which they are served, and the agents of the group. */
export interface QueueSnapshot {
  group: string;
  /** How many wait; `waiting` may be cut. */
  waitingCount: number;
  waiting: {
    conversationId: string;
    priority: number;
    /** With what the wait has added to it. */
    agedPriority: number;
    queuedAt: number;
    skills: string[];
    service?: string;
    ewtMs: number;
  }[];
  oldestWaitingMs: number;
  /** Of somebody who comes now. */
  ewtMs?: number;
  agents: ({ username: string } & AgentStatusView)[];
}

/** The argument: how many waiting conversations are listed at most. */
export const queueQuery = defineQuery<QueueSnapshot, [number]>('queue');
export const queueStatisticsQuery = defineQuery<QueueStatistics, [QueueQuestion]>('queueStatistics');
/** Null for an agent who is not of this group or logged out. */
export const agentStatusQuery = defineQuery<AgentStatusView | null, [string]>('agentStatus');
/** Why a conversation waits, by the code that matches. */
export interface RoutingExplanation {
  group: string;
  /** The question, where one is open. */
  waiting?: {
    position: number;
    waiting: number;
    priority: number;
    agedPriority: number;
    queuedAt: number;
    ewtMs: number;
    service?: string;
    skills: { name: string; minLevel: number }[];
    anySkillOf: string[];
    onlyAgent?: string;
    preferredAgent?: string;
    /** Epoch milliseconds. */
    widensAt?: number;
  };
  /** Every agent of the group who is logged in, or has what is asked for. */
  agents: { username: string; name: string; verdict: AgentVerdict; chats: number; slots: number; reason?: string }[];
  /** Agents whose slots it holds. */
  held: { agent: string; requestId: string; isConnected: boolean }[];
}

/** Whether an agent may take a conversation, or what stands in the way. */
export const AGENT_VERDICTS = [
  'free',
  'lacks-skills',
  'not-asked-for',
  'in-the-chat',
  'logged-out',
  'not-ready',
  'supervising',
  'finishing',
  'connection-lost',
  'slots-taken',
  'capacity-taken',
  'ramping-up',
  'last-agent-first',
] as const;
export type AgentVerdict = (typeof AGENT_VERDICTS)[number];

/** What an agent wants to know who looks for somebody to hand a chat to. */
export interface DeskQuestion {
  /** Services of the group, with their skills: of these an agent has one. */
  services: { name: string; skills: string[] }[];
  /** Of the chat: how much of an agent it takes. */
  service?: string;
}

/** Who could be given a chat, and how busy the services are. */
export interface DeskSnapshot {
  group: string;
  /** Everybody of the group; `status` is absent of who is logged out. */
  agents: { username: string; verdict: AgentVerdict; status?: AgentStatusView }[];
  services: {
    name: string;
    waiting: number;
    oldestWaitingMs: number;
    /** Of somebody who comes now; absent where nobody who serves it is logged in. */
    ewtMs?: number;
    agentsLoggedIn: number;
    /** Free at this moment. */
    agentsReady: number;
  }[];
}
export const deskQuery = defineQuery<DeskSnapshot, [DeskQuestion]>('desk');

/** Why several conversations wait, for whoever looks at the queue: agents by verdict, the first of each by name. */
export interface WaitReason {
  conversationId: string;
  waiting: NonNullable<RoutingExplanation['waiting']>;
  agents: { verdict: AgentVerdict; count: number; names: string[] }[];
}

/** The argument: of which conversations; those that do not wait are left out. */
export const waitReasonsQuery = defineQuery<WaitReason[], [string[]]>('waitReasons');
/** The argument: of which conversation. */
export const routingQuery = defineQuery<RoutingExplanation, [string]>('routing');
export const configurationSignal = defineSignal<[GroupConfiguration]>('configuration');
