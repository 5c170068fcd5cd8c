/** Tokens by which programs call the API, each for some groups of routes. */
import { z } from 'zod';

export const apiTokenRequestSchema = z.strictObject({
  /** What it is for. */
  name: z.string().trim().min(1).max(100),
  /** As `GET /api/v1/tokens/scopes` lists them. */
  scopes: z.array(z.string().max(100)).min(1).max(100),
  expiresInDays: z.int().min(1).max(366).default(90),
});

export const apiTokenSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.string()),
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    /** To within a minute; null where nobody has used it. */
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ApiToken' });

export type ApiTokenView = z.infer<typeof apiTokenSchema>;

/** With the token itself: shown now and never again. */
export const createdApiTokenSchema = apiTokenSchema.extend({ token: z.string() }).meta({ id: 'CreatedApiToken' });

export const apiTokenParamsSchema = z.object({ id: z.uuid() });

/** A group of routes, and what is in it. */
export const tokenScopeSchema = z.object({ scope: z.string(), routes: z.array(z.string()) }).meta({ id: 'TokenScope' });
