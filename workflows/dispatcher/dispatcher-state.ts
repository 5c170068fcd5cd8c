import type { AgentRequest } from '../../contracts/dispatcher-message.ts';
import type { AgentState, RoutableAgent } from '../../contracts/routing.ts';

/** Shape of the carried state; a change needs an upcaster in `upcastDispatcherState` and a committed history. */
const STATE_VERSION = 2;

/**
 * The queue that one hop can carry: Temporal ends a workflow whose state is over 2 MB. Above it, or above 8,000 waiting,
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
  engineVersion: number;
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

/** State of a dispatcher that knows nobody yet; the engine version comes with its group. */
export function createDispatcherState(group: string): DispatcherState {
  return {
    stateVersion: STATE_VERSION,
    engineVersion: 1,
    group,
    revision: -1,
    agents: {},
    agentStatuses: {},
    waiting: [],
    assignments: {},
  };
}

/**
 * Brings a carried state to today's shape; each released `stateVersion` keeps its step here. `engineVersion` is the one
 * that the run before wrote into the start argument.
 * @throws Error for a state of a newer release: the task is tried again until a worker of that release takes it
 */
export function upcastDispatcherState(carried: DispatcherState, engineVersion = 1): DispatcherState {
  // Version 2 has optional fields more than 1; an older worker must not go on with a state that holds them.
  if (carried.stateVersion !== STATE_VERSION && carried.stateVersion !== 1) {
    throw new Error(`No upcaster from state version ${carried.stateVersion}: run a worker that has one`);
  }
  return { ...carried, stateVersion: STATE_VERSION, engineVersion };
}
