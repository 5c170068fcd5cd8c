/** How the Pages stand with Meta, as operators read it. */
import { z } from 'zod';
import { opaqueIdSchema } from './identifiers-schema.ts';

export const sendLaneViewSchema = z
  .object({
    pageId: z.string(),
    account: z.string(),
    /** `slow`: sends keep to a pace; `held`: they wait until `heldUntil`; `closed`: until somebody repairs it. */
    state: z.enum(['open', 'slow', 'held', 'closed']),
    reason: z.string().optional(),
    /** Meta's error code, of a closed lane. */
    code: z.int().optional(),
    heldUntil: z.iso.datetime().optional(),
    closedSince: z.iso.datetime().optional(),
    /** Parts that wait for this Page to be repaired. */
    parkedParts: z.int(),
    /** When Messenger last told us something of this Page, to within half a minute. */
    lastEventAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'SendLane' });

export const sendLaneParamsSchema = z.object({ pageId: opaqueIdSchema });
export type SendLaneView = z.infer<typeof sendLaneViewSchema>;
