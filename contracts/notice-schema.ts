/** Notices as operators see them. */
import { z } from 'zod';
import { pageQuerySchema } from './http-api-schema.ts';
import { opaqueIdSchema } from './identifiers-schema.ts';
import { NOTICE_STATES } from './notice.ts';

export const noticeSchema = z
  .object({
    id: z.string(),
    pageId: z.string(),
    kind: z.string(),
    message: z.string(),
    remedy: z.string().optional(),
    state: z.enum(NOTICE_STATES),
    count: z.int().min(1),
    firstAt: z.iso.datetime(),
    lastAt: z.iso.datetime(),
    resolvedAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'Notice' });

export const noticesQuerySchema = pageQuerySchema.extend({
  state: z.enum(NOTICE_STATES).optional(),
  account: opaqueIdSchema.optional(),
});

export const noticeParamsSchema = z.object({ id: z.string().min(1).max(1024) });
