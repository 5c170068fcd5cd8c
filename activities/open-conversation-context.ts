import type { ConversationKey } from '../contracts/conversation-key.ts';
import type { Account, Entry } from '../adapters/mongo/configuration/configuration-items.ts';
import type { ConfigurationSnapshot } from '../adapters/mongo/configuration/configuration-snapshot.ts';
import type { Customer } from '../adapters/mongo/customers-repository.ts';
import { settingsOfEntry } from '../contracts/chat-settings.ts';
import type { ConversationContext, OpeningContext } from '../contracts/conversation-context.ts';
import { OUTBOUND_SCENARIO } from '../contracts/outbound.ts';
import { ENGINE_VERSION } from '../contracts/engine-version.ts';
import { DEFAULT_GROUP } from '../contracts/routing.ts';
import { withoutUndefined } from '../contracts/without-undefined.ts';
import type { ScenarioDocument } from '../scenario-dsl/document/document.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { findScenario } from './load-scenario.ts';
import { pinStartedScenarios } from './pin-started-scenarios.ts';
import { termsOf } from './service-terms.ts';

/** How many handled keys a new conversation knows. */
const RECENT_KEYS = 500;
/** A start waits this long for a profile, then goes on without one. */
const PROFILE_WAIT_MS = 1000;
/** Of the call itself, which goes on when nobody waits any more. */
const PROFILE_TIMEOUT_MS = 10_000;
const PROFILE_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** What a conversation begins with; `started`: the scenarios that its own can come to start. */
interface Opening {
  opening: OpeningContext;
  document?: ScenarioDocument;
  started?: Record<string, ScenarioDocument>;
}

interface OpeningRequest extends ConversationKey {
  conversationId: string;
  isLate: boolean;
  /** An agent begins it, in this run. */
  outbound?: { service: string | undefined; runId: string };
}

/** What a customer's first message opens: the entry's scenario and service, what is known of the customer. */
export function createOpenConversationContext(
  deps: ActivityDependencies,
): (request: OpeningRequest) => Promise<Opening> {
  return async function openConversationContext({ conversationId, isLate, outbound, ...conversationKey }) {
    const { pageId, psid } = conversationKey;
    const { messages, conversations, customers, people } = deps.readModel;
    const configuration = await configurationFor(deps, pageId);
    const account = configuration.accountByPage(pageId);
    // Nothing but what came days late: it is kept with what no entry takes.
    const entry = isLate ? undefined : configuration.entryForPage(pageId);
    const version = entry && configuration.scenarioVersionFor(entry, conversationKey);
    const [recentKeys, customer, earlier, contact] = await Promise.all([
      messages.listRecentKeys(conversationKey, { limit: RECENT_KEYS, except: conversationId }),
      customers.find(pageId, psid),
      conversations.recallEarlier(conversationKey, conversationId, deps.now()),
      version === undefined ? undefined : people.contacts.recognise(conversationKey, {}, deps.now()),
    ]);
    const world = {
      engineVersion: ENGINE_VERSION,
      recentKeys,
      ...earlier,
      ...(await threadOf(deps, conversationKey, customer)),
    };
    if (outbound) {
      const found = await findOutbound(deps, { configuration, conversationId, conversationKey, customer, outbound });
      return { opening: { ...world, ...found } };
    }
    if (!account || !entry || version === undefined || contact?.block) {
      return {
        opening: { ...world, ...(await describeUnrouted(deps, conversationKey, contact?.block !== undefined)) },
      };
    }
    const [scenario, profile] = await Promise.all([
      findScenario(deps, version),
      findProfile(deps, conversationKey, { account, customer }),
    ]);
    deps.metrics.conversationsOpened.inc({ kind: 'routed' });
    const context = toContext(
      { configuration, timeZone: deps.timeZone },
      {
        account,
        entry,
        psid,
        isLinked: customer.linkedAt !== undefined,
        profile,
        scenario: { name: scenario.name, version },
      },
    );
    const { versions, documents } = await pinStartedScenarios(deps, configuration, scenario.document);
    if (Object.keys(versions).length === 0) return { opening: { ...world, context }, document: scenario.document };
    const pinned = { ...context, scenario: { ...context.scenario, scenarios: versions } };
    return { opening: { ...world, context: pinned }, document: scenario.document, started: documents };
  };
}

