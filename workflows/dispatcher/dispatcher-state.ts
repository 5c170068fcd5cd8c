import type { AgentEvent } from '../../contracts/history-event.ts';
import type { AfterWorkRecord, AgentStateRecord, RoutingDecision } from '../../contracts/routing-decision.ts';
import type { AgentRequest } from '../../contracts/routing-intent.ts';
import type { AgentState, GroupSettings, NextAgentState, RoutableAgent } from '../../contracts/routing.ts';
import type { RoutingNotification } from '../../contracts/actor-messages.ts';
import type { DispatcherItem } from './take-item.ts';

/** Shape of the carried state. */
const STATE_VERSION = 1;

/**
 * The queue that one continue-as-new can carry: Temporal ends a workflow whose state is over 2 MB. Above it, or above
 * 8,000 waiting, a request takes Queue Limit.
 */
export const QUEUE_LIMIT = 8000;
export const QUEUE_LIMIT_BYTES = 1_200_000;
/** A reservation that nobody confirms is taken back after this time. */
export const RESERVATION_MS = 60_000;
/** How long a lost client may take to come back before the agent counts as gone. */
export const PRESENCE_GRACE_MS = 30_000;
/** Conversations that left and whose late intents are still told from new ones. */
const REMEMBERED_DEPARTURES = 2000;

export interface AgentStatus {
  state: AgentState;
  reason?: string;
  /** Epoch milliseconds of the change. */
  since: number;
  /** When the agent last chose, by the record of choices: an older choice does not win. The dispatcher's own changes keep it. */
  chosenAt: number;
  /** When the agent was last given or relieved of a chat, or became ready: the longest idle one comes first. */
  idleSince: number;
  /** When the agent was last given a chat: whose turn it is, and how long they are left alone. */
  givenAt?: number;
  /** Who set the state, where it was not the agent. */
  setBy?: string;
  /** What follows when the agent has no chat any more; they are given none until then. */
  next?: NextAgentState;
  /** Set while the agent's client is lost: when grace ends. */
  goneAt?: number;
  /** Latest news of the agent's client, epoch milliseconds: an older one does not win. */
  presenceAt?: number;
}

export interface Waiting extends AgentRequest {
  conversationId: string;
  /** Of the intent that asked. */
  number: number;
  /** The position last told to the conversation. */
  announcedPosition?: number;
}

export interface Assignment {
  agent: string;
  requestId: string;
  /** Of the latest intent of the conversation. */
  number: number;
  /** Absent once the chat is connected. */
  expiresAt?: number;
  /** Since when it is. */
  connectedAt?: number;
  service?: string;
  /** The agent's paper work was done before the chat ended. */
  isWrappedUp?: true;
}

/** Paper work after a chat: the slot stays taken until it ends. */
export interface AfterWork {
  conversationId: string;
  requestId: string;
  username: string;
  service?: string;
  since: number;
  until: number;
}

/** Something that operators have to know of the group: raised once, resolved once. */
interface GroupAlert {
  isOver: boolean;
  waiting: number;
  oldestWaitingMs: number;
}

/** What was decided and has to be told, in the order of the decisions. */
export interface Outbox {
  notifications: RoutingNotification[];
  decisions: RoutingDecision[];
  agentStates: AgentStateRecord[];
  agentEvents: AgentEvent[];
  alerts: GroupAlert[];
  /** Absent in what was carried from before there was any. */
  afterWork?: AfterWorkRecord[];
}

/** Everything a dispatcher knows; plain JSON that travels through continue-as-new. */
export interface DispatcherState {
  stateVersion: number;
  group: string;
  revision: number;
  agents: Record<string, RoutableAgent>;
  settings?: GroupSettings;
  /** Percent of an agent that a chat takes, by service; of the others each takes one slot's part. */
  loads?: Record<string, number>;
  agentStatuses: Record<string, AgentStatus>;
  /** In the order in which they are served: `queue.ts`. */
  waiting: Waiting[];
  /** By conversationId: one for each agent in its chat, or on their way into it. No list is empty. */
  assignments: Record<string, Assignment[]>;
  /** Oldest first; absent: none was ever done. */
  afterWork?: AfterWork[];
  /** How long a chat takes here, the newest weighing most; absent until one has ended. */
  usualChatMs?: number;
  /** Number of the last intent of conversations that want and hold nothing any more, oldest first. */
  departed: Record<string, number>;
  /** When somebody was served lately, oldest first. */
  assignedAt?: number[];
  /** When it was last asked whether the holders of its slots still exist; epoch milliseconds. */
  sweptAt?: number;
  inbox: DispatcherItem[];
  outbox: Outbox;
  /** A dispatcher that began anew: conversations that have not stated yet what they want, and until when it waits for them. */
  restating?: { conversationIds: string[]; until: number };
  /** Operators were told that nobody of the group is ready while people wait. */
  isNobodyReadyTold?: true;
}

/** State of a dispatcher that knows nobody yet. */
export function createDispatcherState(group: string): DispatcherState {
  return {
    stateVersion: STATE_VERSION,
    group,
    revision: -1,
    agents: {},
    agentStatuses: {},
    waiting: [],
    assignments: {},
    departed: {},
    inbox: [],
    outbox: createOutbox(),
  };
}

export function createOutbox(): Outbox {
  return { notifications: [], decisions: [], agentStates: [], agentEvents: [], alerts: [], afterWork: [] };
}

/**
 * A carried state of this release; a change of its shape needs a step here, as in the conversation's `requireKnownState`.
 * @throws Error for a state of another release: the task is tried again until a worker of that release takes it
 */
export function requireKnownState(carried: DispatcherState): DispatcherState {
  if (carried.stateVersion === STATE_VERSION) return carried;
  throw new Error(`No way from state version ${carried.stateVersion} to ${STATE_VERSION}: run a worker that has one`);
}

/** Every slot that is held, and by whom. */
export function listAssignments({
  assignments,
}: DispatcherState): { conversationId: string; assignment: Assignment }[] {
  return Object.entries(assignments).flatMap(([conversationId, held]) =>
    held.map((assignment) => ({ conversationId, assignment })),
  );
}

/** The slots of one conversation are these from now on. */
export function setAssignments(state: DispatcherState, conversationId: string, held: Assignment[]): void {
  if (held.length > 0) state.assignments[conversationId] = held;
  else delete state.assignments[conversationId];
}

/** Remembers the last intent of a conversation that left, so that an older one that comes late changes nothing. */
export function rememberDeparture(state: DispatcherState, conversationId: string, number: number): void {
  const known = state.departed[conversationId] ?? 0;
  // Newest last: the oldest are forgotten.
  delete state.departed[conversationId];
  state.departed[conversationId] = Math.max(known, number);
  const ids = Object.keys(state.departed);
  if (ids.length <= REMEMBERED_DEPARTURES) return;
  for (const id of ids.slice(0, REMEMBERED_DEPARTURES / 2)) delete state.departed[id];
}
