/** Configuration as files and as the body of `apply`: what an admin writes down. */
import { z } from 'zod';
import { cannedResponseDocumentSchema, labelDocumentSchema } from './desk-configuration-schema.ts';
import { retentionDocumentSchema } from './retention-schema.ts';
import { chatSettingsDocumentSchema, chatSettingsSchema } from './chat-settings-schema.ts';
import { CONFIGURATION_SOURCES } from './configuration-source.ts';
import { ON_AGENT_SILENCE } from './conversation-context.ts';
import { TIME_OF_DAY_PATTERN, WEEKDAYS } from './hours.ts';
import { inputProblemSchema } from './http-api-schema.ts';
import {
  durationSchema,
  nameSchema,
  opaqueIdSchema,
  scenarioReferenceSchema,
  timeZoneSchema,
  usernameSchema,
} from './identifiers-schema.ts';
import { pageProfileSchema } from './page-profile-schema.ts';
import { roleDocumentSchema, roleNameSchema } from './role-schema.ts';
import { caseStatusDocumentSchema, contactFieldDocumentSchema } from './people-configuration-schema.ts';
import {
  groupDocumentSchema,
  privilegeSchema,
  serviceRoutingFields,
  teamDocumentSchema,
} from './routing-configuration-schema.ts';
import {
  evaluationAssignmentDocumentSchema,
  evaluationFormDocumentSchema,
  surveyDocumentSchema,
} from './quality-configuration-schema.ts';
import { webhookDocumentSchema } from './webhook-configuration-schema.ts';
import { settingTextSchema } from './setting-text-schema.ts';

/** Shortest new password. Source: OWASP ASVS 5.0, 6.2: 8 at least, 15 recommended. */
const PASSWORD_MIN_LENGTH = 12;
export const MAX_SCENARIO_CHARACTERS = 1_000_000;

/** Text of a scenario file: the only truth of a scenario; its name is in it. */
export const scenarioSourceSchema = z.string().min(1).max(MAX_SCENARIO_CHARACTERS);
/** Who publishes. */
export const authorSchema = z.string().min(1).max(100);
/** What an author says of a publication. */
export const noteSchema = z.string().min(1).max(500);

/** A new password; how easily it is guessed is checked as well. */
export const passwordSchema = z.string().min(PASSWORD_MIN_LENGTH).max(256);
const secretSchema = z.string().min(1).max(4096);
const skillNamesSchema = z.array(nameSchema).max(200);

/** What a machine does with a part whose delivery status stays unknown: send it again, marked, or leave it. */
export const onUnknownSchema = z.enum(['resend', 'hold']);

const pictureUrlSchema = z.url({ protocol: /^https$/ }).max(2000);
/** Source: Messenger Platform, Personas: a name of at most 50 characters and a picture. */
export const personasSchema = z.strictObject({
  bot: z.strictObject({ name: z.string().min(1).max(50), pictureUrl: pictureUrlSchema }).optional(),
  agentPictureUrl: pictureUrlSchema.optional(),
});

export const accountDocumentSchema = z.strictObject({
  kind: z.literal('account'),
  name: nameSchema,
  pageId: opaqueIdSchema,
  /** Both stay as they are where absent; a new account needs them. */
  pageToken: secretSchema.optional(),
  appSecret: secretSchema.optional(),
  /** Stays as it is where absent; of a new account generated, and shown once. */
  verifyToken: secretSchema.optional(),
  pageUsername: z.string().min(1).max(100).optional(),
  onUnknown: onUnknownSchema.optional(),
  /** How long a reply in the Page Inbox silences scenario and agents; until the customer writes to us where absent. */
  inboxPause: z.union([z.literal('off'), durationSchema]).optional(),
  /** Faces that customers see instead of the Page's: one for the scenario, one picture for agents, each by their name. */
  personas: personasSchema.optional(),
  /** False: the app may not use the Human Agent tag, so that agents begin conversations within 24 hours only. */
  humanAgent: z.boolean().optional(),
  /** How long copies of customers' attachments are kept; 0: none are made. 90 where absent. */
  attachmentDays: z.int().min(0).max(3650).optional(),
  /** How its chats end and what customers are told, where entries say nothing else. */
  chat: chatSettingsSchema.optional(),
  /** What customers see of the Page; left as it is at Meta where absent. */
  profile: pageProfileSchema.optional(),
  /** False: takes no webhooks and sends nothing. Stays as it is where absent; a new account is enabled. */
  enabled: z.boolean().optional(),
});

