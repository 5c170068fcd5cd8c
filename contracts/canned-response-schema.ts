/** Canned responses: texts that agents write again and again. */
import { z } from 'zod';
import { listSchema } from './http-api-schema.ts';
import { nameSchema, opaqueIdSchema } from './identifiers-schema.ts';

/** Longest text of one Messenger message. */
const MAX_TEXT = 2000;

/** What stands after `/` in the composer: one word. */
export const cannedNameSchema = nameSchema
  .max(50)
  .regex(/^[^\s/]+$/, { error: 'holds a space or a slash: it is typed as one word after /' });

export const cannedTextSchema = z
  .string()
  .max(MAX_TEXT)
  .refine((text) => /\S/.test(text), { error: 'holds no visible character' });

export const cannedParamsSchema = z.object({ name: cannedNameSchema });

/** One of an agent's own; written whole. */
export const ownCannedResponseSchema = z.strictObject({ text: cannedTextSchema, folder: nameSchema.optional() });

export const cannedQuerySchema = z.strictObject({
  /** Words of which each begins one of the name, the folder or the text; a leading `/` is left out. */
  query: z.string().max(100).optional(),
  /** Fill them for this conversation, and offer those of its service. */
  conversationId: opaqueIdSchema.optional(),
  /** Those of this service and those for all; of every service where neither this nor a conversation is given. */
  service: nameSchema.optional(),
});

/** One that an agent may choose. */
const deskCannedResponseSchema = z
  .object({
    name: z.string(),
    owner: z.enum(['own', 'shared']),
    folder: z.string().optional(),
    text: z.string(),
    /** Names of the placeholders in it, each once. */
    placeholders: z.array(z.string()),
    /** With what is known of the conversation that was asked for; `unfilled`: what the agent has to write themselves. */
    filled: z.object({ text: z.string(), unfilled: z.array(z.string()) }).optional(),
  })
  .meta({ id: 'DeskCannedResponse' });

/** Best match first. `values`: what placeholders stand for in the conversation that was asked for. */
export const deskCannedResponsesSchema = listSchema(deskCannedResponseSchema).extend({
  values: z.record(z.string(), z.string()).optional(),
});

/** That a message was begun with a canned response; where placeholders are left in it then, it is refused. */
export const cannedUseSchema = z.strictObject({ name: cannedNameSchema, owner: z.enum(['own', 'shared']) });

export type CannedUse = z.infer<typeof cannedUseSchema>;
export type DeskCannedResponse = z.infer<typeof deskCannedResponseSchema>;
