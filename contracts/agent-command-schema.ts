/** What an agent asks for: their state and commands on a conversation. */
import { z } from 'zod';
import { nameSchema, opaqueIdSchema } from './identifiers-schema.ts';
import { outboundAttachmentSchema } from './outbound-attachment-schema.ts';
import { AGENT_STATES } from './routing.ts';

/** Longest text of one Messenger message. */
const MAX_MESSAGE_CHARACTERS = 2000;

/** Made by the caller, new for each command: a repeat with the same one does nothing twice. */
const clientIdSchema = opaqueIdSchema.max(128);

export const agentStateRequestSchema = z.strictObject({
  state: z.enum(AGENT_STATES),
  reason: nameSchema.optional(),
});

export const agentStateViewSchema = z
  .object({
    username: z.string(),
    state: z.enum(AGENT_STATES),
    reason: z.string().optional(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'AgentState' });

export const acceptRequestSchema = z.strictObject({ clientId: clientIdSchema, offerId: opaqueIdSchema });
export const rejectRequestSchema = acceptRequestSchema.extend({ reason: nameSchema.optional() });
export const endRequestSchema = z.strictObject({ clientId: clientIdSchema });
/** A text, attachments, or both: the text leaves first, each attachment in a message of its own. */
export const sendMessageRequestSchema = z
  .strictObject({
    clientId: clientIdSchema,
    text: z.string().max(MAX_MESSAGE_CHARACTERS).default(''),
    attachments: z.array(outboundAttachmentSchema).max(10).optional(),
  })
  .refine(({ text, attachments }) => /\S/.test(text) || (attachments ?? []).length > 0, {
    path: ['text'],
    error: 'holds no visible character, and there is no attachment',
  });

/** What an agent shows beside messages. Source of the reactions: Messenger Platform, webhook event `message_reactions`. */
export const senderActionRequestSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('typing'), isTyping: z.boolean() }),
  z.strictObject({ type: z.literal('seen') }),
  z.strictObject({
    type: z.literal('reaction'),
    mid: opaqueIdSchema,
    /** Null takes the reaction back. */
    reaction: z.enum(['smile', 'angry', 'sad', 'wow', 'love', 'like', 'dislike']).nullable(),
  }),
]);
export type SenderActionRequest = z.infer<typeof senderActionRequestSchema>;

/** Answer to accept, reject and end. */
export const commandResponseSchema = z.object({ conversationId: z.string() });
/** Answer to a message: its id in the transcript. */
export const messageResponseSchema = z.object({ id: z.string(), at: z.iso.datetime() });

export type AgentStateView = z.infer<typeof agentStateViewSchema>;