const scenarioDocumentSchema = z.strictObject({
  kind: z.literal('scenario'),
  source: scenarioSourceSchema,
  note: noteSchema.optional(),
  /** Where the text came from, for messages only. */
  file: z.string().max(4096).optional(),
});

export const serviceDocumentSchema = z.strictObject({
  kind: z.literal('service'),
  name: nameSchema,
  skills: skillNamesSchema,
  /** Services of one group share their agents. */
  group: nameSchema.optional(),
  /** Name of the account for chats that the service begins. */
  account: nameSchema.optional(),
  /** Name of the hours that Business Hours goes by where neither block nor entry names any. */
  hours: nameSchema.optional(),
  /** Name of the survey that its customers are asked, where the block Survey names none. */
  survey: nameSchema.optional(),
  ...serviceRoutingFields,
});

const timeOfDaySchema = z
  .string()
  .regex(TIME_OF_DAY_PATTERN, { error: 'is not a time of day like 09:00; the end of the day is 00:00' });

const closedDaySchema = z.iso.date();
const closedPartSchema = z
  .strictObject({ date: closedDaySchema, from: timeOfDaySchema.optional(), to: timeOfDaySchema.optional() })
  .refine(({ from, to }) => from !== undefined || to !== undefined, { error: 'needs from or to, or the day alone' })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, { error: 'ends before it begins' });

export const hoursDocumentSchema = z.strictObject({
  kind: z.literal('hours'),
  name: nameSchema,
  /** IANA zone; the deployment's where absent. */
  timeZone: timeZoneSchema.optional(),
  /** A `to` that is not later than `from` lies on the day after. Empty: never open. */
  open: z
    .array(
      z.strictObject({ days: z.array(z.enum(WEEKDAYS)).min(1).max(7), from: timeOfDaySchema, to: timeOfDaySchema }),
    )
    .max(50),
  /** Days on which nothing opens, and parts of days that are closed, although `open` says otherwise. */
  closedOn: z
    .array(z.union([closedDaySchema, closedPartSchema], { error: 'is not a day like 2026-12-25, nor a part of one' }))
    .max(500)
    .optional(),
});

export const secretDocumentSchema = z.strictObject({
  kind: z.literal('secret'),
  name: nameSchema,
  /** Shown nowhere; scenarios and bots name it. Stays as it is where absent; a new secret needs it. */
  value: secretSchema.optional(),
});

export const botDocumentSchema = z.strictObject({
  kind: z.literal('bot'),
  name: nameSchema,
  /** Answers what customers say: docs/scenario-operations.md. */
  url: z.url({ protocol: /^https?$/, error: 'is not an address like https://bot.example.com/ask' }).max(2048),
  /** Name of the secret that is sent as the bearer's token. */
  token: nameSchema.optional(),
});

export const modelDocumentSchema = z.strictObject({
  kind: z.literal('model'),
  name: nameSchema,
  /** Base address of an OpenAI-compatible API; requests go to `chat/completions` under it. */
  url: z.url({ protocol: /^https?$/, error: 'is not an address like https://api.openai.com/v1' }).max(2048),
  /** What the other side calls the model. */
  model: z.string().min(1).max(200),
  /** Name of the secret that is sent as the bearer's token. */
  token: nameSchema.optional(),
});

export const entryDocumentSchema = z.strictObject({
  kind: z.literal('entry'),
  name: nameSchema,
  /** Name of the account whose customers come in here. */
  account: nameSchema,
  scenario: scenarioReferenceSchema,
  service: nameSchema,
  inactivityTimeout: durationSchema.optional(),
  /** How long an agent may leave a customer's message unanswered before the chat ends for them. */
  agentSilence: z.union([z.literal('off'), durationSchema]).optional(),
  /** What becomes of the customer then; `target-disconnected` where absent. */
  onAgentSilence: z.enum(ON_AGENT_SILENCE).optional(),
  inactivityWarning: settingTextSchema.optional(),
  inactivityClosing: settingTextSchema.optional(),
  /** Empty: none. */
  onError: settingTextSchema.optional(),
  /** Name of the hours that Business Hours goes by where a block names none. */
  hours: nameSchema.optional(),
  /** False: customers are not shown that an agent has seen what they wrote. They are where absent. */
  readReceipts: z.boolean().optional(),
  /** IANA zone that its scenario tells dates and times in, where that names none; the deployment's where absent. */
  timeZone: timeZoneSchema.optional(),
});

