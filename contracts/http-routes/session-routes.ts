/** Logging in and out, where one is logged in, and one's password. */
import { z } from 'zod';
import { access } from '../access-policy.ts';
import { listSchema } from '../http-api-schema.ts';
import {
  changePasswordRequestSchema,
  sessionListItemSchema,
  sessionParamsSchema,
  sessionRequestSchema,
  sessionsQuerySchema,
  sessionViewSchema,
} from '../session-schema.ts';
import type { HttpRoute } from './http-route.ts';

const session = { path: '/api/v1/session', tags: ['session'] } as const;

export const sessionRoutes = {
  logIn: {
    ...session,
    method: 'POST',
    summary: 'Log in',
    access: access.public,
    body: sessionRequestSchema,
    maxBodyBytes: 16 * 1024,
    responses: { 200: sessionViewSchema },
    errors: ['CREDENTIALS_INVALID', 'TOO_MANY_ATTEMPTS'],
    audit: 'own',
  },
  logOut: {
    ...session,
    method: 'DELETE',
    summary: 'Log out',
    access: access.anybody,
    responses: { 204: z.null() },
    audit: 'session.closed',
  },
  listSessions: {
    method: 'GET',
    path: '/api/v1/sessions',
    summary: 'Where I am logged in; admins see everybody, or one user',
    tags: session.tags,
    access: access.anybody,
    query: sessionsQuerySchema,
    responses: { 200: listSchema(sessionListItemSchema) },
  },
  revokeSession: {
    method: 'DELETE',
    path: '/api/v1/sessions/:id',
    summary: 'End one of my sessions; admins any',
    tags: session.tags,
    access: access.anybody,
    params: sessionParamsSchema,
    responses: { 204: z.null() },
    errors: ['NOT_FOUND'],
    audit: 'session.revoked',
  },
  changeMyPassword: {
    method: 'PUT',
    path: '/api/v1/users/me/password',
    summary: 'Change my password; my other sessions end',
    tags: session.tags,
    access: access.anybody,
    body: changePasswordRequestSchema,
    responses: { 204: z.null() },
    errors: ['TOO_MANY_ATTEMPTS'],
    audit: 'password.changed',
  },
} as const satisfies Record<string, HttpRoute>;
