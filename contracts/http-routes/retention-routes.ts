/** For how long data is kept: docs/operations.md. */
import { retentionDaysSchema, retentionPreviewSchema, retentionProgressSchema } from '../retention-schema.ts';
import type { HttpRoute } from './http-route.ts';

const tags = ['privacy'] as const;

export const retentionRoutes = {
  getRetentionProgress: {
    method: 'GET',
    path: '/api/v1/retention/progress',
    summary: 'Of each kind of data: its days, the last run, what went, and the oldest that is kept',
    tags,
    access: ['see-operation'],
    responses: { 200: retentionProgressSchema },
  },
  previewRetention: {
    method: 'POST',
    path: '/api/v1/retention/preview',
    summary: 'How much would go now with these days; nothing is changed',
    tags,
    access: ['edit-configuration'],
    body: retentionDaysSchema,
    responses: { 200: retentionPreviewSchema },
  },
} as const satisfies Record<string, HttpRoute>;
