/** Configuration as the API shows it: no secret is in any of these. */
import { z } from 'zod';
import { chatSettingsSchema } from './chat-settings-schema.ts';
import { onUnknownSchema, personasSchema } from './configuration-schema.ts';
import { ON_AGENT_SILENCE } from './conversation-context.ts';
import { pageProfileSchema } from './page-profile-schema.ts';
import { roleNameSchema } from './role-schema.ts';
import { privilegeSchema, serviceRoutingViewFields } from './routing-configuration-schema.ts';
import { settingTextViewSchema } from './setting-text-schema.ts';

export const accountViewSchema = z
  .object({
    name: z.string(),
    pageId: z.string(),
    pageUsername: z.string().optional(),
    onUnknown: onUnknownSchema,
    inboxPause: z.string().optional(),
    personas: personasSchema.optional(),
    humanAgent: z.boolean().optional(),
    attachmentDays: z.int().optional(),
    chat: chatSettingsSchema.optional(),
    profile: pageProfileSchema.optional(),
    enabled: z.boolean().default(true),
  })
  .meta({ id: 'Account' });

export const serviceViewSchema = z
  .object({
    name: z.string(),
    skills: z.array(z.string()),
    group: z.string(),
    account: z.string().optional(),
    hours: z.string().optional(),
    survey: z.string().optional(),
    ...serviceRoutingViewFields,
  })
  .meta({ id: 'Service' });

export const entryViewSchema = z
  .object({
    name: z.string(),
    account: z.string(),
    scenario: z.string(),
    service: z.string(),
    inactivityTimeoutMs: z.int().optional(),
    /** Null: switched off. */
    agentSilenceMs: z.int().nullable().optional(),
    onAgentSilence: z.enum(ON_AGENT_SILENCE).optional(),
    inactivityWarning: settingTextViewSchema.optional(),
    inactivityClosing: settingTextViewSchema.optional(),
    onError: settingTextViewSchema.optional(),
    readReceipts: z.boolean().optional(),
    hours: z.string().optional(),
    timeZone: z.string().optional(),
  })
  .meta({ id: 'Entry' });

export const userViewSchema = z
  .object({
    /** Never used again, also when another user gets the name. */
    id: z.string(),
    username: z.string(),
    name: z.string(),
    role: roleNameSchema,
    skills: z.record(z.string(), z.int()),
    slots: z.int(),
    privileges: z.array(privilegeSchema).optional(),
  })
  .meta({ id: 'User' });

/** A user as the list of all of them has it. */
export const listedUserViewSchema = userViewSchema
  .extend({
    /** Theirs is in force: a password alone does not log them in. */
    hasSecondFactor: z.boolean(),
  })
  .meta({ id: 'ListedUser' });

export const hoursViewSchema = z
  .object({
    name: z.string(),
    timeZone: z.string().optional(),
    /** Days from 1 (Monday) to 7. */
    open: z.array(z.object({ days: z.array(z.int()), from: z.string(), to: z.string() })),
    closedOn: z.array(
      z.union([z.string(), z.object({ date: z.string(), from: z.string().optional(), to: z.string().optional() })]),
    ),
  })
  .meta({ id: 'Hours' });

/** That there is one: its value is shown nowhere. */
export const secretViewSchema = z.object({ name: z.string() }).meta({ id: 'Secret' });

export const botViewSchema = z
  .object({ name: z.string(), url: z.string(), token: z.string().optional() })
  .meta({ id: 'Bot' });

export const modelViewSchema = z
  .object({ name: z.string(), url: z.string(), model: z.string(), token: z.string().optional() })
  .meta({ id: 'Model' });

export const contactFieldViewSchema = z
  .object({ name: z.string(), title: z.string().optional() })
  .meta({ id: 'ContactField' });

export const caseStatusViewSchema = z
  .object({ name: z.string(), isClosed: z.boolean(), position: z.int() })
  .meta({ id: 'CaseStatus' });

export const scenarioViewSchema = z
  .object({
    name: z.string(),
    /** sha256 of the published source, in hex. */
    version: z.string(),
    publishedAt: z.iso.datetime(),
    author: z.string().nullable(),
    note: z.string().nullable(),
    /** The part of the new conversations that another version has; null: none has. */
    canary: z.object({ version: z.string(), percent: z.int() }).nullable(),
  })
  .meta({ id: 'Scenario' });

export type ScenarioView = z.infer<typeof scenarioViewSchema>;

export const webhookViewSchema = z
  .object({
    name: z.string(),
    url: z.string(),
    secret: z.string(),
    events: z.array(z.string()).optional(),
    services: z.array(z.string()).optional(),
  })
  .meta({ id: 'Webhook' });
