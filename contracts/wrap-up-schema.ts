/** Paper work after a chat: what an agent says that it came to, and the time that they have for it. */
import { z } from 'zod';
import { clientIdSchema } from './agent-command-schema.ts';
import { nameSchema } from './identifiers-schema.ts';

export const wrapUpRequestSchema = z.strictObject({
  clientId: clientIdSchema,
  /** One of the service's that is not hidden. */
  disposition: nameSchema.optional(),
  note: z.string().min(1).max(4000).optional(),
  followUpAt: z.iso.datetime().optional(),
});

export const extendRequestSchema = z.strictObject({ clientId: clientIdSchema });

const wrapUpSchema = z
  .object({
    conversationId: z.string(),
    /** Of the agent's slot: tells their stretches in one conversation apart. */
    segment: z.string(),
    agent: z.string(),
    disposition: z.string().optional(),
    note: z.string().optional(),
    followUpAt: z.iso.datetime().optional(),
    /** When the agent said so; absent while they have not. */
    at: z.iso.datetime().optional(),
    /** Absent where the service gives no time. `endedBy: timeout`: it was taken away. */
    afterWork: z
      .object({
        since: z.iso.datetime(),
        until: z.iso.datetime(),
        endedAt: z.iso.datetime().optional(),
        endedBy: z.enum(['done', 'timeout', 'logged-out']).optional(),
      })
      .optional(),
  })
  .meta({ id: 'WrapUp' });

/** All that an agent needs for it. */
export const wrapUpViewSchema = z.object({
  wrapUps: z.array(wrapUpSchema),
  dispositions: z.array(z.object({ name: z.string(), folder: z.string().optional() })),
  isDispositionRequired: z.boolean(),
  /** Absent where the time cannot be extended. */
  extendMs: z.int().optional(),
});

export const wrapUpResponseSchema = wrapUpSchema;
export const extendResponseSchema = z.object({ until: z.iso.datetime() });
export type WrapUpView = z.infer<typeof wrapUpSchema>;
