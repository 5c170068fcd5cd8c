/** Configuration as files and as the body of `apply`: what an admin writes down. */
import { z } from 'zod';
import { inputProblemSchema } from './http-api-schema.ts';
import {
  durationSchema,
  nameSchema,
  opaqueIdSchema,
  scenarioReferenceSchema,
  usernameSchema,
} from './identifiers-schema.ts';

/** Shortest password that `apply` takes. */
const PASSWORD_MIN_LENGTH = 8;
export const MAX_SCENARIO_CHARACTERS = 1_000_000;

/** Text of a scenario file: the only truth of a scenario; its name is in it. */
export const scenarioSourceSchema = z.string().min(1).max(MAX_SCENARIO_CHARACTERS);
/** Who publishes. */
export const authorSchema = z.string().min(1).max(100);
/** What an author says of a publication. */
export const noteSchema = z.string().min(1).max(500);

const secretSchema = z.string().min(1).max(4096);
const customerTextSchema = z.string().min(1).max(2000);
const skillNamesSchema = z.array(nameSchema).max(200);

/** Who a person is to the API. */
const ROLES = ['agent', 'supervisor', 'admin'] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

/** What a machine does with a part whose fate stays unknown: send it again, marked, or leave it. */
export const onUnknownSchema = z.enum(['resend', 'hold']);

const pictureUrlSchema = z.url({ protocol: /^https$/ }).max(2000);
/** Source: Messenger Platform, Personas: a name of at most 50 characters and a picture. */
export const personasSchema = z.strictObject({
  bot: z.strictObject({ name: z.string().min(1).max(50), pictureUrl: pictureUrlSchema }).optional(),
  agentPictureUrl: pictureUrlSchema.optional(),
});

const accountDocumentSchema = z.strictObject({
  kind: z.literal('account'),
  name: nameSchema,
  pageId: opaqueIdSchema,
  pageToken: secretSchema,
  appSecret: secretSchema,
  /** Generated, and shown once, where absent. */
  verifyToken: secretSchema.optional(),
  pageUsername: z.string().min(1).max(100).optional(),
  onUnknown: onUnknownSchema.optional(),
  /** Faces that customers see instead of the Page's: one for the scenario, one picture for agents, each by his name. */
  personas: personasSchema.optional(),
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

const serviceDocumentSchema = z.strictObject({
  kind: z.literal('service'),
  name: nameSchema,
  skills: skillNamesSchema,
  /** Services of one group share their agents. */
  group: nameSchema.optional(),
  /** Name of the account for chats that the service begins. */
  account: nameSchema.optional(),
});

const entryDocumentSchema = z.strictObject({
  kind: z.literal('entry'),
  name: nameSchema,
  /** Name of the account whose customers come in here. */
  account: nameSchema,
  scenario: scenarioReferenceSchema,
  service: nameSchema,
  inactivityTimeout: durationSchema.optional(),
  inactivityWarning: z.string().max(2000).optional(),
  inactivityClosing: z.string().max(2000).optional(),
  onError: customerTextSchema.optional(),
});

const userDocumentSchema = z.strictObject({
  kind: z.literal('user'),
  username: usernameSchema,
  /** What customers and colleagues read; the user name where absent. */
  name: nameSchema.optional(),
  role: roleSchema,
  skills: z.record(nameSchema, z.int().min(1).max(100)).default({}),
  /** Chats at a time. */
  slots: z.int().min(1).max(100).optional(),
  password: z.string().min(PASSWORD_MIN_LENGTH).max(256),
});

/** One document of a configuration file. */
export const configurationDocumentSchema = z.discriminatedUnion('kind', [
  accountDocumentSchema,
  scenarioDocumentSchema,
  serviceDocumentSchema,
  entryDocumentSchema,
  userDocumentSchema,
]);

export type AccountDocument = z.infer<typeof accountDocumentSchema>;
export type ScenarioSourceDocument = z.infer<typeof scenarioDocumentSchema>;
export type ServiceDocument = z.infer<typeof serviceDocumentSchema>;
export type EntryDocument = z.infer<typeof entryDocumentSchema>;
export type UserDocument = z.infer<typeof userDocumentSchema>;
export type ConfigurationDocument = z.infer<typeof configurationDocumentSchema>;

export const applyRequestSchema = z.strictObject({
  documents: z.array(configurationDocumentSchema).min(1).max(2000),
  /** True: says what would happen and changes nothing. */
  dryRun: z.boolean().default(false),
  /** In whose name scenarios are published; taken from callers with the deployment's token only. */
  author: authorSchema.optional(),
});

const applyOutcomeSchema = z.enum(['created', 'changed', 'unchanged']);

export const applyAnswerSchema = z.object({
  dryRun: z.boolean(),
  revision: z.int(),
  /** In the order of the request's documents. */
  items: z.array(
    z.object({
      kind: z.enum(['account', 'scenario', 'service', 'entry', 'user']),
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

export type ApplyOutcome = z.infer<typeof applyOutcomeSchema>;
export type ApplyAnswer = z.infer<typeof applyAnswerSchema>;
export type AppliedItem = ApplyAnswer['items'][number];
