/** What an agent asks for: his state and commands on a conversation. */
import { z } from 'zod';
import { nameSchema, opaqueIdSchema } from './identifiers-schema.ts';
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
export const sendMessageRequestSchema = z.strictObject({
  clientId: clientIdSchema,
  text: z.string().max(MAX_MESSAGE_CHARACTERS).regex(/\S/, { error: 'holds no visible character' }),
});

/** Answer to accept, reject and end. */
export const commandAnswerSchema = z.object({ conversationId: z.string() });
/** Answer to a message: its id in the transcript. */
export const messageAnswerSchema = z.object({ id: z.string(), at: z.iso.datetime() });

export type AgentStateView = z.infer<typeof agentStateViewSchema>;