export const userDocumentSchema = z.strictObject({
  kind: z.literal('user'),
  username: usernameSchema,
  /** What customers and colleagues read; the user name where absent. */
  name: nameSchema.optional(),
  /** One that ships, or the name of a `role`. */
  role: roleNameSchema,
  skills: z.record(nameSchema, z.int().min(1).max(100)).default({}),
  /** Chats at a time. */
  slots: z.int().min(1).max(100).optional(),
  /** What this user may do beyond their role. */
  privileges: z.array(privilegeSchema).max(10).optional(),
  /** Stays as it is where absent; a new user needs one. */
  password: passwordSchema.optional(),
});

/** One document of a configuration file. */
export const configurationDocumentSchema = z.discriminatedUnion('kind', [
  accountDocumentSchema,
  scenarioDocumentSchema,
  serviceDocumentSchema,
  entryDocumentSchema,
  roleDocumentSchema,
  userDocumentSchema,
  hoursDocumentSchema,
  secretDocumentSchema,
  botDocumentSchema,
  modelDocumentSchema,
  contactFieldDocumentSchema,
  caseStatusDocumentSchema,
  groupDocumentSchema,
  teamDocumentSchema,
  cannedResponseDocumentSchema,
  labelDocumentSchema,
  webhookDocumentSchema,
  chatSettingsDocumentSchema,
  retentionDocumentSchema,
  evaluationFormDocumentSchema,
  evaluationAssignmentDocumentSchema,
  surveyDocumentSchema,
]);

export type AccountDocument = z.infer<typeof accountDocumentSchema>;
export type ScenarioSourceDocument = z.infer<typeof scenarioDocumentSchema>;
export type ServiceDocument = z.infer<typeof serviceDocumentSchema>;
export type EntryDocument = z.infer<typeof entryDocumentSchema>;
export type RoleDocument = z.infer<typeof roleDocumentSchema>;
export type UserDocument = z.infer<typeof userDocumentSchema>;
export type SecretDocument = z.infer<typeof secretDocumentSchema>;
export type HoursDocument = z.infer<typeof hoursDocumentSchema>;
export type ConfigurationDocument = z.infer<typeof configurationDocumentSchema>;

export const configurationKindSchema = z.enum(configurationDocumentSchema.options.map(({ shape }) => shape.kind.value));

/** An item as somebody saw it who is about to change it: its version, or null where there was none. */
const expectedItemSchema = z.strictObject({
  kind: configurationKindSchema,
  name: z.string().min(1).max(100),
  version: z.string().max(64).nullable(),
});

export const applyRequestSchema = z.strictObject({
  documents: z.array(configurationDocumentSchema).min(1).max(2000),
  /** What the documents come from. Whatever `files` name is shown as managed by files from then on. */
  source: z.enum(CONFIGURATION_SOURCES).default('files'),
  /** Refused where one of these is not as it says: somebody else has changed it meanwhile. */
  expected: z.array(expectedItemSchema).max(2000).optional(),
  /** True: says what would happen and changes nothing. */
  dryRun: z.boolean().default(false),
  /** In whose name scenarios are published; taken from callers with the deployment's token only. */
  author: authorSchema.optional(),
});

const applyOutcomeSchema = z.enum(['created', 'changed', 'unchanged']);

export const applyResponseSchema = z.object({
  dryRun: z.boolean(),
  revision: z.int(),
  /** In the order of the request's documents. */
  items: z.array(
    z.object({
      kind: configurationKindSchema,
      name: z.string(),
      outcome: applyOutcomeSchema,
      /** Scenarios only. */
      version: z.string().optional(),
      /** Scenarios only: what the checks warn of. */
      warnings: z.array(inputProblemSchema).optional(),
      /** Shown in the answer that creates it and never again. */
      verifyToken: z.string().optional(),
    }),
  ),
});

/** What is in force, as documents that `apply` takes: without secrets, which then stay as they are. */
export const configurationResponseSchema = z.object({
  revision: z.int(),
  documents: z.array(configurationDocumentSchema),
  /** Texts of versions that entries are pinned to and that are not in force. */
  pinnedScenarios: z.array(z.object({ name: z.string(), version: z.string(), source: z.string() })),
});

export type ExpectedItem = z.infer<typeof expectedItemSchema>;
export type ConfigurationResponse = z.infer<typeof configurationResponseSchema>;
export type ApplyOutcome = z.infer<typeof applyOutcomeSchema>;
export type ApplyResponse = z.infer<typeof applyResponseSchema>;
export type AppliedItem = ApplyResponse['items'][number];
