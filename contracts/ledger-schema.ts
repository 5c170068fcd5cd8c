/** The delivery ledger as operators read it. */
import { z } from 'zod';
import { listQuerySchema, listSchema } from './http-api-schema.ts';
import { pageFilterSchema } from './page-filter-schema.ts';
import { opaqueIdSchema } from './identifiers-schema.ts';
import { DELIVERY_STATUSES } from './part.ts';

const count = z.int().min(0);

/** Both days are UTC and counted in; the last seven where absent. */
export const balanceQuerySchema = z.strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional() });

const dayBalanceSchema = z
  .object({
    pageId: z.string(),
    day: z.iso.date(),
    /** `handled` + `spooled` + `deadLettered`. */
    in: count,
    handled: count,
    /** In the spool, until Temporal can be reached. */
    spooled: count,
    /** In the dead letters, until an operator has them handled again. */
    deadLettered: count,
    /** Another app owned the thread: not in the sum. */
    seenOnStandby: count,
    /** Parts by delivery status, zeros included; their sum is `parts`. */
    out: z.record(z.enum(DELIVERY_STATUSES), count),
    parts: count,
    resentAfterUnknown: count,
    writtenElsewhere: count,
  })
  .meta({ id: 'DayBalance' });

export const balanceResponseSchema = listSchema(dayBalanceSchema).extend({ from: z.iso.date(), to: z.iso.date() });

export const ledgerPartSchema = z
  .object({
    id: z.string(),
    pageId: z.string(),
    psid: z.string(),
    conversationId: z.string(),
    author: z.enum(['scenario', 'agent', 'customer', 'other-app']),
    status: z.enum(DELIVERY_STATUSES),
    reason: z.string().optional(),
    /** What a queued part waits for: the customer, the Page, or a person who decides about it. */
    parked: z
      .object({ by: z.enum(['window', 'send-lane', 'thread', 'person']), reason: z.string(), at: z.iso.datetime() })
      .optional(),
    isResentAfterUnknown: z.boolean(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'LedgerPart' });

export const ledgerPartsQuerySchema = listQuerySchema.extend({
  /** `parked`: those in delivery status `queued` that wait for the customer, the Page, or a person. */
  status: z.enum(['unknown', 'failed', 'parked']),
  ...pageFilterSchema.shape,
});

export const partParamsSchema = z.object({ id: opaqueIdSchema.max(512) });
export const partActionResponseSchema = z.object({ id: z.string() });
