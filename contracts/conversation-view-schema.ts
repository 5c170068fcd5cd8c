/** Conversations, their messages and offers as the API gives them. Times are ISO 8601 in UTC. */
import { z } from 'zod';
import { INVITATION_KINDS, INVITATION_OUTCOMES, PARTICIPANT_ROLES } from './chat-members.ts';
import {
  answersSchema,
  chatLineSchema,
  customerViewSchema,
  skillMatchSchema,
  wordsFields,
} from './chat-view-schema.ts';
import { CONVERSATION_STATES } from './conversation.ts';
import { SURVEY_OUTCOMES } from './survey.ts';
import { segmentSchema } from './history-event-schema.ts';
import { nameSchema, opaqueIdSchema } from './identifiers-schema.ts';
import { listQuerySchema } from './http-api-schema.ts';
import { pageFilterSchema } from './page-filter-schema.ts';
import { caseSummarySchema, contactSummarySchema } from './people-schema.ts';
import { DELIVERY_STATUSES } from './part.ts';
import { WOKEN_BY } from './snooze.ts';

export const agentIdentitySchema = z.object({ username: z.string(), name: z.string() });

const invitationViewSchema = z.object({
  id: z.string(),
  kind: z.enum(INVITATION_KINDS),
  by: agentIdentitySchema,
  /** An agent, or anybody of a service or of the service of an entry. */
  to: z.object({ agent: z.string().optional(), service: z.string().optional(), entry: z.string().optional() }),
  message: z.string().optional(),
  at: z.iso.datetime(),
});

const fieldsSchema = z.record(z.string(), z.string());

/** What the scenario noted with a conversation. */
const annotationsViewSchema = z
  .object({
    priority: z.number().optional(),
    requested: z.object({ skills: z.array(z.string()), service: z.string().optional() }).optional(),
    isSelfService: z.boolean().optional(),
    survey: z
      .object({
        cs: z.number().optional(),
        fcr: z.boolean().optional(),
        nps: z.number().optional(),
        comment: z.string().optional(),
        custom: fieldsSchema,
      })
      .optional(),
    surveyResponse: z
      .object({
        survey: z.string(),
        outcome: z.enum(SURVEY_OUTCOMES).optional(),
        /** 0 to 100, of the scales that were answered. */
        score: z.int().optional(),
        answers: z.array(z.object({ question: z.string(), value: z.union([z.string(), z.number()]) })),
      })
      .optional(),
    disposition: z.object({ name: z.string(), comment: z.string().optional() }).optional(),
    reportingFields: fieldsSchema.optional(),
    cases: z.array(z.string()).optional(),
    attachedData: fieldsSchema.optional(),
    screenPops: z.array(z.object({ url: z.string(), title: z.string().optional() })).optional(),
    log: z
      .array(z.object({ at: z.iso.datetime(), level: z.enum(['info', 'warning', 'error']), text: z.string() }))
      .optional(),
  })
  .meta({ id: 'Annotations' });

export type AnnotationsView = z.infer<typeof annotationsViewSchema>;

