/** The audit as admins read it. */
import { z } from 'zod';
import { AUDIT_ACTIONS } from './audit.ts';
import { listQuerySchema } from './http-api-schema.ts';
import { nameSchema, opaqueIdSchema } from './identifiers-schema.ts';

const fieldsSchema = z.record(z.string(), z.unknown());

export const auditEntrySchema = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    action: z.enum(AUDIT_ACTIONS),
    by: z.string(),
    /** Id of that user, whose name may be another user's by now; null where it was none. */
    userId: z.string().nullable(),
    address: z.string().nullable(),
    /** With `pageId` also `account`, the name of its account as it is now. */
    subject: z.record(z.string(), z.string()),
    /** The fields that differ; null where there was, or is, nothing. */
    before: fieldsSchema.nullable(),
    after: fieldsSchema.nullable(),
  })
  .meta({ id: 'AuditEntry' });

export type AuditEntryView = z.infer<typeof auditEntrySchema>;

export const auditQuerySchema = listQuerySchema
  .extend({
    action: z.enum(AUDIT_ACTIONS).optional(),
    by: z.string().min(1).max(256).optional(),
    /** Name of a configuration item, or of a user whose session it was. */
    name: nameSchema.optional(),
    conversationId: opaqueIdSchema.optional(),
    /** A customer: both. */
    pageId: opaqueIdSchema.optional(),
    psid: opaqueIdSchema.optional(),
    from: z.iso.datetime().optional(),
    to: z.iso.datetime().optional(),
  })
  .refine(({ pageId, psid }) => psid === undefined || pageId !== undefined, {
    path: ['pageId'],
    error: 'is needed with psid: a PSID belongs to a Page',
  });
