import { z } from 'zod';
import {
  reportConversationsQuerySchema,
  reportConversationsSchema,
  reportParamsSchema,
  reportQuerySchema,
  reportSchema,
  reportsSchema,
} from '../report-schema.ts';
import type { HttpRoute } from './http-route.ts';

/** Figures over the history, and what stands behind each. */
export const reportRoutes = {
  listReports: {
    method: 'GET',
    path: '/api/v1/reports',
    summary: 'The reports that there are, with the definition of every figure, and what they can be narrowed to',
    tags: ['reports'],
    access: ['read-reports'],
    responses: { 200: reportsSchema },
  },
  getReport: {
    method: 'GET',
    path: '/api/v1/reports/:name',
    summary: 'A report counted over the history; supervisors with teams see their services and people',
    tags: ['reports'],
    access: ['read-reports'],
    params: reportParamsSchema,
    query: reportQuerySchema,
    responses: { 200: reportSchema },
  },
  getReportAsCsv: {
    method: 'GET',
    path: '/api/v1/reports/:name/csv',
    summary: 'The same as CSV; times are milliseconds',
    tags: ['reports'],
    access: ['export-reports'],
    params: reportParamsSchema,
    query: reportQuerySchema,
    responses: { 200: { description: 'A table', content: { 'text/csv': { schema: z.string() } } } },
  },
  listReportConversations: {
    method: 'GET',
    path: '/api/v1/reports/:name/conversations',
    summary: 'The conversations behind a number: of a row by its `from`, `to` and labels, or of all',
    tags: ['reports'],
    access: ['read-reports'],
    params: reportParamsSchema,
    query: reportConversationsQuerySchema,
    responses: { 200: reportConversationsSchema },
  },
} as const satisfies Record<string, HttpRoute>;
