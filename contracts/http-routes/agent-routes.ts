/** The agent's own state and what they are asked to take; the queues that offers come from. */
import { access } from '../access-policy.ts';
import { agentStateRequestSchema, agentStateViewSchema } from '../agent-command-schema.ts';
import { offerViewSchema } from '../conversation-view-schema.ts';
import { listSchema } from '../http-api-schema.ts';
import { queueParamsSchema, queueQuerySchema, queueViewSchema } from '../queue-view-schema.ts';
import type { HttpRoute } from './http-route.ts';

const state = { path: '/api/v1/agents/me/state', tags: ['agent'], access: access.desk } as const;

export const agentRoutes = {
  getMyState: {
    ...state,
    method: 'GET',
    summary: 'The state I chose last',
    responses: { 200: agentStateViewSchema },
  },
  chooseMyState: {
    ...state,
    method: 'PUT',
    summary: 'Choose ready, not ready or logged out',
    body: agentStateRequestSchema,
    responses: { 200: agentStateViewSchema },
  },
  listMyOffers: {
    method: 'GET',
    path: '/api/v1/agents/me/offers',
    summary: 'Conversations I am asked to take',
    tags: ['agent'],
    access: access.desk,
    responses: { 200: listSchema(offerViewSchema) },
  },
  getQueue: {
    method: 'GET',
    path: '/api/v1/queues/:group',
    summary: 'Who waits in a routing group, in the order in which they are served, and its agents',
    tags: ['queues'],
    access: access.overview,
    params: queueParamsSchema,
    query: queueQuerySchema,
    responses: { 200: queueViewSchema },
    errors: ['NOT_FOUND'],
  },
} as const satisfies Record<string, HttpRoute>;
