/** Records: conversations found by what was said in them and what became of them. Times are ISO 8601 in UTC. */
import { z } from 'zod';
import { customerViewSchema } from './chat-view-schema.ts';
import { agentIdentitySchema } from './conversation-view-schema.ts';
import { listQuerySchema, listSchema } from './http-api-schema.ts';
import {
  nameSchema,
  opaqueIdSchema,
  scenarioNameSchema,
  usernameSchema,
  versionPrefixSchema,
} from './identifiers-schema.ts';
import { pageFilterSchema } from './page-filter-schema.ts';
import { contactSummarySchema } from './people-schema.ts';
import { RECORD_OUTCOMES } from './record-outcome.ts';

/** A moment in a query: ISO 8601, or milliseconds since 1970. */
const momentSchema = z.union([z.iso.datetime({ offset: true }), z.string().regex(/^\d{1,14}$/)]);

/** Scores from 0 to 100, the least and the most. */
const scoreRangeSchema = z
  .string()
  .regex(/^(\d{1,2}|100)-(\d{1,2}|100)$/, { error: 'is no range of scores like 0-49' })
  .refine((range) => Number(range.split('-')[0]) <= Number(range.split('-')[1]), { error: 'ends before it begins' });

/** What records are looked for by; each that is given has to be met. */
export const recordFilterSchema = z.strictObject({
  ...pageFilterSchema.shape,
  /** When they began; `to` is exclusive. */
  from: momentSchema.optional(),
  to: momentSchema.optional(),
  service: nameSchema.optional(),
  entry: nameSchema.optional(),
  /** Somebody who had the chat. */
  agent: usernameSchema.optional(),
  /** Chats that somebody of this team had. */
  team: nameSchema.optional(),
  /** Beginnings of the name, address or number of the person. */
  customer: z.string().min(1).max(200).optional(),
  /** Id of a contact. */
  contact: opaqueIdSchema.optional(),
  /** Words of the transcript, of notes and of wrap-ups: all of them have to be there. */
  words: z.string().min(1).max(200).optional(),
  disposition: nameSchema.optional(),
  /** `open`, `handled`, `abandoned`, `unassisted`, `unrouted`, or the reason of the end, as `exit` or `cancelled`. */
  ended: nameSchema.optional(),
  label: nameSchema.optional(),
  /** Number or id of a case. */
  case: opaqueIdSchema.optional(),
  scenario: scenarioNameSchema.optional(),
  version: versionPrefixSchema.optional(),
  /** Of what an agent had: whether somebody has finished an evaluation of a stretch of it. */
  evaluated: z.enum(['yes', 'no']).optional(),
  /** Of an evaluation, from and to, both included: `0-49`. */
  evaluationScore: scoreRangeSchema.optional(),
  /** What the customer gave it in a survey, likewise. */
  surveyScore: scoreRangeSchema.optional(),
});

export const recordQuerySchema = listQuerySchema.extend(recordFilterSchema.shape);

const recordSchema = z
  .object({
    id: z.string(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().optional(),
    pageId: z.string(),
    account: z.string().optional(),
    psid: z.string(),
    customer: customerViewSchema,
    contact: contactSummarySchema.optional(),
    service: z.string().optional(),
    entry: z.string().optional(),
    scenario: z.object({ name: z.string(), version: z.string() }).nullable(),
    /** Who had the chat, in their order. */
    agents: z.array(agentIdentitySchema),
    outcome: z.enum(RECORD_OUTCOMES),
    endReason: z.string().optional(),
    /** Of its wrap-ups, and of the scenario. */
    dispositions: z.array(z.string()),
    labels: z.array(z.string()),
    messages: z.int(),
    /** Of its finished evaluations, and what the customer gave it in a survey: 0 to 100. */
    evaluationScores: z.array(z.int()).optional(),
    surveyScore: z.int().optional(),
    /** From asking for an agent until one took it or it ended. */
    waitMs: z.int().optional(),
    /** From its beginning to its end. */
    lengthMs: z.int().optional(),
    /** The first message in which a word stands that was looked for. */
    excerpt: z
      .object({ text: z.string(), at: z.iso.datetime(), by: z.enum(['customer', 'scenario', 'agent', 'other-app']) })
      .optional(),
  })
  .meta({ id: 'Record' });

export const recordListSchema = listSchema(recordSchema).extend({
  /** On the first page only: how many there are, or that there are more than so many. */
  total: z.object({ count: z.int(), isMore: z.boolean() }).optional(),
});

/** What can be chosen to look by. */
export const recordChoicesSchema = z
  .object({
    accounts: z.array(z.string()),
    services: z.array(z.string()),
    entries: z.array(z.string()),
    agents: z.array(agentIdentitySchema),
    teams: z.array(z.string()),
    dispositions: z.array(z.string()),
    labels: z.array(z.string()),
    scenarios: z.array(z.string()),
  })
  .meta({ id: 'RecordChoices' });

export type RecordFilter = z.infer<typeof recordFilterSchema>;
export type RecordView = z.infer<typeof recordSchema>;
export type RecordChoices = z.infer<typeof recordChoicesSchema>;
