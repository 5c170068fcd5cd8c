/** Logging in and out. */
import { z } from 'zod';
import { access } from '../access-policy.ts';
import { sessionRequestSchema, sessionViewSchema } from '../session-schema.ts';
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
  },
  logOut: {
    ...session,
    method: 'DELETE',
    summary: 'Log out',
    access: access.anybody,
    responses: { 204: z.null() },
  },
} as const satisfies Record<string, HttpRoute>;
