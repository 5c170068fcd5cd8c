import { z } from 'zod';
import { roleSchema } from './configuration-schema.ts';

/** Loose on purpose: what is wrong with a user name or password is not told at the door. */
export const sessionRequestSchema = z.strictObject({
  username: z.string().min(1).max(256),
  password: z.string().min(1).max(1024),
});

export const sessionViewSchema = z
  .object({
    /** Bearer for machines; browsers hold the same one as a cookie. */
    token: z.string(),
    username: z.string(),
    name: z.string(),
    role: roleSchema,
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Session' });
