import type { RoutableAgent } from '../../contracts/routing.ts';
import type { DispatcherState } from './dispatcher-state.ts';

/** What an agent has in hand. */
export interface Load {
  /** Connected, offered or reserved. */
  chats: number;
  /** Chats whose paper work is being done. */
  afterWork: number;
  /** 100: nothing more. */
  percent: number;
}

export type Loads = Map<string, Load>;

const NOTHING: Readonly<Load> = { chats: 0, afterWork: 0, percent: 0 };
/** Thirds do not add up to a whole. */
const ROUNDING = 1e-6;

/** What each agent has in hand. */
export function countLoad(state: DispatcherState): Loads {
  const loads: Loads = new Map();
  for (const held of Object.values(state.assignments))
    for (const { agent, service } of held) addLoad(state, loads, { username: agent, service, kind: 'chats' });
  for (const { username, service } of state.afterWork ?? [])
    addLoad(state, loads, { username, service, kind: 'afterWork' });
  return loads;
}

/** An agent has one chat more in hand. */
export function addLoad(
  state: DispatcherState,
  loads: Loads,
  { username, service, kind }: { username: string; service: string | undefined; kind: 'chats' | 'afterWork' },
): void {
  const load = { ...loadOf(loads, username) };
  load[kind] += 1;
  load.percent += weightOf(state, state.agents[username], service);
  loads.set(username, load);
}

export function loadOf(loads: Loads, username: string): Readonly<Load> {
  return loads.get(username) ?? NOTHING;
}

/** What an agent has left, or what there is too little of for one more chat of this service. */
export function roomFor(
  state: DispatcherState,
  { agent, loads, service }: { agent: RoutableAgent; loads: Loads; service: string | undefined },
): 'room' | 'slots-taken' | 'capacity-taken' {
  const { chats, afterWork, percent } = loadOf(loads, agent.username);
  if (chats + afterWork >= agent.slots) return 'slots-taken';
  return percent + weightOf(state, agent, service) > 100 + ROUNDING ? 'capacity-taken' : 'room';
}

/** Percent of an agent that a chat takes: the service's, or the part of one slot. */
function weightOf({ loads }: DispatcherState, agent: RoutableAgent | undefined, service: string | undefined): number {
  const own = service === undefined ? undefined : loads?.[service];
  return own ?? 100 / (agent?.slots ?? 1);
}