/** A customer who is not there to be warned, and whom no scenario asks: the chat is open for a day without a word of theirs. */
const OUTBOUND_SETTINGS = { inactivityTimeoutMs: 24 * 60 * 60 * 1000, inactivityWarning: '', inactivityClosing: '' };

/** What an agent's own conversation begins with; without a context where it was begun before, or the customer is blocked. */
async function findOutbound(
  { readModel, timeZone, now }: ActivityDependencies,
  {
    configuration,
    conversationId,
    conversationKey,
    customer,
    outbound,
  }: {
    configuration: ConfigurationSnapshot;
    conversationId: string;
    conversationKey: ConversationKey;
    customer: Customer;
    outbound: NonNullable<OpeningRequest['outbound']>;
  },
): Promise<Pick<OpeningContext, 'isBegun' | 'isBlocked' | 'context'>> {
  const { pageId, psid } = conversationKey;
  const account = configuration.accountByPage(pageId);
  const [known, contact] = await Promise.all([
    readModel.conversations.findConversation(conversationId),
    readModel.people.contacts.recognise(conversationKey, {}, now()),
  ]);
  // What a task of this very run has written before it was tried again is not the past.
  if (known && known.origin?.runId !== outbound.runId) return { isBegun: true };
  if (contact.block) return { isBlocked: true };
  if (!account) return {};
  const own = configuration.entryForPage(pageId);
  const entry: Entry = { scenario: '', service: '', account: account.name, name: '', ...own };
  const source = {
    account,
    entry: outbound.service === undefined ? entry : { ...entry, service: outbound.service },
    psid,
    isLinked: customer.linkedAt !== undefined,
    profile: customer,
    scenario: OUTBOUND_SCENARIO,
  };
  const context = toContext({ configuration, timeZone }, source);
  return { context: { ...context, settings: { ...context.settings, ...OUTBOUND_SETTINGS } } };
}

/** What is kept of a customer whom nobody answers: with what they said before, where nobody answered either. */
async function describeUnrouted(
  { readModel, metrics }: ActivityDependencies,
  { pageId, psid }: ConversationKey,
  isBlocked: boolean,
): Promise<Pick<OpeningContext, 'isBlocked' | 'unroutedConversationId'>> {
  metrics.conversationsOpened.inc({ kind: isBlocked ? 'blocked' : 'unrouted' });
  const unroutedConversationId = await readModel.conversations.findUnrouted(pageId, psid);
  return {
    ...(isBlocked && { isBlocked }),
    ...(unroutedConversationId !== undefined && { unroutedConversationId }),
  };
}

/** Who has the customer's thread, and until when may be written to them. */
async function threadOf(
  { readModel: { customers }, now }: ActivityDependencies,
  conversationKey: ConversationKey,
  customer: Customer,
): Promise<Pick<OpeningContext, 'threadOwner' | 'threadOwnerAt' | 'threadOwnerBy' | 'threadPausedUntil' | 'window'>> {
  const isElsewhere = await customers.isThreadElsewhere(conversationKey, customer, { now: now() });
  return {
    threadOwner: isElsewhere ? 'other-app' : 'ours',
    ...(customer.threadOwnerAt !== undefined && { threadOwnerAt: customer.threadOwnerAt }),
    ...(customer.threadOwnerBy && { threadOwnerBy: customer.threadOwnerBy }),
    ...(customer.threadPausedUntil !== undefined && { threadPausedUntil: customer.threadPausedUntil }),
    ...(customer.window && { window: customer.window }),
  };
}

/** An entry made a moment ago is not missed: before a customer goes unanswered, the database is asked again. */
async function configurationFor(
  { configuration }: ActivityDependencies,
  pageId: string,
): Promise<ConfigurationSnapshot> {
  const known = await configuration.get();
  const entry = known.entryForPage(pageId);
  return entry && known.scenarioVersionFor(entry) !== undefined ? known : configuration.getFresh();
}

