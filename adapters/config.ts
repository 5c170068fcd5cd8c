import path from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { timeZoneSchema } from '../contracts/identifiers-schema.ts';
import { findNearestName } from '../contracts/nearest-name.ts';
import { ConfigError } from './config-error.ts';
import { MAIL_SECURITIES, toMailSettings, type MailSettings } from './mail/mail-settings.ts';
import { isPrivateHostEntry } from './private-hosts.ts';
import { PAYLOAD_CODECS, type PayloadCodecMode } from './temporal/payload-codec-mode.ts';

/*
 * The one place that knows the names of environment variables. Processes call readConfig(process.env) once, at their
 * start, and pass the result on. `.env.example` is compared with this schema by a test.
 */

const ENCRYPTION_KEY_BYTES = 32;
const ADMIN_TOKEN_MIN_LENGTH = 32;

const port = z.coerce.number().int().min(0).max(65_535);
const flag = z.enum(['0', '1']).transform((value) => value === '1');
const folder = z.string().transform((value) => path.resolve(value));
const httpUrl = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''));
const byteCount = z.coerce.number().int().min(1);
const graphVersion = z.string().regex(/^v\d+\.\d+$/);
const adminToken = z.string().min(ADMIN_TOKEN_MIN_LENGTH);
const metricsToken = adminToken;
const mongodbUri = z.string().regex(/^mongodb(\+srv)?:\/\/./);
const hostAndPort = z.string().regex(/^[^/]+:\d+$/);
const privateHosts = z
  .string()
  .transform((value) => value.split(',').map((entry) => entry.trim()))
  .refine((entries) => entries.every(isPrivateHostEntry));
const trustedProxies = z
  .string()
  .transform((value) => value.split(',').map((entry) => entry.trim()))
  .refine((entries) => entries.every((entry) => ipaddr.isValid(entry) || ipaddr.isValidCIDR(entry)));
