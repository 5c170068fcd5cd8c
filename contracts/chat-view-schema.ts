/** What screens of agents show of a chat beside its transcript. Times are ISO 8601 in UTC. */
import { z } from 'zod';
import { PARTICIPANT_ROLES } from './chat-members.ts';

/** Whom a conversation is with, by what they are called. */
export const customerViewSchema = z
  .object({
    /** The contact's name, else that of the Messenger profile; empty where nobody has said. */
    name: z.string(),
    firstName: z.string().optional(),
    lastName: z.string().optional(),
    /** Address of the profile's picture, as Messenger gave it when the conversation began; it stops working after days. */
    pictureUrl: z.string().optional(),
  })
  .meta({ id: 'Customer' });

/** What the customer has answered to the scenario's questions, in its order. */
export const answersSchema = z.array(
  z.object({ name: z.string(), question: z.string().optional(), value: z.string() }),
);

const wordsSchema = z.object({
  at: z.iso.datetime(),
  by: z.enum(['customer', 'scenario', 'agent', 'other-app']),
  text: z.string().optional(),
  /** Their types: `image`, `audio`, … */
  attachments: z.array(z.string()),
  isDeleted: z.boolean().optional(),
});

/** What the customer said first, and what was said last by whomever. */
export const wordsFields = { firstWords: wordsSchema.optional(), lastWords: wordsSchema.optional() };

/** A chat as a line of an agent's list shows it, for whoever asks. */
export const chatLineSchema = z
  .object({
    /** What the caller is in it; `holder` answers for it. Absent: they are not in it. */
    role: z.enum(['holder', ...PARTICIPANT_ROLES]).optional(),
    /** Since when the customer waits for an answer of an agent; absent where the next word is theirs. */
    waitingSince: z.iso.datetime().optional(),
    /** Messages of the customer that nobody has answered and the caller has not seen; 60 at most. */
    unread: z.int(),
    ...wordsFields,
    /** The caller's paper work after the chat. */
    wrapUp: z.object({ segment: z.string(), since: z.iso.datetime(), until: z.iso.datetime() }).optional(),
  })
  .meta({ id: 'ChatLine' });

/** A skill that was asked for, and how good the agent is at it. */
export const skillMatchSchema = z.object({ name: z.string(), level: z.int(), minLevel: z.int().optional() });

export type CustomerView = z.infer<typeof customerViewSchema>;
export type ChatLine = z.infer<typeof chatLineSchema>;
export type WordsView = z.infer<typeof wordsSchema>;
export type SkillMatch = z.infer<typeof skillMatchSchema>;
