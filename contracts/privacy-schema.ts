/** A customer's data: given out, erased, and what Meta asks about it. */
import { z } from 'zod';
import { ERASURE_STATES } from './erasure.ts';
import { opaqueIdSchema } from './identifiers-schema.ts';

export const customerParamsSchema = z.object({ pageId: opaqueIdSchema, psid: opaqueIdSchema });

/** Every document that names the customer, by collection. */
export const customerExportSchema = z.object({ collections: z.record(z.string(), z.array(z.unknown())) });

export const erasureViewSchema = z
  .object({
    code: z.string(),
    state: z.enum(ERASURE_STATES),
    /** Runs that Temporal had of the customer. */
    runs: z.int(),
    /** Documents destroyed, by collection. */
    documents: z.record(z.string(), z.int()),
  })
  .meta({ id: 'Erasure' });

/** As Meta wants it. Source: App Dashboard, Data Deletion Request Callback. */
export const dataDeletionResponseSchema = z.object({ url: z.string(), confirmation_code: z.string() });

export const dataDeletionParamsSchema = z.object({ code: z.string().regex(/^[0-9a-f]{24}$/) });
