/** What an admin writes down for the desks of agents: canned responses and labels. */
import { z } from 'zod';
import { cannedNameSchema, cannedTextSchema } from './canned-response-schema.ts';
import { nameSchema } from './identifiers-schema.ts';
import { LABEL_COLOURS } from './label.ts';

export const cannedResponseDocumentSchema = z.strictObject({
  kind: z.literal('canned-response'),
  /** What agents type after `/` to find it. */
  name: cannedNameSchema,
  text: cannedTextSchema,
  /** Where it stands in the list that agents choose from. */
  folder: nameSchema.optional(),
  /** In whose chats it is offered; in all where absent. */
  services: z
    .array(nameSchema)
    .min(1)
    .max(100)
    .refine((names) => new Set(names).size === names.length, { error: 'names one twice' })
    .optional(),
});

export const labelDocumentSchema = z.strictObject({
  kind: z.literal('label'),
  /** What agents put on a conversation. */
  name: nameSchema,
  colour: z.enum(LABEL_COLOURS).optional(),
  /** True: agents put it on no other conversation; where it is it stays. */
  hidden: z.boolean().optional(),
});

export const cannedResponseViewSchema = z
  .object({
    name: z.string(),
    text: z.string(),
    folder: z.string().optional(),
    services: z.array(z.string()).optional(),
  })
  .meta({ id: 'CannedResponse' });

export const labelViewSchema = z
  .object({ name: z.string(), colour: z.enum(LABEL_COLOURS).optional(), hidden: z.boolean().optional() })
  .meta({ id: 'Label' });
