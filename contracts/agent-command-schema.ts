/** What an agent asks for: their state and commands on a conversation. */
import { z } from 'zod';
import { cannedUseSchema } from './canned-response-schema.ts';
import { INVITATION_KINDS, SUPERVISION_MODES } from './chat-members.ts';
import { MAX_LABELS } from './label.ts';
import { MESSENGER_LIMITS } from './messenger-limits.ts';
import { nameSchema, opaqueIdSchema, usernameSchema } from './identifiers-schema.ts';
import { outboundAttachmentSchema } from './outbound-attachment-schema.ts';
import { suggestionIdSchema } from './suggestion-schema.ts';
import { AGENT_STATES } from './routing.ts';

/** Longest text of one Messenger message. */
const MAX_MESSAGE_CHARACTERS = 2000;

/** Words among agents: they never leave for Messenger. */
const innerTextSchema = z
  .string()
  .max(MAX_MESSAGE_CHARACTERS)
  .refine((text) => /\S/.test(text), { error: 'holds no visible character' });

/** Made by the caller, new for each command: a repeat with the same one does nothing twice. */
export const clientIdSchema = opaqueIdSchema.max(128);

export const agentStateRequestSchema = z.strictObject({
  state: z.enum(AGENT_STATES),
  /** Of Not Ready; where the group lists reasons, one of them. */
  reason: nameSchema.optional(),
  /** `chats-ended`: not at once, but when the chats of the moment have ended; no new ones come. For `not-ready` and `logged-out`. */
  when: z.enum(['now', 'chats-ended']).default('now'),
});

/** What an agent may choose. */
export const stateChoicesSchema = z.object({
  states: z.array(z.enum(AGENT_STATES)),
  breaks: z.array(z.object({ name: z.string(), returnAfterMs: z.int().optional(), logOutAfterMs: z.int().optional() })),
  breakRequired: z.boolean(),
});

export const agentStateViewSchema = z
  .object({
    username: z.string(),
    state: z.enum(AGENT_STATES),
    reason: z.string().optional(),
    at: z.iso.datetime(),
    /** Who set it, where it was not the agent. */
    setBy: z.string().optional(),
    /** What follows when the chats of the moment have ended. */
    next: z.object({ state: z.enum(AGENT_STATES), reason: z.string().optional() }).optional(),
  })
  .meta({ id: 'AgentState' });

