import type { AgentEvent } from '../../contracts/history-event.ts';

/** All that is read of one agent, the oldest first, from some time before what is asked. */
export interface AgentStory {
  username: string;
  events: readonly AgentEvent[];
}

/** What an agent was at, beside the chats themselves. */
type Activity = 'ready' | 'not-ready' | 'supervising' | 'after-chat';

/** A time that an agent was at something. `to`: absent while it goes on. */
export interface ActivityStretch {
  activity: Activity;
  reason?: string;
  from: number;
  to?: number;
  /** Of paper work: after which conversation. */
  conversationId?: string;
}

/**
 * Reads what an agent was at when. An event that says what is so already begins nothing anew: a dispatcher that has just begun
 * tells all that it knows. Paper work whose end nobody wrote is over when its time was.
 */
export function readAgent({ events }: AgentStory, now: number): ActivityStretch[] {
  const reading: Reading = { stretches: [], papers: new Map() };
  for (const event of events) {
    if (isOfState(event)) takeState(reading, event);
    else takePaperWork(reading, event);
  }
  for (const { stretch, until } of reading.papers.values()) if (until <= now) stretch.to = until;
  return reading.stretches;
}

interface Reading {
  stretches: ActivityStretch[];
  state?: ActivityStretch | undefined;
  /** Paper work that goes on, by conversation. */
  papers: Map<string, { stretch: ActivityStretch; until: number }>;
}

type StateEvent = AgentEvent<'logged-in' | 'state-changed' | 'logged-out'>;

const isOfState = (event: AgentEvent): event is StateEvent =>
  event.type === 'logged-in' || event.type === 'state-changed' || event.type === 'logged-out';

function takeState(reading: Reading, event: StateEvent): void {
  const next = toStretch(event);
  const { state } = reading;
  if (state && next && state.activity === next.activity && state.reason === next.reason) return;
  if (state) state.to = event.at;
  reading.state = next;
  if (next) reading.stretches.push(next);
}

function toStretch({ type, at, data }: StateEvent): ActivityStretch | undefined {
  if (type === 'logged-out' || data.state === 'logged-out') return undefined;
  const { state: activity, reason = '' } = data;
  return { activity, from: at, ...(reason !== '' && { reason }) };
}

function takePaperWork({ stretches, papers }: Reading, { type, at, data }: Exclude<AgentEvent, StateEvent>): void {
  if (type === 'capacity-changed') return;
  const { conversationId } = data;
  const paper = papers.get(conversationId);
  if (type === 'after-work-begun') {
    const stretch: ActivityStretch = { activity: 'after-chat', from: at, conversationId };
    stretches.push(stretch);
    papers.set(conversationId, { stretch, until: data.until });
  }
  if (type === 'after-work-extended' && paper) paper.until = data.until;
  if (type !== 'after-work-ended') return;
  if (paper) paper.stretch.to = at;
  papers.delete(conversationId);
}
