/** A group's queue and agents as its dispatcher sees them now. */
import { z } from 'zod';
import { nameSchema } from './identifiers-schema.ts';

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
    waiting: z.array(
      z.object({
        conversationId: z.string(),
        /** From 1. */
        position: z.int(),
        priority: z.int(),
        queuedAt: z.iso.datetime(),
        skills: z.array(z.string()),
      }),
    ),
    agents: z.array(
      z.object({
        username: z.string(),
        state: z.enum(['ready', 'not-ready', 'busy']),
        reason: z.string(),
        chats: z.int(),
        slots: z.int(),
      }),
    ),
  })
  .meta({ id: 'Queue' });
