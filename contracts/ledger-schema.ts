/** The delivery ledger as operators read it. */
import { z } from 'zod';
import { pageQuerySchema } from './http-api-schema.ts';
import { opaqueIdSchema } from './identifiers-schema.ts';
import { PART_FATES } from './part.ts';

const count = z.int().min(0);

/** Both days are UTC and counted in; the last seven where absent. */
export const balanceQuerySchema = z.strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional() });

const dayBalanceSchema = z
  .object({
    /** Page id. */
    account: z.string(),
    day: z.iso.date(),
    /** `handled` + `parked` + `failed`. */
    in: count,
    handled: count,
    /** In the spool, until Temporal can be reached. */
    parked: count,
    /** Kept for an operator: see kept-bodies. */
    failed: count,
    /** Another app owned the thread: not in the sum. */
    seenOnStandby: count,
    /** Parts by fate, zeros included; their sum is `parts`. */
    out: z.record(z.enum(PART_FATES), count),
    parts: count,
    resentAfterUnknown: count,
    writtenElsewhere: count,
  })
  .meta({ id: 'DayBalance' });

export const balanceAnswerSchema = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  items: z.array(dayBalanceSchema),
});

export const ledgerPartSchema = z
  .object({
    id: z.string(),
    account: z.string(),
    customer: z.string(),
    conversationId: z.string(),
    author: z.enum(['scenario', 'agent', 'customer', 'other-app']),
    fate: z.enum(PART_FATES),
    reason: z.string().optional(),
    /** What a queued part waits for: the customer, the Page, or a person who decides about it. */
    parked: z.object({ by: z.enum(['window', 'lane', 'person']), reason: z.string(), at: z.iso.datetime() }).optional(),
    isResentAfterUnknown: z.boolean(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'LedgerPart' });

export const ledgerPartsQuerySchema = pageQuerySchema.extend({
  /** `parked`: those in fate `queued` that wait for the customer, the Page, or a person. */
  fate: z.enum(['unknown', 'failed', 'parked']),
  account: opaqueIdSchema.optional(),
});

export const partParamsSchema = z.object({ id: opaqueIdSchema.max(512) });
export const partActionAnswerSchema = z.object({ id: z.string() });
