/** What supervisors see live: services, agents, and who waits and why. */
import { z } from 'zod';
import { AGENT_VERDICTS } from './actor-messages.ts';
import { agentIdentitySchema, conversationViewSchema } from './conversation-view-schema.ts';
import { SEEN_AGENT_STATES } from './routing.ts';

export const overviewQuerySchema = z.strictObject({
  /** Where the figures of the day begin; 24 hours ago where absent. */
  since: z.iso.datetime().optional(),
});

const serviceFiguresSchema = z.object({
  name: z.string(),
  group: z.string(),
  /** So many percent of those who ask for an agent are to be answered within so long. */
  target: z.object({ percent: z.int(), withinMs: z.int() }),
  now: z.object({
    waiting: z.int(),
    /** Absent where nobody waits. */
    waitingSince: z.iso.datetime().optional(),
    inChat: z.int(),
    /** Who could take a chat of it at this moment. */
    agentsReady: z.int(),
    agentsLoggedIn: z.int(),
  }),
  /** Of the customers who have asked for an agent since then. */
  day: z.object({
    /** Taken within the target, of those who were taken or gave up; absent where there are none. */
    inTimePercent: z.int().optional(),
    /** Ended before an agent took them. */
    gaveUp: z.int(),
    /** Taken by an agent, and ended. */
    handled: z.int(),
    /** What agents spent on one of those, on average. */
    averageHandleMs: z.int().optional(),
  }),
});

const agentLineSchema = z.object({
  username: z.string(),
  name: z.string(),
  state: z.enum(SEEN_AGENT_STATES),
  reason: z.string().optional(),
  since: z.iso.datetime(),
  /** Who set the state, where it was not the agent. */
  setBy: z.string().optional(),
  chats: z.int(),
  slots: z.int(),
  /** Services whose chats they may be given, by their skills. */
  services: z.array(z.string()),
  /** They ask for help in so many chats. */
  flags: z.int(),
});

/** Why somebody waits, by the code that routes: agents by what stands in the way, the first few by name. */
const waitReasonSchema = z.object({
  position: z.int(),
  ewtMs: z.int(),
  priority: z.int(),
  skills: z.array(z.object({ name: z.string(), minLevel: z.int() })),
  onlyAgent: z.string().optional(),
  preferredAgent: z.string().optional(),
  widensAt: z.iso.datetime().optional(),
  agents: z.array(
    z.object({
      verdict: z.enum(AGENT_VERDICTS),
      count: z.int(),
      names: z.array(z.string()),
    }),
  ),
});

export const overviewSchema = z
  .object({
    /** When this was so, by the clock of the server. */
    at: z.iso.datetime(),
    since: z.iso.datetime(),
    services: z.array(serviceFiguresSchema),
    /** Teams that the caller looks after, by name: their agents' user names, and their services. */
    teams: z.array(z.object({ name: z.string(), agents: z.array(z.string()), services: z.array(z.string()) })),
    /** Logged in, of those whom the caller looks after. */
    agents: z.array(agentLineSchema),
    agentsInAll: z.int(),
    /** How many wait or are being offered; `queue` lists those who have waited longest. */
    waiting: z.int(),
    queue: z.array(
      z.object({
        conversation: conversationViewSchema,
        /** Whom it is offered to, and until when. */
        offer: z.object({ agent: agentIdentitySchema, expiresAt: z.iso.datetime() }).optional(),
        why: waitReasonSchema.optional(),
      }),
    ),
  })
  .meta({ id: 'LiveOverview' });

export type LiveOverview = z.infer<typeof overviewSchema>;
