import { z } from 'zod';
import { passwordSchema } from './configuration-schema.ts';
import { roleNameSchema } from './role-schema.ts';
import { usernameSchema } from './identifiers-schema.ts';

/** Loose on purpose: what is wrong with a user name or password is not told at the door. */
export const sessionRequestSchema = z.strictObject({
  username: z.string().min(1).max(256),
  password: z.string().min(1).max(1024),
  /** Of the authenticator, or a recovery code; where the user has a second factor. */
  code: z.string().min(1).max(64).optional(),
});

/** How one may log in here. */
export const logInMethodsSchema = z
  .object({
    /** By user name and password. */
    hasPasswords: z.boolean(),
    /** At a provider, and how it is called. */
    provider: z.object({ name: z.string() }).optional(),
  })
  .meta({ id: 'LogInMethods' });

/** Where in the console one wants to be afterwards. */
export const beginOidcQuerySchema = z.strictObject({ to: z.string().max(500).optional() });

/** What the provider adds to the address; more than we know of is let through. */
export const oidcCallbackQuerySchema = z.looseObject({ state: z.string().max(1000).optional() });

export const sessionViewSchema = z
  .object({
    /** Bearer for machines; browsers hold the same one as a cookie. */
    token: z.string(),
    username: z.string(),
    name: z.string(),
    role: roleNameSchema,
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Session' });

export const changePasswordRequestSchema = z.strictObject({
  currentPassword: z.string().min(1).max(1024),
  newPassword: passwordSchema,
});

export const secondFactorViewSchema = z
  .object({
    isOn: z.boolean(),
    /** Since when it is on. */
    since: z.iso.datetime().optional(),
    recoveryCodesLeft: z.int(),
    /** The role requires one: it is not turned off. */
    isRequired: z.boolean(),
    /** This session was opened at a provider, who asks for factors of their own: none is turned on in it. */
    isByProvider: z.boolean(),
  })
  .meta({ id: 'SecondFactor' });

/** Whoever is logged in proves once more that it is them. */
export const ownPasswordSchema = z.strictObject({ password: z.string().min(1).max(1024) });

/** What an authenticator is given. */
export const secondFactorKeySchema = z
  .object({
    /** Base32, to be typed. */
    key: z.string(),
    /** `otpauth://totp/…`, to be shown as a QR code. */
    uri: z.string(),
  })
  .meta({ id: 'SecondFactorKey' });

export const secondFactorProofSchema = z.strictObject({ code: z.string().min(1).max(64) });

/** Shown once: only their hashes are kept. */
export const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' });

export const usernameParamsSchema = z.object({ username: usernameSchema });

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
export type SecondFactorView = z.infer<typeof secondFactorViewSchema>;
