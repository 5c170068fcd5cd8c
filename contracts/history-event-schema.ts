/** Event histories as the API gives them. */
import { z } from 'zod';
import { AGENT_EVENT_TYPES, CONVERSATION_EVENT_TYPES } from './history-event.ts';
import { listQuerySchema } from './http-api-schema.ts';
import { nameSchema } from './identifiers-schema.ts';

const actorSchema = z
  .object({ kind: z.enum(['customer', 'agent', 'scenario', 'system', 'operator']), name: z.string().optional() })
  .meta({ id: 'HistoryActor' });

export const segmentSchema = z
  .object({
    number: z.int(),
    agent: z.string(),
    from: z.iso.datetime(),
    /** Absent while the agent is in the chat. */
    to: z.iso.datetime().optional(),
  })
  .meta({ id: 'Segment' });

/** Fields by the event's type: `contracts/history-event.ts`, docs/api.md. */
const dataSchema = z.record(z.string(), z.unknown());

export const conversationEventSchema = z
  .object({
    id: z.string(),
    conversationId: z.string(),
    seq: z.int(),
    at: z.iso.datetime(),
    type: z.enum(CONVERSATION_EVENT_TYPES),
    actor: actorSchema,
    segment: segmentSchema.optional(),
    scenario: z.object({ name: z.string(), version: z.string() }).optional(),
    data: dataSchema,
  })
  .meta({ id: 'ConversationEvent' });

export type ConversationEventView = z.infer<typeof conversationEventSchema>;
export type SegmentView = z.infer<typeof segmentSchema>;

export const agentEventSchema = z
  .object({
    id: z.string(),
    username: z.string(),
    group: z.string(),
    at: z.iso.datetime(),
    type: z.enum(AGENT_EVENT_TYPES),
    actor: actorSchema,
    data: dataSchema,
  })
  .meta({ id: 'AgentEvent' });

export type AgentEventView = z.infer<typeof agentEventSchema>;

export const agentEventsParamsSchema = z.object({ username: nameSchema });

/** `to` is exclusive. */
export const agentEventsQuerySchema = listQuerySchema.extend({
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
});

/** Query of the socket. */
export const liveQuerySchema = z.strictObject({ since: z.coerce.number<number>().int().min(0).optional() });
