import path from 'node:path';
import type { Role } from '../contracts/privileges.ts';
import { findNearestName } from '../contracts/nearest-name.ts';
import { ConfigError } from './config-error.ts';
import { environmentSchema, type Environment, type KeyName } from './environment-schema.ts';
import { toMailSettings, type MailSettings } from './mail/mail-settings.ts';
import { toOidcSettings, type OidcSettings } from './oidc/oidc-settings.ts';
import { pickTemporalEnv, withoutEmpty } from './environment.ts';
import type { PayloadCodecMode } from './temporal/payload-codec-mode.ts';

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
  /** How long the event histories of conversations and agents are kept. */
  historyDays: number;
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
  /** Where people log in beside, or instead of, here. */
  oidc: OidcSettings | undefined;
  /** Whether user name and password let anybody in. */
  hasLocalLogIn: boolean;
  /** Which of the roles that ship require a second factor. */
  secondFactorRoles: readonly Role[];
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
    ...missingBeside(given),
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
    historyDays: environment.ATTENDANT_HISTORY_DAYS,
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
    oidc: toOidcSettings({
      issuer: environment.ATTENDANT_OIDC_ISSUER,
      clientId: environment.ATTENDANT_OIDC_CLIENT_ID,
      clientSecret: environment.ATTENDANT_OIDC_CLIENT_SECRET ?? '',
      publicUrl: environment.ATTENDANT_PUBLIC_URL,
      name: environment.ATTENDANT_OIDC_NAME,
      scope: environment.ATTENDANT_OIDC_SCOPE,
      usernameClaim: environment.ATTENDANT_OIDC_USERNAME_CLAIM,
      groupsClaim: environment.ATTENDANT_OIDC_GROUPS_CLAIM,
      roles: environment.ATTENDANT_OIDC_ROLES,
    }),
    hasLocalLogIn: environment.ATTENDANT_LOCAL_LOG_IN,
    secondFactorRoles: environment.ATTENDANT_SECOND_FACTOR_ROLES,
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

/** Keys that make no sense without others. */
const NEEDED_BESIDE: Partial<Record<KeyName, readonly KeyName[]>> = {
  ATTENDANT_SMTP_HOST: ['ATTENDANT_SMTP_FROM'],
  ATTENDANT_OIDC_ISSUER: ['ATTENDANT_OIDC_CLIENT_ID', 'ATTENDANT_OIDC_CLIENT_SECRET', 'ATTENDANT_PUBLIC_URL'],
};

function missingBeside(given: NodeJS.ProcessEnv): string[] {
  const missing = Object.entries(NEEDED_BESIDE).flatMap(([name, others]) =>
    given[name] === undefined
      ? []
      : others
          .filter((other) => given[other] === undefined)
          .map((other) => `${other} is missing beside ${name}: set it to ${describe(other)}`),
  );
  if (given['ATTENDANT_LOCAL_LOG_IN'] !== '0' || given['ATTENDANT_OIDC_ISSUER'] !== undefined) return missing;
  return [...missing, 'ATTENDANT_LOCAL_LOG_IN is 0 without ATTENDANT_OIDC_ISSUER: nobody could log in'];
}

const describe = (name: KeyName): string => environmentSchema.shape[name].description ?? 'different';

const isUnknownKey = (name: string): boolean =>
  name.startsWith('ATTENDANT_') && !configKeys.some((known) => known === name);

function describeUnknownKey(name: string): string {
  const nearest = findNearestName(name, configKeys);
  const remedy = nearest === undefined ? 'remove it; .env.example lists every key' : `did you mean ${nearest}?`;
  return `${name} is not a key: ${remedy}`;
}
