/** The agent's own state and what they are asked to take; the queues that offers come from. */
import { z } from 'zod';
import { access } from '../access-policy.ts';
import { agentStateRequestSchema, agentStateViewSchema, stateChoicesSchema } from '../agent-command-schema.ts';
import { agentIdentitySchema, offerViewSchema } from '../conversation-view-schema.ts';
import { listSchema } from '../http-api-schema.ts';
import { usernameSchema } from '../identifiers-schema.ts';
import {
  arrivalsQuerySchema,
  arrivalsResponseSchema,
  queueParamsSchema,
  queueQuerySchema,
  queueSummarySchema,
  queueViewSchema,
} from '../queue-view-schema.ts';
import { wrapUpResponseSchema } from '../wrap-up-schema.ts';
import type { HttpRoute } from './http-route.ts';

const state = { path: '/api/v1/agents/me/state', tags: ['agent'], access: ['answer-chats'] } as const;

const stateOf = {
  path: '/api/v1/agents/:username/state',
  tags: ['agent'],
  access: ['see-live-overview'],
  params: z.object({ username: usernameSchema }),
} as const;

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
    summary: 'Choose ready, not ready, supervising or logged out, at once or when the chats of the moment have ended',
    body: agentStateRequestSchema,
    responses: { 200: agentStateViewSchema },
  },
  listMyChoices: {
    method: 'GET',
    path: '/api/v1/agents/me/choices',
    summary: 'The states that I may choose, and the reasons of Not Ready',
    tags: ['agent'],
    access: ['answer-chats'],
    responses: { 200: stateChoicesSchema },
  },
  listColleagues: {
    method: 'GET',
    path: '/api/v1/colleagues',
    summary: 'What everybody who works here is called: conversations and their events name user names',
    tags: ['agent'],
    access: access.chats,
    responses: { 200: listSchema(agentIdentitySchema) },
  },
  getAgentState: {
    ...stateOf,
    method: 'GET',
    summary: 'The state of an agent as it was recorded last',
    responses: { 200: agentStateViewSchema },
    errors: ['NOT_FOUND'],
  },
  setAgentState: {
    ...stateOf,
    access: ['force-states'],
    method: 'PUT',
    summary: 'Set the state of an agent who is logged in, or log them out; they are told who did',
    body: agentStateRequestSchema,
    responses: { 200: agentStateViewSchema },
    errors: ['NOT_FOUND', 'AGENT_LOGGED_OUT'],
    audit: 'agent.state-set',
  },
  listMyWrapUps: {
    method: 'GET',
    path: '/api/v1/agents/me/wrap-ups',
    summary: 'Chats whose paper work I am doing',
    tags: ['agent'],
    access: ['answer-chats'],
    responses: { 200: listSchema(wrapUpResponseSchema) },
  },
  listMyOffers: {
    method: 'GET',
    path: '/api/v1/agents/me/offers',
    summary: 'Conversations I am asked to take',
    tags: ['agent'],
    access: ['answer-chats'],
    responses: { 200: listSchema(offerViewSchema) },
  },
  listQueues: {
    method: 'GET',
    path: '/api/v1/queues',
    summary: 'Every routing group: how many wait, how long, and who is there',
    tags: ['queues'],
    access: ['see-live-overview'],
    responses: { 200: listSchema(queueSummarySchema) },
  },
  listArrivals: {
    method: 'GET',
    path: '/api/v1/arrivals',
    summary: 'Who came to a routing group when, and how long it took: for a what-if with other staff',
    tags: ['queues'],
    access: ['see-live-overview'],
    query: arrivalsQuerySchema,
    responses: { 200: arrivalsResponseSchema },
    errors: ['NOT_FOUND'],
  },
  getQueue: {
    method: 'GET',
    path: '/api/v1/queues/:group',
    summary: 'Who waits in a routing group, in the order in which they are served, and its agents',
    tags: ['queues'],
    access: ['see-live-overview'],
    params: queueParamsSchema,
    query: queueQuerySchema,
    responses: { 200: queueViewSchema },
    errors: ['NOT_FOUND'],
  },
} as const satisfies Record<string, HttpRoute>;
