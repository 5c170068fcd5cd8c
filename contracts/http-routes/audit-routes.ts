/** Who did what. */
import { auditEntrySchema, auditQuerySchema } from '../audit-schema.ts';
import { listSchema } from '../http-api-schema.ts';
import type { HttpRoute } from './http-route.ts';

export const auditRoutes = {
  listAuditEntries: {
    method: 'GET',
    path: '/api/v1/audit',
    summary: 'Who logged in, changed, read, exported and erased what, newest first',
    tags: ['audit'],
    access: ['read-audit'],
    query: auditQuerySchema,
    responses: { 200: listSchema(auditEntrySchema) },
  },
} as const satisfies Record<string, HttpRoute>;