interface ContextSource {
  account: Account;
  entry: Entry;
  psid: string;
  profile: KnownCustomer;
  isLinked: boolean;
  scenario: { name: string; version: string };
}

type KnownCustomer = Pick<Customer, 'firstName' | 'lastName' | 'pictureUrl'>;

function toContext(
  { configuration, timeZone }: { configuration: ConfigurationSnapshot; timeZone: string },
  { account, entry, psid, profile, isLinked, scenario }: ContextSource,
): ConversationContext {
  const terms = termsOfEntry({ configuration, timeZone }, { account, entry });
  return {
    scenario,
    ...terms,
    variables: {
      customer: {
        id: psid,
        isLinked,
        ...withoutUndefined({
          firstName: profile.firstName,
          lastName: profile.lastName,
          pictureUrl: profile.pictureUrl,
        }),
      },
      page: {
        id: account.pageId,
        name: account.name,
        ...(account.pageUsername !== undefined && { username: account.pageUsername }),
      },
      ...terms.variables,
    },
  };
}

/** What an entry says of its conversations, whoever the customer is. `account`: of the Page that they write to. */
export function termsOfEntry(
  { configuration, timeZone }: { configuration: ConfigurationSnapshot; timeZone: string },
  { entry, account }: { entry: Entry; account: Account | undefined },
): Omit<ConversationContext, 'scenario'> {
  const service = configuration.service(entry.service);
  const serviceTerms = service && termsOf(service);
  return {
    entry: entry.name,
    service: entry.service,
    group: service?.group ?? DEFAULT_GROUP,
    serviceSkills: service?.skills ?? [],
    ...(serviceTerms && { serviceTerms }),
    settings: settingsOfEntry(entry, account?.chat, configuration.chatSettings()[0]),
    variables: {
      entry: { name: entry.name },
      service: { name: entry.service },
      timeZone: entry.timeZone ?? timeZone,
    },
  };
}

/**
 * The customer's name as far as it is known within a second; what comes later is there for the next conversation. A name
 * older than a week is asked for again beside. None to be had is normal, and remembered as long.
 */
async function findProfile(
  deps: ActivityDependencies,
  conversationKey: ConversationKey,
  { account, customer }: { account: Account; customer: Customer },
): Promise<KnownCustomer> {
  const { profileAskedAt } = customer;
  if (profileAskedAt && deps.now() - profileAskedAt.getTime() < PROFILE_LIFETIME_MS) return customer;
  const fetching = fetchProfile(deps, conversationKey, { account, customer }).catch((error: unknown) => {
    deps.logger.warn({ err: error, pageId: conversationKey.pageId }, 'profile not kept');
    return customer;
  });
  if (profileAskedAt) return customer;
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<Customer>((resolve) => {
    timer = setTimeout(() => resolve(customer), PROFILE_WAIT_MS);
  });
  return Promise.race([fetching, waited]).finally(() => clearTimeout(timer));
}

async function fetchProfile(
  { graph, readModel, now, logger }: ActivityDependencies,
  conversationKey: ConversationKey,
  { account, customer }: { account: Account; customer: Customer },
): Promise<KnownCustomer> {
  const { pageId, pageToken, appSecret } = account;
  const { psid } = conversationKey;
  const outcome = await graph.fetchProfile({ pageId, pageToken, appSecret, psid, timeoutMs: PROFILE_TIMEOUT_MS });
  if (outcome.outcome === 'unavailable') {
    logger.debug({ pageId, reason: outcome.reason }, 'no profile for this customer');
    // Meta's "no" is remembered; silence is not.
    if (outcome.error) await readModel.customers.recordProfile(conversationKey, {}, now());
    return customer;
  }
  await readModel.customers.recordProfile(conversationKey, outcome.profile, now());
  await readModel.people.contacts.recognise(conversationKey, outcome.profile, now());
  return outcome.profile;
}
