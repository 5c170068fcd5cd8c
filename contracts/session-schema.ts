import { z } from 'zod';
import { passwordSchema, roleSchema } from './configuration-schema.ts';
import { usernameSchema } from './identifiers-schema.ts';

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

export const changePasswordRequestSchema = z.strictObject({
  currentPassword: z.string().min(1).max(1024),
  newPassword: passwordSchema,
});

/** Admins may ask for another user, or for everybody's. */
export const sessionsQuerySchema = z.strictObject({ username: usernameSchema.optional() });
export const sessionParamsSchema = z.object({ id: z.string().min(1).max(64) });

export const sessionListItemSchema = z
  .object({
    id: z.string(),
    username: z.string(),
    createdAt: z.iso.datetime(),
    /** The last call, to within a minute. */
    lastSeenAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    /** From where it was opened, and by what. */
    address: z.string(),
    userAgent: z.string(),
    /** The session that asks. */
    isCurrent: z.boolean(),
  })
  .meta({ id: 'SessionListItem' });

export type SessionListItem = z.infer<typeof sessionListItemSchema>;
