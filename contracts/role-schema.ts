/** Roles of one's own: which privileges they are made of. */
import * as z from 'zod';
import { nameSchema } from './identifiers-schema.ts';
import { isShipped, PRIVILEGES, ROLES, type Privilege } from './privileges.ts';

const [first, ...rest] = Object.keys(PRIVILEGES) as [Privilege, ...Privilege[]];
export const rolePrivilegeSchema = z.enum([first, ...rest]);

/** A role of a user: one that ships, or one of the configuration. */
export const roleNameSchema = nameSchema;

export const roleDocumentSchema = z.strictObject({
  kind: z.literal('role'),
  /** What users name. */
  name: nameSchema.refine((name) => !isShipped(name), {
    error: `is a role that ships (${ROLES.join(', ')}), which stays as it is: choose another name`,
  }),
  /** What people read; the name where absent. */
  title: nameSchema.optional(),
  privileges: z.array(rolePrivilegeSchema).min(1).max(100),
  /** Whoever has it does nothing in a session that a password alone has opened; off where absent. */
  requireSecondFactor: z.boolean().optional(),
});

export const roleViewSchema = z
  .object({
    name: z.string(),
    title: z.string().optional(),
    privileges: z.array(rolePrivilegeSchema),
    /** There and true where it does; of those that ship ATTENDANT_SECOND_FACTOR_ROLES says so. */
    requireSecondFactor: z.boolean().optional(),
    /** True: ships, and cannot be changed. */
    isShipped: z.boolean(),
  })
  .meta({ id: 'Role' });

export type RoleView = z.infer<typeof roleViewSchema>;
