import type { AgentEvent, ConversationEvent, Segment } from '../../contracts/history-event.ts';
import type { AgentEventView, ConversationEventView, SegmentView } from '../../contracts/history-event-schema.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** An event of a conversation as the API gives it. */
export function presentConversationEvent({
  at,
  segment,
  scenario,
  data,
  ...event
}: ConversationEvent): ConversationEventView {
  return {
    ...event,
    at: iso(at),
    ...(segment && { segment: presentSegment(segment) }),
    ...(scenario && { scenario }),
    data: presentData(data),
  };
}

export function presentSegment({ from, to, ...segment }: Segment): SegmentView {
  return { ...segment, from: iso(from), ...(to !== undefined && { to: iso(to) }) };
}

/** An event of an agent as the API gives it. */
export function presentAgentEvent({ at, data, ...event }: AgentEvent): AgentEventView {
  return { ...event, at: iso(at), data: presentData(data) };
}

const MOMENTS = new Set(['expiresAt', 'until']);

/** Moments are texts everywhere in the API. */
function presentData(data: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]: [string, unknown]) => [
      name,
      MOMENTS.has(name) && typeof value === 'number' ? iso(value) : value,
    ]),
  );
}