/** The bodies of the commands on a conversation, by their type; every one carries a `clientId`. */
export const agentCommandSchemas = {
  accept: z.strictObject({ clientId: clientIdSchema, offerId: opaqueIdSchema }),
  reject: z.strictObject({ clientId: clientIdSchema, offerId: opaqueIdSchema, reason: nameSchema.optional() }),
  /** A text, attachments, or both: the text leaves first, each attachment in a message of its own. */
  message: z
    .strictObject({
      clientId: clientIdSchema,
      text: z.string().max(MAX_MESSAGE_CHARACTERS).default(''),
      attachments: z.array(outboundAttachmentSchema).max(10).optional(),
      /** Above the customer's keyboard, until they tap one or write; they go with the last of what is sent. */
      quickReplies: z
        .array(
          z.strictObject({
            title: z.string().trim().min(1).max(MESSENGER_LIMITS.quickReplyTitle),
            payload: z.string().min(1).max(MESSENGER_LIMITS.quickReplyPayload),
          }),
        )
        .max(MESSENGER_LIMITS.quickReplies)
        .optional(),
      /** The canned response that the text was begun with: placeholders that are left in it are refused then. */
      cannedResponse: cannedUseSchema.optional(),
      /** The suggestion that the text was begun with. */
      suggestion: suggestionIdSchema.optional(),
    })
    .refine(({ text, attachments }) => /\S/.test(text) || (attachments ?? []).length > 0, {
      path: ['text'],
      error: 'holds no visible character, and there is no attachment',
    }),
  /** Ends the chat for everybody in it. */
  end: z.strictObject({ clientId: clientIdSchema }),
  /** Puts a chat of one's own away until a moment of the next seven days, or until the customer writes. */
  snooze: z.strictObject({
    clientId: clientIdSchema,
    until: z.iso.datetime(),
    /** What to be reminded of then. */
    note: innerTextSchema.max(200).optional(),
  }),
  /** Goes on with a chat that was put away. */
  wake: z.strictObject({ clientId: clientIdSchema }),
  /** Asks somebody into the chat: one invitation at a time. */
  invite: z.strictObject({
    clientId: clientIdSchema,
    kind: z.enum(INVITATION_KINDS),
    to: z.union([
      z.strictObject({ agent: usernameSchema }),
      z.strictObject({ service: nameSchema }),
      z.strictObject({ entry: nameSchema }),
    ]),
    /** Read by whoever is asked; the customer never sees it. */
    message: innerTextSchema.optional(),
  }),
  cancelInvitation: z.strictObject({ clientId: clientIdSchema }),
  /**
   * Hands the customer to a scenario: that of an entry, with its service and settings, or a published one, for the
   * conversation's own service. Everybody of ours leaves the chat.
   */
  transferToScenario: z.strictObject({
    clientId: clientIdSchema,
    to: z.union([z.strictObject({ entry: nameSchema }), z.strictObject({ scenario: nameSchema })]),
    /** A note in the transcript, for whoever talks with them next; the customer never sees it. */
    message: innerTextSchema.optional(),
  }),
  /** `transfer`: the consulted agent takes the chat. `conference`: they talk with the customer, too. `return`: they leave. */
  finishConsult: z.strictObject({ clientId: clientIdSchema, outcome: z.enum(['transfer', 'conference', 'return']) }),
  /** Whoever leaves last ends the chat. */
  leave: z.strictObject({ clientId: clientIdSchema }),
  supervise: z.strictObject({ clientId: clientIdSchema, mode: z.enum(SUPERVISION_MODES) }),
  takeOver: z.strictObject({ clientId: clientIdSchema }),
  /** Stays with the conversation; agents and supervisors read it, the customer never does. */
  note: z.strictObject({
    clientId: clientIdSchema,
    text: innerTextSchema,
    /** User names of those who are to see it. */
    mentions: z.array(usernameSchema).max(20).optional(),
  }),
  /** To those in the chat who are not the customer. */
  innerMessage: z.strictObject({ clientId: clientIdSchema, text: innerTextSchema }),
  /** Asks a supervisor to look, or takes that back. */
  flag: z.strictObject({
    clientId: clientIdSchema,
    isRaised: z.boolean(),
    reason: z.string().max(200).optional(),
  }),
  /** Puts labels on the conversation and takes others off, also after it has ended. */
  label: z
    .strictObject({
      clientId: clientIdSchema,
      add: z.array(nameSchema).max(MAX_LABELS).default([]),
      remove: z.array(nameSchema).max(MAX_LABELS).default([]),
    })
    .refine(({ add, remove }) => add.length + remove.length > 0, {
      path: ['add'],
      error: 'is empty, and so is remove',
    }),
  /** Takes a waiting conversation oneself: it is looked for nobody else, and the offer is taken as it is made. */
  pick: z.strictObject({ clientId: clientIdSchema }),
  /** Gives a waiting conversation another priority; higher ones are served first. */
  prioritize: z.strictObject({ clientId: clientIdSchema, priority: z.int().min(0).max(100) }),
  /** Gives a waiting conversation to one agent, who is offered it. */
  assign: z.strictObject({ clientId: clientIdSchema, username: usernameSchema }),
};

const wordsFields = {
  text: z.string().max(MAX_MESSAGE_CHARACTERS).default(''),
  attachments: z.array(outboundAttachmentSchema).max(10).default([]),
  cannedResponse: cannedUseSchema.optional(),
};

/** Begins a conversation with a contact from the account of a service; the agent holds it from the first moment. */
export const outboundRequestSchema = z
  .strictObject({ clientId: clientIdSchema, service: nameSchema, ...wordsFields })
  .refine(({ text, attachments }) => /\S/.test(text) || attachments.length > 0, {
    path: ['text'],
    error: 'holds no visible character, and there is no attachment',
  });

/** Begins one that goes on with an ended one, on its Page and for its service; what is said first may wait. */
export const reopenRequestSchema = z.strictObject({ clientId: clientIdSchema, ...wordsFields });

/** What an agent shows beside messages. Source of the reactions: Messenger Platform, webhook event `message_reactions`. */
export const senderActionRequestSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('typing'), isTyping: z.boolean() }),
  z.strictObject({
    type: z.literal('seen'),
    /** Id of the last message of the transcript that was on the screen; the newest where absent. */
    messageId: z.string().min(1).max(1000).optional(),
  }),
  z.strictObject({
    type: z.literal('reaction'),
    mid: opaqueIdSchema,
    /** Null takes the reaction back. */
    reaction: z.enum(['smile', 'angry', 'sad', 'wow', 'love', 'like', 'dislike']).nullable(),
  }),
]);
export type SenderActionRequest = z.infer<typeof senderActionRequestSchema>;

/** Response to accept, reject and end. */
export const commandResponseSchema = z.object({ conversationId: z.string() });
export const invitationResponseSchema = z.object({ conversationId: z.string(), invitationId: z.string() });
/** Response to a message: its id in the transcript. */
export const messageResponseSchema = z.object({ id: z.string(), at: z.iso.datetime() });

export type AgentStateView = z.infer<typeof agentStateViewSchema>;
