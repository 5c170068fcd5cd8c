/** The web console: pages and what they are made of. Nothing of it is in the API document. */
import { z } from 'zod';
import { access } from '../access-policy.ts';
import type { HttpRoute } from './http-route.ts';

const page = { method: 'GET', tags: ['console'], access: access.public, isHidden: true } as const;

export const consoleRoutes = {
  getStartPage: {
    ...page,
    path: '/',
    summary: 'The console',
    responses: { 200: z.string() },
  },
  getConsoleAsset: {
    ...page,
    path: '/assets/:name',
    summary: 'Scripts, styles and fonts of the console, named by their content',
    params: z.object({ name: z.string() }),
    responses: { 200: z.any() },
    errors: ['NOT_FOUND'],
  },
  getEmojiNames: {
    ...page,
    path: '/assets/:folder/:language/:name',
    summary: 'Names of emoji by language; the folder says their version',
    params: z.object({ folder: z.string(), language: z.string(), name: z.string() }),
    responses: { 200: z.any() },
    errors: ['NOT_FOUND'],
  },
  getConsolePage: {
    ...page,
    path: '/*',
    summary: 'A page of the console, by any address that is nothing else',
    responses: { 200: z.string() },
    errors: ['NOT_FOUND'],
  },
} as const satisfies Record<string, HttpRoute>;
