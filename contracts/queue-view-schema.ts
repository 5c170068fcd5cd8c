/** A group's queue and agents as its dispatcher sees them now. */
import { z } from 'zod';
import { AGENT_VERDICTS } from './actor-messages.ts';
import { nameSchema } from './identifiers-schema.ts';
import { AGENT_CHOICES, DEFAULT_GROUP, SEEN_AGENT_STATES } from './routing.ts';
import { ROUTING_OUTCOMES } from './routing-decision.ts';

export const queueParamsSchema = z.object({ group: nameSchema });
export const queueQuerySchema = z.strictObject({
  /** How many waiting conversations are listed at most. */
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export const queueViewSchema = z
  .object({
    group: z.string(),
    /** How many wait; `waiting` lists those who are served first. */
    waitingCount: z.int(),
    oldestWaitingMs: z.int(),
    waiting: z.array(
      z.object({
        conversationId: z.string(),
        /** From 1. */
        position: z.int(),
        priority: z.int(),
        /** With what the wait has added to it. */
        agedPriority: z.int(),
        queuedAt: z.iso.datetime(),
        skills: z.array(z.string()),
        service: z.string().optional(),
        /** Expected wait from now. */
        ewtMs: z.int(),
      }),
    ),
    agents: z.array(
      z.object({
        username: z.string(),
        state: z.enum(SEEN_AGENT_STATES),
        reason: z.string(),
        chats: z.int(),
        slots: z.int(),
        /** Chats whose paper work is being done. */
        afterWork: z.int(),
        /** 100 is full. */
        loadPercent: z.int(),
        since: z.iso.datetime(),
        /** Who set the state, where it was not the agent. */
        setBy: z.string().optional(),
        next: z.object({ state: z.string(), reason: z.string().optional() }).optional(),
        /** Of somebody who asks for this very agent. */
        expectedWaitMs: z.int(),
      }),
    ),
  })
  .meta({ id: 'Queue' });

/** Every queue in a line. */
export const queueSummarySchema = z
  .object({
    group: z.string(),
    services: z.array(z.string()),
    waitingCount: z.int(),
    oldestWaitingMs: z.int(),
    /** Of somebody who comes now. */
    ewtMs: z.int(),
    agentsLoggedIn: z.int(),
    /** Ready, with room for a chat. */
    agentsReady: z.int(),
  })
  .meta({ id: 'QueueSummary' });

const criteriaSchema = z.object({
  skills: z.array(z.object({ name: z.string(), minLevel: z.int() })),
  anySkillOf: z.array(z.string()),
});

/** Why a conversation waits, or has the agent that it has. */
export const routingViewSchema = z
  .object({
    conversationId: z.string(),
    /** The answer in words, the most important first. */
    sentences: z.array(z.string()),
    waiting: criteriaSchema
      .extend({
        group: z.string(),
        service: z.string().optional(),
        position: z.int(),
        waiting: z.int(),
        priority: z.int(),
        agedPriority: z.int(),
        queuedAt: z.iso.datetime(),
        ewtMs: z.int(),
        onlyAgent: z.string().optional(),
        preferredAgent: z.string().optional(),
        /** When less will do, or somebody else. */
        widensAt: z.iso.datetime().optional(),
      })
      .optional(),
    agents: z.array(
      z.object({
        username: z.string(),
        name: z.string(),
        verdict: z.enum(AGENT_VERDICTS),
        chats: z.int(),
        slots: z.int(),
        reason: z.string().optional(),
      }),
    ),
    held: z.array(z.object({ agent: z.string(), requestId: z.string(), isConnected: z.boolean() })),
    /** Oldest first. */
    decisions: z.array(
      z.object({
        at: z.iso.datetime(),
        group: z.string(),
        outcome: z.enum(ROUTING_OUTCOMES),
        agent: z.string().optional(),
        reason: z.string(),
      }),
    ),
  })
  .meta({ id: 'Routing' });

export type RoutingView = z.infer<typeof routingViewSchema>;

/** Who came when and wanted what, as it was recorded. */
const arrivalSchema = z
  .object({
    queuedAt: z.int(),
    priority: z.int(),
    service: z.string().optional(),
    ...criteriaSchema.shape,
    /** How long the agent had the chat; absent where it was not recorded, or nobody had it. */
    handleMs: z.int().optional(),
    /** After so long the customer, or the scenario, gave up; absent where somebody was found. */
    patienceMs: z.int().optional(),
  })
  .meta({ id: 'Arrival' });

export type Arrival = z.infer<typeof arrivalSchema>;

export const arrivalsQuerySchema = z.strictObject({
  group: nameSchema.default(DEFAULT_GROUP),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
});

export const arrivalsResponseSchema = z.object({
  group: z.string(),
  arrivals: z.array(arrivalSchema),
  /** The group as it is configured now. */
  staff: z.array(
    z.object({
      username: z.string(),
      name: z.string(),
      skills: z.record(z.string(), z.int()),
      slots: z.int(),
    }),
  ),
  settings: z.object({
    choice: z.enum(AGENT_CHOICES).optional(),
    ageingMs: z.int().optional(),
    rampUpMs: z.int().optional(),
    queueLimit: z.int().optional(),
  }),
  loads: z.record(z.string(), z.int()),
  /** More was recorded than is given. */
  isCut: z.boolean(),
});