export const conversationViewSchema = z
  .object({
    id: z.string(),
    pageId: z.string(),
    /** Name of the Page’s account; absent where it has none any more. */
    account: z.string().optional(),
    /** Who writes; an id of this Page only. */
    psid: z.string(),
    customer: customerViewSchema,
    /** The person; absent where no conversation of theirs was opened yet. */
    contact: contactSummarySchema.optional(),
    /** Their open cases, and those that this conversation is about; only of one conversation, not in lists. */
    cases: z.array(caseSummarySchema).optional(),
    /** What the customer has answered to the scenario's questions. */
    answers: answersSchema.optional(),
    /** How the chat stands for the caller; of one conversation, and in the list of their chats. */
    chat: chatLineSchema.optional(),
    /** It was not answered, because the person is blocked. */
    isBlocked: z.boolean().optional(),
    state: z.enum(CONVERSATION_STATES),
    owner: z.enum(['scenario', 'queue', 'agent', 'other-app']),
    agent: agentIdentitySchema.optional(),
    /** Null while no entry takes the Page (`unrouted`). */
    scenario: z.object({ name: z.string(), version: z.string() }).nullable(),
    /** Id of the scenario's current block. */
    block: z.string().nullable(),
    entry: z.string().optional(),
    service: z.string().optional(),
    queue: z.object({ position: z.int(), waiting: z.int(), /** Expected. */ ewtMs: z.int().optional() }).optional(),
    /** Who of ours is in the chat beside `agent`. */
    participants: z
      .array(z.object({ agent: agentIdentitySchema, role: z.enum(PARTICIPANT_ROLES), since: z.iso.datetime() }))
      .optional(),
    /** Somebody is being asked into the chat; `offeredTo`: whom it is offered to now. */
    invitation: invitationViewSchema.extend({ offeredTo: z.string().optional() }).optional(),
    /** What became of the last one, for whoever gave it. */
    lastInvitation: invitationViewSchema
      .extend({
        outcome: z.enum(INVITATION_OUTCOMES),
        settledAt: z.iso.datetime(),
        answeredBy: agentIdentitySchema.optional(),
      })
      .optional(),
    /** What agents have put on it. */
    labels: z.array(z.string()).optional(),
    /** The agent who began it, and what it goes on with; absent where the customer began it. */
    begunBy: agentIdentitySchema.optional(),
    previousConversationId: z.string().optional(),
    /** An agent asks a supervisor to look. */
    helpFlag: z.object({ by: agentIdentitySchema, reason: z.string().optional(), at: z.iso.datetime() }).optional(),
    /** Its holder has put the chat away; `woken`: it came back, and they have not written since. */
    snooze: z
      .object({
        since: z.iso.datetime(),
        until: z.iso.datetime(),
        note: z.string().optional(),
        woken: z.object({ at: z.iso.datetime(), by: z.enum(WOKEN_BY) }).optional(),
      })
      .optional(),
    /** The last chat that ended: whose it was, and why. */
    chatEnd: z.object({ agent: z.string(), cause: z.string(), at: z.iso.datetime() }).optional(),
    /** The agent owes the customer an answer since then; at `endsAt` the chat is taken from them. */
    agentSilence: z.object({ since: z.iso.datetime(), endsAt: z.iso.datetime() }).optional(),
    isOverflow: z.boolean().optional(),
    annotations: annotationsViewSchema.optional(),
    /** Messenger's window: who may write to the customer until when. `isClosing`: it ends within the hour. */
    window: z.object({ until: z.iso.datetime(), humanUntil: z.iso.datetime(), isClosing: z.boolean() }).optional(),
    /** Messages that wait for the customer or for the Page; the ledger's list says why. */
    parkedParts: z.int().optional(),
    startedAt: z.iso.datetime(),
    /** When it first asked for an agent, was first offered and first taken, and when an agent first wrote. */
    queuedAt: z.iso.datetime().optional(),
    offeredAt: z.iso.datetime().optional(),
    acceptedAt: z.iso.datetime().optional(),
    firstAnswerAt: z.iso.datetime().optional(),
    /** Who was in the chat when, oldest first. */
    segments: z.array(segmentSchema).optional(),
    endedAt: z.iso.datetime().optional(),
    endReason: z.string().optional(),
  })
  .meta({ id: 'Conversation' });

const attachmentViewSchema = z.object({
  type: z.string(),
  url: z.string().optional(),
  /** Our copy, at `/api/v1/files/{fileId}`; absent while there is none. */
  fileId: z.string().optional(),
  /** Why there is no copy of ours, nor will be: Meta’s address is all there is, while it works. */
  noCopy: z.string().optional(),
  title: z.string().optional(),
  coordinates: z.object({ lat: z.number(), long: z.number() }).optional(),
  stickerId: z.string().optional(),
});

