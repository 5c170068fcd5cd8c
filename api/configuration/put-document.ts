import { randomBytes, randomUUID } from 'node:crypto';
import type { ConfigurationStore } from '../../adapters/mongo/configuration/configuration-store.ts';
import type {
  AccountDocument,
  ConfigurationDocument,
  EntryDocument,
  HoursDocument,
  RoleDocument,
  ScenarioSourceDocument,
  SecretDocument,
  UserDocument,
} from '../../contracts/configuration-schema.ts';
import { toOpeningTimes } from '../../contracts/hours.ts';
import { rolePrivilegeSchema } from '../../contracts/role-schema.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { listUnwritable } from '../../contracts/unwritable-character.ts';
import { hashSource } from '../../adapters/hash-source.ts';
import { nextHead } from '../scenarios/put-in-force.ts';
import { findPasswordProblem } from '../session/password-rules.ts';
import type { ScenarioChecks } from '../scenarios/scenario-checks.ts';
import type { Passwords } from '../session/passwords.ts';
import { isPlain, putPlain } from './put-plain.ts';
import { putGroup, putService, putTeam } from './put-routing.ts';
import { readDuration } from './read-duration.ts';
import { findOrigin, type ProposedConfiguration, type Origin } from './proposed-configuration.ts';

const DEFAULT_SLOTS = 1;
const PINNED = /^(.+)@([0-9a-f]{12})$/;

interface Context {
  proposed: ProposedConfiguration;
  scenarios: ConfigurationStore['scenarios'];
  passwords: Passwords;
  scenarioChecks: ScenarioChecks;
  /** Where the document lies in the request: `documents.3`. */
  place: string;
  index: number;
  /** In whose name scenarios are published. */
  author: string;
  now: number;
}

/** A secret that a document leaves out stays as it is stored; one of a new item is missing. */
function keepSecret(
  { proposed, place }: Context,
  field: string,
  { given, stored }: { given: string | undefined; stored: string | undefined },
): string {
  const value = given ?? stored;
  if (value === undefined) {
    const remedy = 'Add it. It can be left out only of what is in force already, where it stays as it is.';
    proposed.problems.push({ path: `${place}.${field}`, message: 'is missing', remedy });
  }
  return value ?? '';
}

/** A Page cannot be given to another name, nor a name to another Page. */
function checkAccountName({ proposed, place }: Context, { pageId, name }: AccountDocument): void {
  const { accounts } = proposed.items;
  const stored = accounts.get(pageId);
  if (stored && stored.name !== name) {
    const remedy = `Write name: ${stored.name}, or another Page.`;
    proposed.problems.push({ path: `${place}.pageId`, message: `is the Page of account "${stored.name}"`, remedy });
  }
  const namesake = [...accounts.values()].find((account) => account.name === name && account.pageId !== pageId);
  if (namesake) {
    const message = `is the name of the account of Page ${namesake.pageId}`;
    proposed.problems.push({
      path: `${place}.name`,
      message,
      remedy: 'Give the account of another Page another name.',
    });
  }
}

function putAccount(context: Context, document: AccountDocument): string {
  const { kind: _kind, pageId, name, onUnknown = 'hold', enabled, ...rest } = document;
  const { accounts } = context.proposed.items;
  const stored = accounts.get(pageId);
  checkAccountName(context, document);
  const secrets = {
    pageToken: keepSecret(context, 'pageToken', { given: rest.pageToken, stored: stored?.pageToken }),
    appSecret: keepSecret(context, 'appSecret', { given: rest.appSecret, stored: stored?.appSecret }),
    verifyToken: rest.verifyToken ?? stored?.verifyToken ?? randomBytes(24).toString('base64url'),
  };
  const isDisabled = enabled === undefined ? stored?.enabled === false : !enabled;
  const account = { ...withoutUndefined(rest), pageId, name, onUnknown, ...secrets };
  accounts.set(pageId, isDisabled ? { ...account, enabled: false } : account);
  return pageId;
}

function putSecret(context: Context, { name, value }: SecretDocument): string {
  const { secrets } = context.proposed.items;
  secrets.set(name, { name, value: keepSecret(context, 'value', { given: value, stored: secrets.get(name)?.value }) });
  return name;
}

async function putEntry(context: Context, document: EntryDocument): Promise<string> {
  const { proposed } = context;
  const { kind: _kind, inactivityTimeout, agentSilence, ...rest } = document;
  const inactivityTimeoutMs = readDuration(context, 'inactivityTimeout', inactivityTimeout);
  const agentSilenceMs = agentSilence === 'off' ? null : readDuration(context, 'agentSilence', agentSilence);
  if (agentSilence === 'off' && rest.onAgentSilence !== undefined) {
    const message = 'says what follows a silence of agents, which agentSilence switches off';
    const remedy = 'Leave it out, or give agentSilence a time like 5m.';
    proposed.problems.push({ path: `${context.place}.onAgentSilence`, message, remedy });
  }
  const pinnedVersion = await findPinnedVersion(context, document.scenario);
  proposed.items.entries.set(
    rest.name,
    withoutUndefined({ ...rest, inactivityTimeoutMs, agentSilenceMs, pinnedVersion }),
  );
  return rest.name;
}

