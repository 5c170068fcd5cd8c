/** Running conversations that are on another version of their scenario: what would become of them, and moving them. */
import { listSchema } from '../http-api-schema.ts';
import {
  impactRequestSchema,
  impactSchema,
  movedConversationSchema,
  movedQuerySchema,
  moveParamsSchema,
  moveRequestSchema,
  moveViewSchema,
} from '../scenario-move-schema.ts';
import { scenarioNameParamsSchema } from '../scenario-schema.ts';
import type { HttpRoute } from './http-route.ts';

const tags = ['scenarios'] as const;
const one = { tags, access: ['publish-scenarios'], params: moveParamsSchema, errors: ['NOT_FOUND'] } as const;

export const scenarioMoveRoutes = {
  assessMove: {
    method: 'POST',
    path: '/api/v1/scenarios/:name/impact',
    summary: 'What would become of each running conversation on another version, dry-run; nobody is moved',
    tags,
    access: ['publish-scenarios'],
    params: scenarioNameParamsSchema,
    body: impactRequestSchema,
    maxBodyBytes: 'configured',
    responses: { 200: impactSchema },
    errors: ['NOT_FOUND', 'SCENARIO_INVALID'],
  },
  moveConversations: {
    method: 'POST',
    path: '/api/v1/scenarios/:name/moves',
    summary: 'Move running conversations to the version in force, or to the one named; goes on by itself',
    tags,
    access: ['publish-scenarios'],
    params: scenarioNameParamsSchema,
    body: moveRequestSchema,
    responses: { 200: moveViewSchema },
    errors: ['NOT_FOUND'],
    audit: 'scenario.conversations-moved',
  },
  listMoves: {
    method: 'GET',
    path: '/api/v1/scenarios/:name/moves',
    summary: 'The latest moves of running conversations, newest first',
    tags,
    access: ['publish-scenarios'],
    params: scenarioNameParamsSchema,
    responses: { 200: listSchema(moveViewSchema) },
  },
  getMove: {
    ...one,
    method: 'GET',
    path: '/api/v1/scenarios/:name/moves/:id',
    summary: 'How a move stands',
    responses: { 200: moveViewSchema },
  },
  listMovedConversations: {
    ...one,
    method: 'GET',
    path: '/api/v1/scenarios/:name/moves/:id/conversations',
    summary: 'What each conversation came to',
    query: movedQuerySchema,
    responses: { 200: listSchema(movedConversationSchema) },
  },
  stopMove: {
    ...one,
    method: 'POST',
    path: '/api/v1/scenarios/:name/moves/:id/stop',
    summary: 'Move nobody more; who was moved stays so',
    responses: { 200: moveViewSchema },
    audit: 'scenario.move-stopped',
  },
  undoMove: {
    ...one,
    method: 'POST',
    path: '/api/v1/scenarios/:name/moves/:id/undo',
    summary: 'Move those back that it has moved, each to the version that it was on',
    responses: { 200: moveViewSchema },
    audit: 'scenario.move-undone',
  },
} as const satisfies Record<string, HttpRoute>;