const referralViewSchema = z.object({
  ref: z.string().optional(),
  source: z.string().optional(),
  type: z.string().optional(),
  adId: z.string().optional(),
  ad: z.record(z.string(), z.string()).optional(),
});

export const messageViewSchema = z
  .object({
    id: z.string(),
    /** Messenger's id; null until Messenger has given one. */
    mid: z.string().nullable(),
    /** `internal`: a `note`, or an `inner` message among those in the chat; the customer never sees either. */
    direction: z.enum(['in', 'out', 'internal']),
    author: z.object({
      kind: z.enum(['customer', 'scenario', 'agent', 'other-app']),
      name: z.string().optional(),
      /** Of an agent. */
      username: z.string().optional(),
    }),
    text: z.string().optional(),
    attachments: z.array(attachmentViewSchema),
    at: z.iso.datetime(),
    /** Delivery status of an outbound message. */
    status: z.enum(DELIVERY_STATUSES).optional(),
    /** Why a message failed. */
    reason: z.string().optional(),
    /** What a queued message waits for, and why. */
    parked: z.object({ by: z.enum(['window', 'send-lane', 'thread', 'person']), reason: z.string() }).optional(),
    /** What was left out of it, because Messenger does not take it. */
    notes: z.array(z.string()).optional(),
    /** User names of those whom a note is meant for. */
    mentions: z.array(z.string()).optional(),
    /** What a customer's event was: `message`, `postback`, `referral`, `optin`; of an internal one `note` or `inner`. */
    kind: z.string().optional(),
    /** Of the button or quick reply that was tapped. */
    payload: z.string().optional(),
    /** `mid` of the message that it answers. */
    replyTo: z.string().optional(),
    /** The link, ad or plugin by which the customer came. */
    referral: referralViewSchema.optional(),
    quickReplies: z
      .array(z.object({ title: z.string(), payload: z.string(), contentType: z.string().optional() }))
      .optional(),
    /** Buttons, cards, media or receipt, as they were sent. */
    template: z.looseObject({ kind: z.string() }).optional(),
    /** The customer took it back: its text and attachments are gone. */
    isDeleted: z.boolean().optional(),
    /** How often it was edited; the text is the last one. */
    editCount: z.int().optional(),
    /** The customer's, an emoji. */
    reaction: z.string().optional(),
  })
  .meta({ id: 'Message' });

export const offerViewSchema = z
  .object({
    offerId: z.string(),
    conversationId: z.string(),
    psid: z.string(),
    pageId: z.string(),
    /** Name of the Page’s account; absent where it has none any more. */
    account: z.string().optional(),
    customer: customerViewSchema,
    /** `chat`: a customer who waits. The others: a place in a chat that goes on, and who asks for it. */
    kind: z.enum(['chat', ...INVITATION_KINDS]),
    from: agentIdentitySchema.optional(),
    message: z.string().optional(),
    service: z.string().optional(),
    priority: z.number().optional(),
    /** Since when the customer waits, or since when somebody asks. */
    waitingSince: z.iso.datetime(),
    ...wordsFields,
    answers: answersSchema.optional(),
    /** What was asked for and the caller has. */
    skills: z.array(skillMatchSchema),
    /** Why it is the caller, in a sentence. */
    reason: z.string(),
    expiresAt: z.iso.datetime(),
    /** The agent's client takes it by itself then. */
    autoAnswerAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'Offer' });

/** Filters of the list of conversations. */
export const conversationQuerySchema = listQuerySchema.extend({
  ...pageFilterSchema.shape,
  psid: opaqueIdSchema.optional(),
  state: z.enum(CONVERSATION_STATES).optional(),
  label: nameSchema.optional(),
});

export const conversationParamsSchema = z.object({ id: opaqueIdSchema });

export type ConversationView = z.infer<typeof conversationViewSchema>;
export type MessageView = z.infer<typeof messageViewSchema>;
export type OfferView = z.infer<typeof offerViewSchema>;