/** Full version of `name@<12 hex>`, of this request or stored; undefined for a plain name. */
async function findPinnedVersion(
  { proposed, scenarios, place }: Context,
  reference: string,
): Promise<string | undefined> {
  const [, name, prefix] = PINNED.exec(reference) ?? [];
  if (name === undefined || prefix === undefined) return undefined;
  const inRequest = proposed.parsedScenarios.find(
    ({ version, document }) => document.scenario === name && version.startsWith(prefix),
  );
  const version = inRequest?.version ?? (await scenarios.findPinned(name, prefix));
  if (version === undefined) {
    const message = `scenario "${name}" has no version that begins with ${prefix}`;
    proposed.problems.push({
      path: `${place}.scenario`,
      message,
      remedy: 'Apply that version first, or leave @… out.',
    });
  }
  return version;
}

async function putUser(context: Context, document: UserDocument): Promise<string> {
  const { proposed } = context;
  const { kind: _kind, username, password, name = username, slots = DEFAULT_SLOTS, role, skills } = document;
  const privileges = document.privileges && { privileges: document.privileges };
  const passwordHash = await resolvePassword(context, { username, name, password });
  const { id = randomUUID(), createdAt = context.now } = proposed.items.users.get(username) ?? {};
  proposed.items.users.set(username, {
    id,
    createdAt,
    username,
    name,
    role,
    skills,
    slots,
    passwordHash,
    ...privileges,
  });
  return username;
}

/** The stored hash where the password is left out or the one that it was; else an empty one, and the password is to be hashed. */
async function resolvePassword(
  context: Context,
  { username, name, password: given }: { username: string; name: string; password: string | undefined },
): Promise<string> {
  const { proposed, place } = context;
  const stored = proposed.items.users.get(username)?.passwordHash;
  if (given === undefined) return keepSecret(context, 'password', { given, stored });
  // An empty hash: an earlier document of this request, whose password is not hashed yet.
  if (stored !== undefined && stored !== '' && (await context.passwords.verify(given, stored))) return stored;
  const problem = await findPasswordProblem(given, [username, name]);
  if (problem) proposed.problems.push({ path: `${place}.password`, ...problem });
  proposed.newPasswords.set(username, given);
  return '';
}

/** Each privilege once, in the order in which they are listed: however a file writes them, it says the same. */
function putRole({ proposed }: Context, { kind: _kind, privileges, ...role }: RoleDocument): string {
  const listed = rolePrivilegeSchema.options.filter((each) => privileges.includes(each));
  proposed.items.roles.set(role.name, { ...withoutUndefined(role), privileges: listed });
  return role.name;
}

function putHours({ proposed }: Context, { kind: _kind, open, closedOn = [], ...rest }: HoursDocument): string {
  proposed.items.hours.set(rest.name, { ...withoutUndefined(rest), open: open.map(toOpeningTimes), closedOn });
  return rest.name;
}

async function putScenario(context: Context, { source, note }: ScenarioSourceDocument): Promise<string | undefined> {
  const { proposed, place, index, author, now } = context;
  const { document, problems } = await context.scenarioChecks.parse(source);
  const errors = problems.filter(({ severity }) => severity === 'error');
  for (const { message, remedy, path, line, column, bytes } of errors) {
    proposed.problems.push({ path: `${place}.source${path && `.${path}`}`, message, remedy, line, column, bytes });
  }
  if (!document) return undefined;
  const version = hashSource(source);
  const name = document.scenario;
  const published = proposed.items.scenarioHeads.get(name);
  if (published?.version !== version) {
    proposed.items.scenarioHeads.set(name, nextHead(published, { name, version, at: now, author, note }));
  }
  proposed.parsedScenarios.push({ version, source, document, index });
  return name;
}

async function put(context: Context, document: ConfigurationDocument): Promise<string | undefined> {
  if (isPlain(document)) return putPlain(context, document);
  switch (document.kind) {
    case 'account':
      return putAccount(context, document);
    case 'scenario':
      return putScenario(context, document);
    case 'service':
      return putService(context, document);
    case 'entry':
      return putEntry(context, document);
    case 'role':
      return putRole(context, document);
    case 'user':
      return putUser(context, document);
    case 'hours':
      return putHours(context, document);
    case 'secret':
      return putSecret(context, document);
    case 'group':
      return putGroup(context, document);
    case 'team':
      return putTeam(context, document);
  }
}

/** Puts one document over the draft and notes what is wrong with it. Scenarios go in before entries that pin them. */
export async function putDocument(
  context: Omit<Context, 'place' | 'index'>,
  document: ConfigurationDocument,
  index: number,
): Promise<void> {
  const { proposed } = context;
  const place = `documents.${index}`;
  // A scenario's own text is read by the language, which tells the line.
  const unwritable = document.kind === 'scenario' ? [] : listUnwritable(document);
  for (const { path, ...told } of unwritable) proposed.problems.push({ path: [place, ...path].join('.'), ...told });
  if (unwritable.length > 0) return;
  const key = await put({ ...context, index, place }, document);
  if (key === undefined) return;
  const earlier = findOrigin(proposed, document.kind, key);
  if (earlier !== undefined) {
    const remedy = 'Describe each item once.';
    proposed.problems.push({
      path: `documents.${index}`,
      message: `describes the same ${document.kind} as documents.${earlier}`,
      remedy,
    });
  }
  const origin: Origin = { kind: document.kind, key };
  proposed.origins[index] = origin;
}
