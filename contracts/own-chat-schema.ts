/** Who is logged in, and what their desktop asks for. */
import { z } from 'zod';
import { conversationViewSchema } from './conversation-view-schema.ts';
import { opaqueIdSchema } from './identifiers-schema.ts';
import { listQuerySchema } from './http-api-schema.ts';
import { roleNameSchema, rolePrivilegeSchema } from './role-schema.ts';

export const currentUserSchema = z
  .object({
    /** Absent for the deployment's admin token, which is no user. */
    username: z.string().optional(),
    name: z.string(),
    role: roleNameSchema,
    /** Of a role of the configuration that has one. */
    roleTitle: z.string().optional(),
    /** What the role lets them do, as the configuration in force says; nothing while a second factor is needed. */
    privileges: z.array(rolePrivilegeSchema),
    /** The role requires a second factor, and this session was opened without one: set it up, or log in with its code. */
    needsSecondFactor: z.boolean(),
    /** Chats are offered to this user. */
    takesChats: z.boolean(),
    /** Chats at a time. */
    slots: z.int().optional(),
    /** Services that the user's skills serve. */
    services: z.array(z.string()),
    /** Messenger is simulated here: no customer is a real one. */
    isSimulated: z.boolean(),
  })
  .meta({ id: 'CurrentUser' });

export type CurrentUser = z.infer<typeof currentUserSchema>;

export const ownMessageParamsSchema = z.object({ id: opaqueIdSchema, messageId: opaqueIdSchema });
export const ownPartResponseSchema = z.object({ id: z.string() });

/** A transcript is read from its beginning, or from its end backwards. */
export const transcriptQuerySchema = listQuerySchema.extend({ order: z.enum(['oldest', 'newest']).default('oldest') });

/** Chats that began in this time; a month at most. */
export const myWorkQuerySchema = listQuerySchema.extend({ since: z.iso.datetime(), until: z.iso.datetime() });

export const myWorkItemSchema = z
  .object({
    conversation: conversationViewSchema,
    /** The caller's stretches in it, oldest first. */
    stretches: z.array(z.object({ from: z.iso.datetime(), to: z.iso.datetime().optional() })),
    /** What the caller said that it came to. */
    disposition: z.string().optional(),
    note: z.string().optional(),
    followUpAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'MyWorkItem' });

export type MyWorkItem = z.infer<typeof myWorkItemSchema>;

/** From when on; a day back at most is looked at. */
export const myDayQuerySchema = z.strictObject({ since: z.iso.datetime() });
export const myDaySchema = z
  .object({
    /** Those that go on are counted, too. */
    chats: z.int(),
    /** Of those that are over; absent where there are none. */
    averageMs: z.int().optional(),
  })
  .meta({ id: 'MyDay' });
