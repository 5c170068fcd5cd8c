/** Health, metrics, the API document, the ways of a browser, and Messenger's webhook. */
import { z } from 'zod';
import { access } from '../access-policy.ts';
import { systemViewSchema } from '../system-schema.ts';
import type { HttpRoute } from './http-route.ts';

const system = { method: 'GET', tags: ['system'], access: access.public } as const;
const webhook = { path: '/clientweb/fb/webhook', tags: ['webhook'], access: access.public } as const;

/** Messenger gives each once; whoever else calls may give it twice. */
const verificationValueSchema = z.union([z.string(), z.array(z.string())]).optional();

export const systemRoutes = {
  getHealth: {
    ...system,
    path: '/healthz',
    summary: 'This process answers',
    responses: { 200: z.object({ status: z.enum(['ok']) }) },
  },
  getReadiness: {
    ...system,
    path: '/readyz',
    summary: 'Temporal and MongoDB answer',
    responses: { 200: z.object({ status: z.enum(['ready']) }) },
  },
  getMetrics: {
    ...system,
    path: '/metrics',
    summary: 'Prometheus metrics of this process',
    responses: { 200: z.string() },
    errors: ['UNAUTHENTICATED'],
  },
  getSystem: {
    ...system,
    path: '/api/v1/system',
    summary: 'Versions, workers, the callback URL for the Facebook app, and how long what is kept',
    access: ['see-operation'],
    responses: { 200: systemViewSchema },
  },
  getApiDocument: {
    ...system,
    path: '/api/v1/openapi.json',
    summary: 'This document',
    responses: { 200: z.looseObject({}) },
    isHidden: true,
  },
  openSimulator: {
    ...system,
    path: '/simulator',
    summary: 'Leads to the simulator',
    responses: { 302: z.null() },
    errors: ['NOT_FOUND'],
    isHidden: true,
  },
  verifyWebhook: {
    ...webhook,
    method: 'GET',
    summary: "Messenger's verification of the address",
    query: z.looseObject({
      'hub.mode': verificationValueSchema,
      'hub.verify_token': verificationValueSchema,
      'hub.challenge': verificationValueSchema,
    }),
    responses: { 200: z.string() },
    errors: ['VERIFY_TOKEN_INVALID'],
  },
  receiveWebhook: {
    ...webhook,
    method: 'POST',
    summary: 'Events from Messenger, signed with the app secret',
    hasRawBody: true,
    maxBodyBytes: 'configured',
    responses: { 200: z.string() },
    errors: ['BODY_NOT_JSON', 'SIGNATURE_INVALID'],
  },
} as const satisfies Record<string, HttpRoute>;
