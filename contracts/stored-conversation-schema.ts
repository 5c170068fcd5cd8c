/** A conversation as it was, with all that its scenario was told: what a back-test runs a draft over. Times are ISO 8601 in UTC. */
import { z } from 'zod';
import { DELIVERY_STATUSES } from './part.ts';
import { settingTextViewSchema } from './setting-text-schema.ts';

const time = z.iso.datetime();

const storedMessageSchema = z.object({
  /** Order within the conversation; what came in when the scenario was told of it, what went out when it was decided. */
  seq: z.int(),
  at: time,
  direction: z.enum(['in', 'out']),
  author: z.enum(['customer', 'scenario', 'agent', 'other-app']),
  /** What a customer's event was: `message`, `postback`, `referral`, `optin`. */
  kind: z.string().optional(),
  text: z.string().optional(),
  payload: z.string().optional(),
  attachments: z.array(z.looseObject({ type: z.string() })),
  referral: z.looseObject({}).optional(),
  /** Titles. */
  quickReplies: z.array(z.string()).optional(),
  status: z.enum(DELIVERY_STATUSES).optional(),
});

const recordedInputSchema = z.object({
  /** The messages with a lower one came before it. */
  seq: z.int(),
  at: time,
  /** As the scenario was told it; without its details where they were too large to be kept. */
  event: z.looseObject({ type: z.string() }),
});

export const storedConversationSchema = z
  .object({
    id: z.string(),
    pageId: z.string(),
    psid: z.string(),
    scenario: z.object({ name: z.string(), version: z.string() }).nullable(),
    entry: z.string().optional(),
    service: z.string().optional(),
    /** The last block. */
    block: z.string().nullable(),
    startedAt: time,
    endedAt: time.optional(),
    endReason: z.string().optional(),
    /** What the scenario began with; null of conversations from before it was kept. */
    openedWith: z
      .object({
        variables: z.record(z.string(), z.unknown()),
        onErrorText: settingTextViewSchema.optional(),
        /** What the entry says by itself to customers who fall silent. */
        inactivityTexts: z.array(z.string()),
      })
      .nullable(),
    messages: z.array(storedMessageSchema),
    /** Agents' acts and the outcomes of operations, in order. */
    recordedInputs: z.array(recordedInputSchema),
    /** There was more than is kept here. */
    isCut: z.boolean(),
  })
  .meta({ id: 'StoredConversation' });

export type StoredConversation = z.infer<typeof storedConversationSchema>;
export type StoredMessage = z.infer<typeof storedMessageSchema>;
