/** Webhook bodies that could not be handled, as operators see them. */
import { z } from 'zod';
import { pageQuerySchema } from './http-api-schema.ts';
import { opaqueIdSchema } from './identifiers-schema.ts';
import { KEPT_CAUSES, KEPT_STATES } from './kept-body.ts';

const count = z.int().min(0);

export const keptBodySchema = z
  .object({
    id: z.string(),
    reason: z.string(),
    cause: z.enum(KEPT_CAUSES),
    /** Pages that the signature vouched for. */
    pageIds: z.array(z.string()),
    /** Customers' events in it that nobody has handled. */
    events: count,
    bytes: count,
    state: z.enum(KEPT_STATES),
    replays: count,
    lastFailure: z.string().optional(),
    keptAt: z.iso.datetime(),
    replayedAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'KeptBody' });

/** With what it holds: the body as it came, as text, or the events that were left of it. */
export const keptBodyDetailSchema = keptBodySchema
  .extend({ body: z.string().optional(), eventsLeft: z.array(z.unknown()).optional() })
  .meta({ id: 'KeptBodyDetail' });

export const keptBodiesQuerySchema = pageQuerySchema.extend({
  state: z.enum(KEPT_STATES).optional(),
  cause: z.enum(KEPT_CAUSES).optional(),
  account: opaqueIdSchema.optional(),
});

export const keptBodyParamsSchema = z.object({ id: z.string().regex(/^[0-9a-f]{32}$/) });
