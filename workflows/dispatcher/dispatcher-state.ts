import type { AgentRequest } from '../../contracts/dispatcher-message.ts';
import type { AgentState, RoutableAgent } from '../../contracts/routing.ts';

/** Shape of the carried state. */
const STATE_VERSION = 1;

/**
 * The queue that one continue-as-new can carry: Temporal ends a workflow whose state is over 2 MB. Above it, or above 8,000 waiting,
 * a request takes Queue Limit.
 */
export const QUEUE_LIMIT = 8000;
export const QUEUE_LIMIT_BYTES = 1_500_000;
/** A reservation that nobody confirms is taken back after this time. */
export const RESERVATION_MS = 60_000;
/** How long a lost client may take to come back before the agent counts as gone. */
export const PRESENCE_GRACE_MS = 30_000;

export interface AgentStatus {
  state: AgentState;
  reason?: string;
  /** Epoch milliseconds of the change: an older one does not win. */
  since: number;
  /** When the agent was last given or relieved of a chat, or became ready: the longest idle one comes first. */
  idleSince: number;
  /** Set while the agent's client is lost: when grace ends. */
  goneAt?: number;
}

export interface Waiting extends AgentRequest {
  /** The position last told to the conversation. */
  announcedPosition?: number;
}

export interface Assignment {
  agent: string;
  requestId: string;
  /** Absent once the chat is connected. */
  expiresAt?: number;
}

/** Everything a dispatcher knows; plain JSON that travels through continue-as-new. */
export interface DispatcherState {
  stateVersion: number;
  group: string;
  revision: number;
  agents: Record<string, RoutableAgent>;
  agentStatuses: Record<string, AgentStatus>;
  /** In the order in which they are served: higher priority first, then age. */
  waiting: Waiting[];
  /** By conversationId. */
  assignments: Record<string, Assignment>;
  /** When somebody was served lately, oldest first. */
  assignedAt?: number[];
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
  };
}

/**
 * A carried state of this release; a change of its shape needs a step here, as in the conversation's `requireKnownState`.
 * @throws Error for a state of another release: the task is tried again until a worker of that release takes it
 */
export function requireKnownState(carried: DispatcherState): DispatcherState {
  if (carried.stateVersion === STATE_VERSION) return carried;
  throw new Error(`No way from state version ${carried.stateVersion} to ${STATE_VERSION}: run a worker that has one`);
}
