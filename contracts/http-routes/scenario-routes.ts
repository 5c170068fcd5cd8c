/** Scenarios: checked, published, listed, compared, rolled back; their drafts. The text of one is text here. */
import { z } from 'zod';
import { access } from '../access-policy.ts';
import { listQuerySchema, listSchema } from '../http-api-schema.ts';
import { versionPrefixSchema } from '../identifiers-schema.ts';
import {
  checkReportSchema,
  checkRequestSchema,
  draftSummarySchema,
  draftViewSchema,
  publicationSchema,
  publishDraftRequestSchema,
  publishRequestSchema,
  publishResponseSchema,
  rollbackRequestSchema,
  saveDraftRequestSchema,
  scenarioNameParamsSchema,
  scenarioVersionViewSchema,
} from '../scenario-schema.ts';
import type { HttpRoute } from './http-route.ts';

const tags = ['scenarios'] as const;
const draft = {
  path: '/api/v1/scenarios/:name/draft',
  tags,
  access: access.admin,
  params: scenarioNameParamsSchema,
} as const;
const refusals = ['NOT_FOUND', 'SCENARIO_INVALID', 'SCENARIO_CHANGED'] as const;

export const scenarioRoutes = {
  checkScenario: {
    method: 'POST',
    path: '/api/v1/scenarios/check',
    summary: 'What `attendant check` says of a source, with the agents and services in force',
    tags,
    access: access.overview,
    body: checkRequestSchema,
    maxBodyBytes: 'configured',
    responses: { 200: checkReportSchema },
  },
  publishScenario: {
    method: 'POST',
    path: '/api/v1/scenarios/publish',
    summary: 'Put a source in force for new conversations, unless a check refuses it',
    tags,
    access: access.admin,
    body: publishRequestSchema,
    maxBodyBytes: 'configured',
    responses: { 200: publishResponseSchema },
    errors: ['SCENARIO_INVALID', 'SCENARIO_CHANGED'],
    audit: 'own',
  },
  rollBackScenario: {
    method: 'POST',
    path: '/api/v1/scenarios/:name/rollback',
    summary: 'Put an earlier version in force again: the one before, or the one named',
    tags,
    access: access.admin,
    params: scenarioNameParamsSchema,
    body: rollbackRequestSchema,
    responses: { 200: publishResponseSchema },
    errors: refusals,
    audit: 'own',
  },
  listScenarioVersions: {
    method: 'GET',
    path: '/api/v1/scenarios/:name/versions',
    summary: 'What was published when, by whom and why; newest first',
    tags,
    access: access.overview,
    params: scenarioNameParamsSchema,
    query: listQuerySchema,
    responses: { 200: listSchema(publicationSchema) },
    errors: ['NOT_FOUND'],
  },
  getScenarioVersion: {
    method: 'GET',
    path: '/api/v1/scenarios/:name/versions/:version',
    summary: 'The text of a version, by its first digits',
    tags,
    access: access.overview,
    params: z.object({ ...scenarioNameParamsSchema.shape, version: versionPrefixSchema }),
    responses: { 200: scenarioVersionViewSchema },
    errors: ['NOT_FOUND'],
  },
  listDrafts: {
    method: 'GET',
    path: '/api/v1/scenario-drafts',
    summary: 'Drafts',
    tags,
    access: access.admin,
    responses: { 200: listSchema(draftSummarySchema) },
  },
  getDraft: {
    ...draft,
    method: 'GET',
    summary: 'The draft, with what the checks say of it',
    responses: { 200: draftViewSchema },
    errors: ['NOT_FOUND'],
  },
  saveDraft: {
    ...draft,
    method: 'PUT',
    summary: 'Save the draft over the revision that was read',
    body: saveDraftRequestSchema,
    maxBodyBytes: 'configured',
    responses: { 200: draftViewSchema },
    errors: ['SCENARIO_CHANGED'],
  },
  deleteDraft: {
    ...draft,
    method: 'DELETE',
    summary: 'Throw the draft away',
    responses: { 204: z.null() },
  },
  publishDraft: {
    ...draft,
    method: 'POST',
    path: '/api/v1/scenarios/:name/draft/publish',
    summary: 'Publish the draft as it was read; it is gone then',
    body: publishDraftRequestSchema,
    responses: { 200: publishResponseSchema },
    errors: refusals,
    audit: 'own',
  },
} as const satisfies Record<string, HttpRoute>;
