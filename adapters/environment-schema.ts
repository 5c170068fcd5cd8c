import path from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { timeZoneSchema } from '../contracts/identifiers-schema.ts';
import { isShipped, ROLES } from '../contracts/privileges.ts';
import { MAIL_SECURITIES } from './mail/mail-settings.ts';
import { readGroupRoles } from './oidc/oidc-settings.ts';
import { isPrivateHostEntry } from './private-hosts.ts';
import { PAYLOAD_CODECS } from './temporal/payload-codec-mode.ts';

/*
 * The one place that knows the names of environment variables. Processes call readConfig(process.env) once, at their
 * start, and pass the result on (`config.ts`). `.env.example` is compared with this schema by a test.
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
const loopback = /^http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(\/|$)/;
const oidcIssuer = httpUrl.refine((url) => url.startsWith('https:') || loopback.test(url));
const groupRoles = z.string().transform((text, context) => {
  const roles = readGroupRoles(text);
  if (!roles) context.addIssue({ code: 'custom' });
  return roles ?? [];
});
const shippedRoles = z
  .string()
  .transform((text) => text.split(',').map((entry) => entry.trim()))
  .refine((names) => names.every(isShipped))
  .transform((names) => names.filter(isShipped));
const logLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']);
const base64Key = z
  .base64()
  .transform((value) => Buffer.from(value, 'base64'))
  .refine((bytes) => bytes.length === ENCRYPTION_KEY_BYTES);

/** Every key with its default; the description completes the sentence "<KEY> must be ...". */
export const environmentSchema = z.object({
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
  ATTENDANT_HISTORY_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(36_500)
    .default(730)
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
  ATTENDANT_OIDC_ISSUER: oidcIssuer.optional().describe('the https address of an OpenID Connect provider'),
  ATTENDANT_OIDC_CLIENT_ID: z.string().optional().describe('the client id that the provider knows'),
  ATTENDANT_OIDC_CLIENT_SECRET: z.string().optional().describe("the client's secret"),
  ATTENDANT_OIDC_NAME: z.string().max(40).default('single sign-on').describe('up to 40 characters'),
  ATTENDANT_OIDC_SCOPE: z.string().default('openid profile email').describe('scopes, parted by spaces'),
  ATTENDANT_OIDC_USERNAME_CLAIM: z.string().default('preferred_username').describe('the name of a claim'),
  ATTENDANT_OIDC_GROUPS_CLAIM: z.string().default('groups').describe('the name of a claim'),
  ATTENDANT_OIDC_ROLES: groupRoles
    .default([])
    .describe(
      'a list like desk=agent;leads=supervisor;it=admin: groups of the provider and their role here, the last counts',
    ),
  ATTENDANT_LOCAL_LOG_IN: flag.default(true).describe('1, or 0 where everybody logs in at the provider'),
  ATTENDANT_SECOND_FACTOR_ROLES: shippedRoles
    .default([])
    .describe(
      `a list like admin,operator of roles that ship (${ROLES.join(', ')}); a role of your own says requireSecondFactor: true itself`,
    ),
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

export type Environment = z.output<typeof environmentSchema>;
export type KeyName = keyof Environment;
