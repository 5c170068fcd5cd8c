import { z } from 'zod';
import {
  askRecordExportSchema,
  recordExportParamsSchema,
  recordExportSchema,
  recordExportsSchema,
} from '../record-export-schema.ts';
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

const oneExport = {
  path: '/api/v1/records/exports/:id',
  tags,
  access: ['export-records'],
  params: recordExportParamsSchema,
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
  askRecordExport: {
    method: 'POST',
    path: '/api/v1/records/exports',
    summary: 'Begin an export of all records that a search finds, as a job; kept for 7 days',
    tags,
    access: ['export-records'],
    body: askRecordExportSchema,
    responses: { 201: recordExportSchema },
    errors: ['TOO_MANY_RECORD_EXPORTS'],
    audit: 'records.exported',
  },
  listRecordExports: {
    method: 'GET',
    path: '/api/v1/records/exports',
    summary: 'Exports that I have asked for, newest first',
    tags,
    access: ['export-records'],
    responses: { 200: recordExportsSchema },
  },
  getRecordExport: {
    ...oneExport,
    method: 'GET',
    summary: 'How far an export is: one’s own, or any for who sees all chats',
    responses: { 200: recordExportSchema },
    errors: ['NOT_FOUND'],
  },
  deleteRecordExport: {
    ...oneExport,
    method: 'DELETE',
    summary: 'Cancel an export; delete one that is settled',
    responses: { 204: z.null() },
    errors: ['NOT_FOUND'],
    audit: 'records.export-deleted',
  },
  getRecordExportFile: {
    ...oneExport,
    path: '/api/v1/records/exports/:id/file',
    method: 'GET',
    summary: 'The file of an export that is done',
    responses: {
      200: {
        description: 'Records, one to a line',
        content: { 'text/csv': { schema: z.string() }, 'application/x-ndjson': { schema: z.string() } },
      },
    },
    errors: ['NOT_FOUND', 'RECORD_EXPORT_UNFINISHED'],
    audit: 'own',
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
