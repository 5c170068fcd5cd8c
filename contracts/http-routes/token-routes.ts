/** Tokens by which programs call the API. */
import { z } from 'zod';
import {
  apiTokenParamsSchema,
  apiTokenRequestSchema,
  apiTokenSchema,
  createdApiTokenSchema,
  tokenScopeSchema,
} from '../api-token-schema.ts';
import { listSchema } from '../http-api-schema.ts';
import type { HttpRoute } from './http-route.ts';

const token = { path: '/api/v1/tokens', tags: ['tokens'], access: ['manage-tokens'] } as const;

export const tokenRoutes = {
  listTokens: {
    ...token,
    method: 'GET',
    summary: 'Tokens of programs: what each may do, until when, and when it was used last',
    responses: { 200: listSchema(apiTokenSchema) },
  },
  createToken: {
    ...token,
    method: 'POST',
    summary: 'Make a token for some groups of routes; it is shown once',
    body: apiTokenRequestSchema,
    responses: { 200: createdApiTokenSchema },
    audit: 'own',
  },
  listTokenScopes: {
    ...token,
    method: 'GET',
    path: '/api/v1/tokens/scopes',
    summary: 'The scopes that a token can have, and the routes of each',
    responses: { 200: listSchema(tokenScopeSchema) },
  },
  revokeToken: {
    ...token,
    method: 'DELETE',
    path: '/api/v1/tokens/:id',
    summary: 'End a token; calls with it are refused from now on',
    params: apiTokenParamsSchema,
    responses: { 204: z.null() },
    errors: ['NOT_FOUND'],
    audit: 'token.revoked',
  },
} as const satisfies Record<string, HttpRoute>;
