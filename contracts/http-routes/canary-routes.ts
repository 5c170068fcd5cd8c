/** A version for a part of the new conversations, and the reports of publications. */
import {
  canaryViewSchema,
  changeCanaryRequestSchema,
  endCanaryRequestSchema,
  finishCanaryRequestSchema,
  publicationParamsSchema,
  publicationReportSchema,
} from '../publication-schema.ts';
import { publishResponseSchema, scenarioNameParamsSchema } from '../scenario-schema.ts';
import type { HttpRoute } from './http-route.ts';

const one = {
  path: '/api/v1/scenarios/:name/canary',
  tags: ['scenarios'],
  params: scenarioNameParamsSchema,
} as const;
const errors = ['NOT_FOUND', 'CANARY_NOT_RUNNING', 'SCENARIO_CHANGED'] as const;

export const canaryRoutes = {
  getCanary: {
    ...one,
    method: 'GET',
    summary: 'The version that a part of the new conversations gets, or the last one that did, beside the rest',
    access: ['read-configuration'],
    responses: { 200: canaryViewSchema },
    errors: ['NOT_FOUND'],
  },
  changeCanary: {
    ...one,
    method: 'PATCH',
    summary: 'Give it to another part of the new conversations, or change its guardrails',
    access: ['publish-scenarios'],
    body: changeCanaryRequestSchema,
    responses: { 200: canaryViewSchema },
    errors,
    audit: 'own',
  },
  endCanary: {
    ...one,
    method: 'POST',
    path: '/api/v1/scenarios/:name/canary/end',
    summary: 'Give it to nobody new; whoever has it goes on',
    access: ['publish-scenarios'],
    body: endCanaryRequestSchema,
    responses: { 200: canaryViewSchema },
    errors,
    audit: 'own',
  },
  finishCanary: {
    ...one,
    method: 'POST',
    path: '/api/v1/scenarios/:name/canary/finish',
    summary: 'Put it in force for all new conversations',
    access: ['publish-scenarios'],
    body: finishCanaryRequestSchema,
    responses: { 200: publishResponseSchema },
    errors,
    audit: 'own',
  },
  getPublicationReport: {
    method: 'GET',
    path: '/api/v1/scenarios/:name/publications/:number',
    summary: 'What was known of a version as it was published, and what became of its canary',
    tags: one.tags,
    access: ['read-configuration'],
    params: publicationParamsSchema,
    responses: { 200: publicationReportSchema },
    errors: ['NOT_FOUND'],
  },
} as const satisfies Record<string, HttpRoute>;
