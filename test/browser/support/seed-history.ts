import { MongoClient } from 'mongodb';
import { createReadModel } from '../../../adapters/mongo/read-model.ts';
import type { AgentEvent, ConversationEvent } from '../../../contracts/history-event.ts';
import { aConversation } from '../../api/support/fake-conversations.ts';
import {
  AGENTS,
  generateAgents,
  generateConversations,
  SERVICES,
  TO,
  type GeneratedConversation,
} from '../../reports/support/generate-history.ts';

const DAY = 24 * 60 * 60_000;

/** Whose names the generated ones become, in their order. */
export interface Cast {
  services: readonly string[];
  agents: readonly string[];
  pageId: string;
}

/** Writes a week of history that ended yesterday, as if it had happened: `count` conversations. */
export async function seedHistory(mongoUri: string, cast: Cast, count: number): Promise<void> {
  const client = new MongoClient(mongoUri);
  const shift = Math.floor((Date.now() - TO) / DAY) * DAY;
  const rename = createRenaming(cast);
  try {
    const { history, conversations } = createReadModel(client.db(), Date.now);
    await Promise.all(
      generateConversations(count, 5).map(async (conversation) => {
        const { conversationId, events } = conversation;
        const own = events.map((event) => move(rename(event), shift));
        const scenario = events[0]?.scenario ?? { name: '', version: '' };
        await conversations.record(toRecord(rename(conversation), own, cast.pageId));
        for (let at = 0; at < own.length; at += 4)
          await history.recordPiece({ conversationId, scenario, events: own.slice(at, at + 4) });
      }),
    );
    const agents = generateAgents(5).flatMap(({ events }) => events.map((event) => move(rename(event), shift)));
    await history.recordAgentEvents(agents);
  } finally {
    await client.close();
  }
}

/** Puts the names of a cast wherever a generated one stands. */
function createRenaming({ services, agents }: Cast): <Value>(value: Value) => Value {
  const pairs = [
    ...SERVICES.map((name, index) => [name, services[index % services.length]] as const),
    ...AGENTS.map((name, index) => [name, agents[index % agents.length]] as const),
  ];
  const names = new Map<unknown, unknown>(pairs);
  const rename = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rename);
    if (typeof value === 'object' && value !== null && !(value instanceof Map))
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, key === 'kind' ? each : rename(each)]),
      );
    return names.get(value) ?? value;
  };
  return rename as <Value>(value: Value) => Value;
}

function move<Event extends ConversationEvent | AgentEvent>(event: Event, shift: number): Event {
  const { data } = event;
  const until = 'until' in data && typeof data.until === 'number' ? { until: data.until + shift } : {};
  return { ...event, at: event.at + shift, data: { ...data, ...until } };
}

function toRecord(
  { conversationId, entry, service }: GeneratedConversation,
  events: readonly ConversationEvent[],
  pageId: string,
): ReturnType<typeof aConversation> {
  const end = events.find(({ type }) => type === 'ended');
  const startedAt = events[0]?.at ?? 0;
  const connected = events.flatMap((event) => (event.type === 'connected' ? [event] : []));
  return aConversation({
    conversationId,
    pageId,
    psid: `seeded-${conversationId}`,
    entry,
    service,
    startedAt,
    servedBy: connected.map(({ data }) => data.agent),
    segments: connected.map(({ data, at }, index) => ({ number: index + 1, agent: data.agent, from: at, to: at })),
    state: 'ended',
    endedAt: end?.at ?? events.at(-1)?.at ?? startedAt,
    endReason: 'exit',
  });
}
