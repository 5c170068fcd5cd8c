import { access } from '../access-policy.ts';
import { recordChoicesSchema, recordListSchema, recordQuerySchema } from '../record-schema.ts';
import type { HttpRoute } from './http-route.ts';

const tags = ['records'] as const;

/** Conversations as supervisors look for them. */
export const recordRoutes = {
  listRecords: {
    method: 'GET',
    path: '/api/v1/records',
    summary: 'Conversations by what was said in them and what became of them, newest first',
    tags,
    access: access.overview,
    query: recordQuerySchema,
    responses: { 200: recordListSchema },
    audit: 'records.searched',
  },
  getRecordChoices: {
    method: 'GET',
    path: '/api/v1/records/choices',
    summary: 'What records can be looked for by',
    tags,
    access: access.overview,
    responses: { 200: recordChoicesSchema },
  },
} as const satisfies Record<string, HttpRoute>;
