import { z } from 'zod';
import { recordChoicesSchema, recordListSchema, recordQuerySchema } from '../record-schema.ts';
import {
  putSavedSearchSchema,
  savedSearchesSchema,
  savedSearchParamsSchema,
  savedSearchSchema,
} from '../saved-search-schema.ts';
import type { HttpRoute } from './http-route.ts';

const tags = ['records'] as const;

const saved = {
  path: '/api/v1/saved-searches/:name',
  tags,
  access: ['read-records'],
  params: savedSearchParamsSchema,
} as const;

/** Conversations as supervisors look for them. */
export const recordRoutes = {
  listRecords: {
    method: 'GET',
    path: '/api/v1/records',
    summary: 'Conversations by what was said in them and what became of them, newest first',
    tags,
    access: ['read-records'],
    query: recordQuerySchema,
    responses: { 200: recordListSchema },
    audit: 'records.searched',
  },
  getRecordChoices: {
    method: 'GET',
    path: '/api/v1/records/choices',
    summary: 'What records can be looked for by',
    tags,
    access: ['read-records'],
    responses: { 200: recordChoicesSchema },
  },
  listSavedSearches: {
    method: 'GET',
    path: '/api/v1/saved-searches',
    summary: 'Searches for records that I keep, and those that others share',
    tags,
    access: ['read-records'],
    responses: { 200: savedSearchesSchema },
  },
  putSavedSearch: {
    ...saved,
    method: 'PUT',
    summary: 'Keep a search for records under a name, new or not',
    body: putSavedSearchSchema,
    responses: { 200: savedSearchSchema },
    errors: ['TOO_MANY_SAVED_SEARCHES'],
    audit: 'records.search-saved',
  },
  deleteSavedSearch: {
    ...saved,
    method: 'DELETE',
    summary: 'Delete a search that I keep',
    responses: { 204: z.null() },
    errors: ['NOT_FOUND'],
    audit: 'records.search-deleted',
  },
} as const satisfies Record<string, HttpRoute>;
