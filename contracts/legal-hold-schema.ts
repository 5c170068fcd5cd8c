/** Legal holds: what neither retention nor erasure removes. */
import { z } from 'zod';
import { opaqueIdSchema } from './identifiers-schema.ts';

const reason = z.string().trim().min(1).max(500);

/** Of a customer, or of one conversation. */
export const legalHoldRequestSchema = z.union([
  z.strictObject({ customer: z.strictObject({ pageId: opaqueIdSchema, psid: opaqueIdSchema }), reason }),
  z.strictObject({ conversationId: opaqueIdSchema, reason }),
]);

export const legalHoldParamsSchema = z.object({ id: z.uuid() });

export const legalHoldViewSchema = z
  .object({
    id: z.string(),
    pageId: z.string(),
    psid: z.string(),
    /** Of one conversation alone; of everything of the customer where absent. */
    conversationId: z.string().optional(),
    reason: z.string(),
    placedBy: z.string(),
    placedAt: z.iso.datetime(),
  })
  .meta({ id: 'LegalHold' });

export type LegalHoldView = z.infer<typeof legalHoldViewSchema>;

/** Whether a conversation is held. `holds`: which ones, for those who manage holds. */
export const conversationHoldSchema = z
  .object({ isHeld: z.boolean(), holds: z.array(legalHoldViewSchema) })
  .meta({ id: 'ConversationHold' });
