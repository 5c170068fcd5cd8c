/** What an admin writes down of routing: groups, teams, and what services say of it. */
import { z } from 'zod';
import { durationSchema, nameSchema, usernameSchema } from './identifiers-schema.ts';
import { serviceSuggestionsSchema } from './suggestion-schema.ts';
import { AGENT_CHOICES } from './routing.ts';

/** Privileges that a role does not have of itself. */
const PRIVILEGES = ['pick'] as const;
/** `pick`: takes a conversation out of the queue by hand. Supervisors and admins have it anyway. */
export const privilegeSchema = z.enum(PRIVILEGES);
export type Privilege = z.infer<typeof privilegeSchema>;

const isEachOnce = (names: readonly string[]): boolean => new Set(names).size === names.length;
const eachOnce = { error: 'names one twice' };

const percentSchema = z.int().min(1).max(100);

const dispositionSchema = z.strictObject({
  name: nameSchema,
  /** Where it stands in the list that agents choose from. */
  folder: nameSchema.optional(),
  /** True: agents do not choose it any more; what was chosen stays. */
  hidden: z.boolean().optional(),
});

/** Fields of a service that say how its chats are routed and what follows them. */
export const serviceRoutingFields = {
  /** Percent of an agent that a chat takes; the part of one of their slots where absent. */
  load: percentSchema.optional(),
  /** Who waits so long is looked for among the agents of another service. */
  overflow: z
    .array(z.strictObject({ after: durationSchema, service: nameSchema }))
    .max(10)
    .optional(),
  /** Time that an agent has for the paper work of a chat that has ended; the slot stays taken. */
  wrapUp: z
    .strictObject({
      timeout: durationSchema,
      /** True: it is done only with a disposition. */
      required: z.boolean().optional(),
      /** How much longer an agent gets who asks for it, three times at most; absent: no longer. */
      extend: durationSchema.optional(),
    })
    .optional(),
  /** So many percent of the customers who ask for an agent are to have one within so long; 80 within 60s where absent. */
  serviceLevel: z.strictObject({ percent: percentSchema, within: durationSchema }).optional(),
  dispositions: z
    .array(dispositionSchema)
    .max(500)
    .refine((all) => isEachOnce(all.map(({ name }) => name)), eachOnce)
    .optional(),
  /** Answers that a bot or a model suggests to agents; none where absent. */
  suggestions: serviceSuggestionsSchema.optional(),
};

const breakSchema = z.strictObject({
  name: nameSchema,
  /** The agent is ready again by themselves then. */
  returnAfter: durationSchema.optional(),
  /** The agent is logged out then. */
  logOutAfter: durationSchema.optional(),
});

export const groupDocumentSchema = z.strictObject({
  kind: z.literal('group'),
  /** Of services that name it; `default` is that of the others. */
  name: nameSchema,
  /** Who of several free agents is taken; `longest-idle` where absent. */
  choice: z.enum(AGENT_CHOICES).optional(),
  /** Whoever waits gains one step of priority in each such time. */
  ageing: durationSchema.optional(),
  /** How long an agent who has a chat is left alone after each that they are given. */
  rampUp: durationSchema.optional(),
  /** How many may wait; who comes beyond takes Queue Limit. */
  queueLimit: z.int().min(1).max(8000).optional(),
  /** Reasons of Not Ready; where there are none agents write their own. */
  breaks: z
    .array(breakSchema)
    .max(100)
    .refine((all) => isEachOnce(all.map(({ name }) => name)), eachOnce)
    .optional(),
  /** True: Not Ready needs a reason. */
  breakRequired: z.boolean().optional(),
});

export const teamDocumentSchema = z.strictObject({
  kind: z.literal('team'),
  name: nameSchema,
  members: z.array(usernameSchema).max(2000).refine(isEachOnce, eachOnce),
  /** Who may see the members' chats and states. A supervisor whom no team names sees all. */
  supervisors: z.array(usernameSchema).max(200).refine(isEachOnce, eachOnce).default([]),
  /** Services that the team serves: each member has their skills, at this level at least. */
  services: z
    .array(z.strictObject({ service: nameSchema, level: percentSchema.default(50) }))
    .max(200)
    .default([]),
});

export type GroupDocument = z.infer<typeof groupDocumentSchema>;
export type TeamDocument = z.infer<typeof teamDocumentSchema>;

const millisecondsSchema = z.int();

/** What a service's view says of routing. */
export const serviceRoutingViewFields = {
  suggestions: serviceSuggestionsSchema.optional(),
  load: z.int().optional(),
  overflow: z.array(z.object({ afterMs: millisecondsSchema, service: z.string() })).optional(),
  wrapUp: z
    .object({
      timeoutMs: millisecondsSchema,
      required: z.boolean().optional(),
      extendMs: millisecondsSchema.optional(),
    })
    .optional(),
  dispositions: z
    .array(z.object({ name: z.string(), folder: z.string().optional(), hidden: z.boolean().optional() }))
    .optional(),
};

export const groupViewSchema = z
  .object({
    name: z.string(),
    choice: z.enum(AGENT_CHOICES).optional(),
    ageingMs: millisecondsSchema.optional(),
    rampUpMs: millisecondsSchema.optional(),
    queueLimit: z.int().optional(),
    breaks: z
      .array(
        z.object({
          name: z.string(),
          returnAfterMs: millisecondsSchema.optional(),
          logOutAfterMs: millisecondsSchema.optional(),
        }),
      )
      .optional(),
    breakRequired: z.boolean().optional(),
  })
  .meta({ id: 'Group' });

export const teamViewSchema = z
  .object({
    name: z.string(),
    members: z.array(z.string()),
    supervisors: z.array(z.string()),
    services: z.array(z.object({ service: z.string(), level: z.int() })),
  })
  .meta({ id: 'Team' });
