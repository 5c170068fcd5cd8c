/** Webhook bodies that could not be handled, as operators see them. */
import { z } from 'zod';
import { listQuerySchema } from './http-api-schema.ts';
import { pageFilterSchema } from './page-filter-schema.ts';
import { DEAD_LETTER_CAUSES, DEAD_LETTER_STATES } from './dead-letter.ts';

const count = z.int().min(0);

export const deadLetterSchema = z
  .object({
    id: z.string(),
    reason: z.string(),
    cause: z.enum(DEAD_LETTER_CAUSES),
    /** Pages that the signature vouched for. */
    pageIds: z.array(z.string()),
    /** Customers' events in it that nobody has handled. */
    events: count,
    bytes: count,
    state: z.enum(DEAD_LETTER_STATES),
    replays: count,
    lastFailure: z.string().optional(),
    failedAt: z.iso.datetime(),
    replayedAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'DeadLetter' });

/** With what it holds: the body as it came, as text, or the events that were left of it. */
export const deadLetterDetailSchema = deadLetterSchema
  .extend({ body: z.string().optional(), eventsLeft: z.array(z.unknown()).optional() })
  .meta({ id: 'DeadLetterDetail' });

export const deadLettersQuerySchema = listQuerySchema.extend({
  state: z.enum(DEAD_LETTER_STATES).optional(),
  cause: z.enum(DEAD_LETTER_CAUSES).optional(),
  ...pageFilterSchema.shape,
});

export const deadLetterParamsSchema = z.object({ id: z.string().regex(/^[0-9a-f]{32}$/) });
