/** Alerts as operators see them. */
import { z } from 'zod';
import { listQuerySchema } from './http-api-schema.ts';
import { pageFilterSchema } from './page-filter-schema.ts';
import { ALERT_STATES } from './alert.ts';

export const alertSchema = z
  .object({
    id: z.string(),
    /** The Page or the routing group that it is about. */
    pageId: z.string().optional(),
    group: z.string().optional(),
    /** The service of the group, and its conversation, where it is about one. */
    service: z.string().optional(),
    conversationId: z.string().optional(),
    kind: z.string(),
    message: z.string(),
    remedy: z.string().optional(),
    state: z.enum(ALERT_STATES),
    count: z.int().min(1),
    firstAt: z.iso.datetime(),
    lastAt: z.iso.datetime(),
    resolvedAt: z.iso.datetime().optional(),
    /** Who has taken it up, by name, since it was last opened. */
    acknowledged: z.object({ by: z.string(), at: z.iso.datetime() }).optional(),
  })
  .meta({ id: 'Alert' });

export const alertsQuerySchema = listQuerySchema.extend({
  state: z.enum(ALERT_STATES).optional(),
  /** `services`: what supervisors look after, by the caller's own teams; all where absent. */
  about: z.enum(['services']).optional(),
  ...pageFilterSchema.shape,
});

export const alertParamsSchema = z.object({ id: z.string().min(1).max(1024) });