const mailSender = z.string().regex(/^([^<>\r\n]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/);
const logLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']);
const base64Key = z
  .base64()
  .transform((value) => Buffer.from(value, 'base64'))
  .refine((bytes) => bytes.length === ENCRYPTION_KEY_BYTES);

/** Every key with its default; the description completes the sentence "<KEY> must be ...". */
const environmentSchema = z.object({
  ATTENDANT_PORT: port.default(3000).describe('a port from 0 (any free one) to 65535'),
  ATTENDANT_HOST: z.string().default('127.0.0.1').describe('an address to listen on, for example 0.0.0.0'),
  ATTENDANT_DATA_DIR: folder.default(path.resolve('.attendant')).describe('a folder'),
  ATTENDANT_CACHE_DIR: folder.default(path.resolve('.attendant', 'cache')).describe('a folder'),
  ATTENDANT_GRAPH_URL: httpUrl.default('https://graph.facebook.com').describe('an http or https URL'),
  ATTENDANT_GRAPH_VERSION: graphVersion.default('v26.0').describe('a Graph API version like v26.0'),
  ATTENDANT_ADMIN_TOKEN: adminToken.optional().describe('at least 32 characters; make it with: openssl rand -hex 32'),
  ATTENDANT_ENCRYPTION_KEY: base64Key
    .optional()
    .describe('32 bytes in base64; make them with: openssl rand -base64 32'),
  ATTENDANT_ENCRYPTION_KEY_PREVIOUS: base64Key
    .optional()
    .describe('32 bytes in base64: another key that is read, too, while keys change'),
  ATTENDANT_DEMO: flag.default(true).describe('1 (npm start seeds demo data) or 0'),
  ATTENDANT_EMBEDDED: flag.default(false).describe('1 or 0; npm start sets it for its processes'),
  ATTENDANT_PAYLOAD_CODEC: z.enum(PAYLOAD_CODECS).optional().describe('required, on or off'),
  ATTENDANT_BODY_LIMIT_BYTES: byteCount.default(8 * 1024 * 1024).describe('a number of bytes above 0'),
  ATTENDANT_PRIVATE_HOSTS: privateHosts
    .default([])
    .describe('a list like files.intranet:8080,10.1.0.0/16: hosts, with a port or not, addresses or blocks'),
  ATTENDANT_TRUSTED_PROXIES: trustedProxies
    .default([])
    .describe('a list like 127.0.0.1,10.0.0.0/8: addresses or blocks of reverse proxies'),
  ATTENDANT_METRICS_TOKEN: metricsToken
    .optional()
    .describe('at least 32 characters; make it with: openssl rand -hex 32'),
  ATTENDANT_ALERT_WEBHOOK: httpUrl.optional().describe('an http or https URL that takes alerts as JSON'),
  ATTENDANT_ATTACHMENT_QUOTA_MB: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(250)
    .describe('a number of megabytes, 1 or more'),
  ATTENDANT_AUDIT_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(36_500)
    .default(365)
    .describe('a number of days from 1 to 36500'),
  ATTENDANT_TIME_ZONE: timeZoneSchema.default('UTC').describe('an IANA time zone like Europe/Berlin'),
  ATTENDANT_PUBLIC_URL: httpUrl.optional().describe('an http or https URL, as the world reaches the api'),
  ATTENDANT_FILES_DIR: folder.optional().describe('a folder'),
  ATTENDANT_FILES_BUCKET_URL: httpUrl.optional().describe('an http or https URL of endpoint and bucket'),
  ATTENDANT_FILES_BUCKET_REGION: z.string().default('us-east-1').describe('a region'),
  ATTENDANT_FILES_BUCKET_KEY_ID: z.string().default('').describe('an access key id'),
  ATTENDANT_FILES_BUCKET_SECRET: z.string().default('').describe('a secret access key'),
  ATTENDANT_SMTP_HOST: z.string().optional().describe('the host of a mail server'),
  ATTENDANT_SMTP_PORT: z.coerce.number().int().min(1).max(65_535).optional().describe('a port from 1 to 65535'),
  ATTENDANT_SMTP_SECURITY: z.enum(MAIL_SECURITIES).default('starttls').describe('starttls, tls or none'),
  ATTENDANT_SMTP_USER: z.string().optional().describe('a user name'),
  ATTENDANT_SMTP_PASSWORD: z.string().default('').describe('a password'),
  ATTENDANT_SMTP_FROM: mailSender
    .optional()
    .describe('an address like service@example.com or Shop <service@example.com>'),
  ATTENDANT_WORKER_METRICS_PORT: port.default(0).describe('a port, or 0 for none'),
  ATTENDANT_WORKFLOW_BUNDLE: folder.optional().describe('the path of a bundle made by npm run build'),
  ATTENDANT_SIMULATOR_PORT: port.default(0).describe('a port from 0 (any free one) to 65535'),
  ATTENDANT_SIMULATOR_URL: httpUrl.optional().describe('an http or https URL; npm start sets it'),
  ATTENDANT_TEST_MONGOD: z.string().optional().describe('the path of a mongod, for tests of replica sets'),
  MONGODB_URI: mongodbUri.optional().describe('a connection string like mongodb://host:27017/attendant'),
  TEMPORAL_ADDRESS: hostAndPort.default('127.0.0.1:7233').describe('host:port, for example localhost:7233'),
  TEMPORAL_NAMESPACE: z.string().default('default').describe('a namespace'),
  LOG_LEVEL: logLevel.default('info').describe('trace, debug, info, warn, error, fatal or silent'),
});

type Environment = z.output<typeof environmentSchema>;
type KeyName = keyof Environment;

/** The environment as the rest of the code sees it. Folders are absolute, URLs have no slash at their end. */
export interface Config {
  port: number;
  host: string;
  dataDir: string;
  cacheDir: string;
  graphUrl: string;
  graphVersion: string;
  adminToken: string | undefined;
  /** 32 bytes. */
  encryptionKey: Buffer;
  /** Opens what it sealed; seals nothing. */
  previousEncryptionKey: Buffer | undefined;
  hasDemo: boolean;
  isEmbedded: boolean;
  /** Whether Temporal payloads are encrypted; `on` by default outside embedded mode. */
  payloadCodec: PayloadCodecMode;
  bodyLimitBytes: number;
  /** What scenarios and attachments may be fetched from although it is private, over plain http as well. */
  privateHosts: readonly string[];
  /** Addresses and blocks of proxies, whose word is taken for a caller's address and protocol. */
  trustedProxies: readonly string[];
  /** Asked for by the api's `/metrics`; open where absent. */
  metricsToken: string | undefined;
  /** Told of what an admin has to repair. */
  alertWebhook: string | undefined;
  /** How much is copied of one customer's attachments in a day. */
  attachmentQuotaMb: number;
  /** How long the audit is kept. */
  auditDays: number;
  /** IANA zone of hours that name none. */
  timeZone: string;
  /** How the world reaches the api. */
  publicUrl: string | undefined;
  /** Where copies of attachments lie; a folder that api and worker share. */
  filesDir: string;
  /** A bucket instead of the folder. */
  s3: { bucketUrl: string; region: string; accessKeyId: string; secretAccessKey: string } | undefined;
  /** The mail server that scenarios send by. */
  mail: MailSettings | undefined;
  /** 0: the worker opens no metrics port. */
  workerMetricsPort: number;
  workflowBundle: string | undefined;
  /** Where `npm start` runs the simulator; 0 takes a free port. */
  simulatorPort: number;
  simulatorUrl: string | undefined;
  mongodbUri: string;
  temporalAddress: string;
  temporalNamespace: string;
  /** Every TEMPORAL_* variable (TLS, API key, profile), for `overrideEnvVars` of @temporalio/envconfig. */
  temporalEnv: Record<string, string>;
  logLevel: Environment['LOG_LEVEL'];
}

/** What `npm start` knows before it has servers and a key. */
export interface StackConfig extends Omit<Config, 'mongodbUri' | 'encryptionKey'> {
  mongodbUri: string | undefined;
  encryptionKey: Buffer | undefined;
}

/** The names of all keys, for documents and tests. */
export const configKeys: readonly KeyName[] = environmentSchema.keyof().options;

/**
 * Reads the configuration of the api and the worker. An empty value counts as none.
 * @throws ConfigError with all problems at once
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = withoutEmpty(env);
  const missing = (['MONGODB_URI', 'ATTENDANT_ENCRYPTION_KEY'] as const).filter((name) => given[name] === undefined);
  const environment = parse(
    given,
    missing.map((name) => `${name} is missing: set it to ${describe(name)}`),
  );
  const { MONGODB_URI, ATTENDANT_ENCRYPTION_KEY } = environment;
  if (MONGODB_URI === undefined || ATTENDANT_ENCRYPTION_KEY === undefined) throw new ConfigError(missing);
  return {
    ...toStackConfig(environment, given),
    mongodbUri: MONGODB_URI,
    encryptionKey: ATTENDANT_ENCRYPTION_KEY,
  };
}

/**
 * Reads the configuration of `npm start`, which makes the servers and the secrets that are not given.
 * @throws ConfigError with all problems at once
 */
export function readStackConfig(env: NodeJS.ProcessEnv): StackConfig {
  const given = withoutEmpty(env);
  return toStackConfig(parse(given, []), given);
}

/** Adds what is wrong with single keys to `problems` and throws them all. */
function parse(given: NodeJS.ProcessEnv, problems: readonly string[]): Environment {
  const result = environmentSchema.safeParse(given);
  const issues = result.error?.issues ?? [];
  const wrongKeys = configKeys.filter((name) => issues.some((issue) => issue.path[0] === name));
  const all = [
    ...problems,
    ...(given['ATTENDANT_SMTP_HOST'] !== undefined && given['ATTENDANT_SMTP_FROM'] === undefined
      ? [`ATTENDANT_SMTP_FROM is missing beside ATTENDANT_SMTP_HOST: set it to ${describe('ATTENDANT_SMTP_FROM')}`]
      : []),
    ...wrongKeys.map((name) => `${name} must be ${describe(name)}`),
    ...Object.keys(given).filter(isUnknownKey).map(describeUnknownKey),
  ];
  if (!result.success || all.length > 0) throw new ConfigError(all);
  return result.data;
}

function toStackConfig(environment: Environment, given: NodeJS.ProcessEnv): StackConfig {
  const isEmbedded = environment.ATTENDANT_EMBEDDED;
  return {
    port: environment.ATTENDANT_PORT,
    host: environment.ATTENDANT_HOST,
    dataDir: environment.ATTENDANT_DATA_DIR,
    cacheDir: environment.ATTENDANT_CACHE_DIR,
    graphUrl: environment.ATTENDANT_GRAPH_URL,
    graphVersion: environment.ATTENDANT_GRAPH_VERSION,
    adminToken: environment.ATTENDANT_ADMIN_TOKEN,
    encryptionKey: environment.ATTENDANT_ENCRYPTION_KEY,
    previousEncryptionKey: environment.ATTENDANT_ENCRYPTION_KEY_PREVIOUS,
    hasDemo: environment.ATTENDANT_DEMO,
    isEmbedded,
    payloadCodec: environment.ATTENDANT_PAYLOAD_CODEC ?? (isEmbedded ? 'off' : 'on'),
    bodyLimitBytes: environment.ATTENDANT_BODY_LIMIT_BYTES,
    privateHosts: environment.ATTENDANT_PRIVATE_HOSTS,
    trustedProxies: environment.ATTENDANT_TRUSTED_PROXIES,
    metricsToken: environment.ATTENDANT_METRICS_TOKEN,
    alertWebhook: environment.ATTENDANT_ALERT_WEBHOOK,
    attachmentQuotaMb: environment.ATTENDANT_ATTACHMENT_QUOTA_MB,
    auditDays: environment.ATTENDANT_AUDIT_DAYS,
    timeZone: environment.ATTENDANT_TIME_ZONE,
    publicUrl: environment.ATTENDANT_PUBLIC_URL,
    filesDir: environment.ATTENDANT_FILES_DIR ?? path.join(environment.ATTENDANT_DATA_DIR, 'files'),
    s3: s3Of(environment),
    mail: toMailSettings({
      host: environment.ATTENDANT_SMTP_HOST,
      port: environment.ATTENDANT_SMTP_PORT,
      security: environment.ATTENDANT_SMTP_SECURITY,
      user: environment.ATTENDANT_SMTP_USER,
      password: environment.ATTENDANT_SMTP_PASSWORD,
      from: environment.ATTENDANT_SMTP_FROM,
    }),
    workerMetricsPort: environment.ATTENDANT_WORKER_METRICS_PORT,
    workflowBundle: environment.ATTENDANT_WORKFLOW_BUNDLE,
    simulatorPort: environment.ATTENDANT_SIMULATOR_PORT,
    simulatorUrl: environment.ATTENDANT_SIMULATOR_URL,
    mongodbUri: environment.MONGODB_URI,
    temporalAddress: environment.TEMPORAL_ADDRESS,
    temporalNamespace: environment.TEMPORAL_NAMESPACE,
    temporalEnv: pickTemporalEnv(given, isEmbedded),
    logLevel: environment.LOG_LEVEL,
  };
}

function s3Of(environment: Environment): Config['s3'] {
  const { ATTENDANT_FILES_BUCKET_URL: bucketUrl, ATTENDANT_FILES_BUCKET_REGION: region } = environment;
  if (bucketUrl === undefined) return undefined;
  const { ATTENDANT_FILES_BUCKET_KEY_ID: accessKeyId, ATTENDANT_FILES_BUCKET_SECRET: secretAccessKey } = environment;
  return { bucketUrl, region, accessKeyId, secretAccessKey };
}

/** HOME and XDG_CONFIG_HOME lead envconfig to the user's profile file, which an embedded server has no use for. */
function pickTemporalEnv(given: NodeJS.ProcessEnv, isEmbedded: boolean): Record<string, string> {
  const wanted = isEmbedded ? /^TEMPORAL_/ : /^TEMPORAL_|^HOME$|^XDG_CONFIG_HOME$/;
  const entries = Object.entries(given).filter((entry): entry is [string, string] => wanted.test(entry[0]));
  return Object.fromEntries(entries);
}

function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

const describe = (name: KeyName): string => environmentSchema.shape[name].description ?? 'different';

const isUnknownKey = (name: string): boolean =>
  name.startsWith('ATTENDANT_') && !configKeys.some((known) => known === name);

function describeUnknownKey(name: string): string {
  const nearest = findNearestName(name, configKeys);
  const remedy = nearest === undefined ? 'remove it; .env.example lists every key' : `did you mean ${nearest}?`;
  return `${name} is not a key: ${remedy}`;
}
