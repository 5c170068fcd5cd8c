import {
  callGraph,
  classifyCall,
  type GraphCall,
  type GraphClientOptions,
  type PageCredentials,
} from './graph-call.ts';
import { PROFILE_FIELDS, readGraphProfile, type ProfileChange } from './page-profile.ts';
import type { GraphError } from './graph-errors.ts';
import { fieldOf, itemsOf, recordOf, textOf, type JsonRecord } from './json-value.ts';

/** What a look at Graph gave. `reason` is for people and holds no secret; `error` is there where Meta answered. */
export type Looked<Found> = { isKnown: true; found: Found } | { isKnown: false; reason: string; error?: GraphError };

export interface TokenFacts {
  isValid: boolean;
  permissions: string[];
  /** Epoch milliseconds; absent where the token does not expire. */
  expiresAt?: number;
}

export interface AppSubscription {
  callbackUrl: string;
  isActive: boolean;
  fields: string[];
}

/** Reads how a Page and its app are set up at Meta. Nothing throws; every answer is a value. */
export interface PageInspector {
  /** Whose token it is. `hasProof: false` leaves `appsecret_proof` out. */
  readIdentity(credentials: PageCredentials, options?: { hasProof: boolean }): Promise<Looked<Named>>;
  /** The app that the token was made for. */
  readApp(credentials: PageCredentials): Promise<Looked<Named>>;
  readToken(credentials: PageCredentials, appId: string): Promise<Looked<TokenFacts>>;
  /** Undefined where the app has no webhook for Pages. */
  readAppSubscription(credentials: PageCredentials, appId: string): Promise<Looked<AppSubscription | undefined>>;
  readPageSubscriptions(credentials: PageCredentials): Promise<Looked<{ appId: string; fields: string[] }[]>>;
  /** Sets the app's fields on the Page; those not named are no longer subscribed. */
  subscribe(credentials: PageCredentials, fields: readonly string[]): Promise<Looked<true>>;
  /** PSIDs of somebody whom Meta names by an id of the app. */
  readPageScopedIds(credentials: PageCredentials, userId: string): Promise<Looked<PageScopedId[]>>;
  /** The page profile, by Meta's names. */
  readProfile(credentials: PageCredentials): Promise<Looked<JsonRecord>>;
  writeProfile(credentials: PageCredentials, change: ProfileChange): Promise<Looked<true>>;
  /** Switches of Conversation Routing, by Meta's names. */
  readRouting(credentials: PageCredentials): Promise<Looked<Record<string, boolean>>>;
}

interface PageScopedId {
  pageId: string;
  psid: string;
}

interface Named {
  id: string;
  name: string;
}

/**
 * Creates the inspector. Each look takes `timeoutMs` at most.
 * Source: Graph API, `/me`, `/app`, `/debug_token`, `/{app-id}/subscriptions`, `/{page-id}/subscribed_apps`;
 * Messenger Platform, Conversation Routing (`messaging_feature_status`).
 */
export function createPageInspector(options: GraphClientOptions): PageInspector {
  const look = async <Found>(
    call: GraphCall,
    read: (body: JsonRecord) => Found | undefined,
  ): Promise<Looked<Found>> => {
    const classified = classifyCall(await callGraph(options, call));
    if ('failed' in classified) return describeFailure(classified.failed);
    const found = read(recordOf(classified.body) ?? {});
    return found === undefined ? { isKnown: false, reason: 'Graph answered without it' } : { isKnown: true, found };
  };
  return {
    readIdentity: (credentials, { hasProof } = { hasProof: true }) =>
      look({ credentials, path: 'me', query: { fields: 'id,name' }, hasProof }, namedOf),
    readApp: (credentials) => look({ credentials, path: 'app', query: { fields: 'id,name' } }, namedOf),
    readToken: (credentials, appId) => {
      const query = { input_token: credentials.pageToken };
      return look({ credentials: asApp(credentials, appId), path: 'debug_token', query }, tokenOf);
    },
    async readAppSubscription(credentials, appId) {
      const path = `${encodeURIComponent(appId)}/subscriptions`;
      const looked = await look({ credentials: asApp(credentials, appId), path }, appSubscriptionsOf);
      return looked.isKnown ? { isKnown: true, found: looked.found[0] } : looked;
    },
    readPageSubscriptions: (credentials) =>
      look({ credentials, path: subscribedAppsPath(credentials) }, pageSubscriptionsOf),
    subscribe: (credentials, fields) => {
      const body = { subscribed_fields: fields.join(',') };
      return look({ credentials, path: subscribedAppsPath(credentials), body }, () => true as const);
    },
    async readPageScopedIds(credentials, userId) {
      const app = await look({ credentials, path: 'app', query: { fields: 'id,name' } }, namedOf);
      if (!app.isKnown) return app;
      const path = `${encodeURIComponent(userId)}/ids_for_pages`;
      return look({ credentials: asApp(credentials, app.found.id), path }, pageScopedIdsOf);
    },
    readProfile: (credentials) =>
      look({ credentials, path: PROFILE_PATH, query: { fields: PROFILE_FIELDS.join(',') } }, readGraphProfile),
    async writeProfile(credentials, { set, remove }) {
      // Removed first: Meta refuses to take Get Started away from under a menu, and to set a menu without it.
      if (remove.length > 0) {
        const call = { credentials, path: PROFILE_PATH, body: { fields: remove }, method: 'DELETE' } as const;
        const removed = await look(call, () => true as const);
        if (!removed.isKnown) return removed;
      }
      if (Object.keys(set).length === 0) return { isKnown: true, found: true };
      return look({ credentials, path: PROFILE_PATH, body: set }, () => true as const);
    },
    readRouting: (credentials) => {
      const query = { fields: 'messaging_feature_status' };
      return look({ credentials, path: encodeURIComponent(credentials.pageId), query }, routingOf);
    },
  };
}

function describeFailure(
  failed: Extract<ReturnType<typeof classifyCall>, { failed: unknown }>['failed'],
): Looked<never> & { isKnown: false } {
  if (failed.outcome !== 'refused') return { isKnown: false, reason: `Graph gave no answer: ${failed.reason}` };
  const { error } = failed;
  const code = [error.code, error.subcode].filter((part) => part !== undefined).join('/');
  const said = error.metaMessage ?? 'no reason given';
  return { isKnown: false, reason: `Meta refused${code && ` (${code})`}: ${said}`, error };
}

/** An app's own token is its id and secret: Graph tells it more than a Page's. Source: Graph API, access tokens. */
function asApp({ pageId, appSecret }: PageCredentials, appId: string): PageCredentials {
  return { pageId, appSecret, pageToken: `${appId}|${appSecret}` };
}

const PROFILE_PATH = 'me/messenger_profile';

const subscribedAppsPath = ({ pageId }: PageCredentials): string => `${encodeURIComponent(pageId)}/subscribed_apps`;

function namedOf(body: JsonRecord): Named | undefined {
  const id = textOf(fieldOf(body, 'id'));
  return id === undefined ? undefined : { id, name: textOf(fieldOf(body, 'name')) ?? id };
}

function tokenOf(body: JsonRecord): TokenFacts | undefined {
  const token = recordOf(fieldOf(body, 'data'));
  if (token === undefined) return undefined;
  const expiresAt = Number(fieldOf(token, 'expires_at') ?? 0) * 1000;
  return {
    isValid: fieldOf(token, 'is_valid') !== false,
    permissions: textsOf(fieldOf(token, 'scopes')),
    ...(expiresAt > 0 && { expiresAt }),
  };
}

function appSubscriptionsOf(body: JsonRecord): AppSubscription[] | undefined {
  const rows = fieldOf(body, 'data');
  if (!Array.isArray(rows)) return undefined;
  const ofPages = rows.map(recordOf).filter((row) => fieldOf(row, 'object') === 'page');
  return ofPages.map((row) => ({
    callbackUrl: textOf(fieldOf(row, 'callback_url')) ?? '',
    isActive: fieldOf(row, 'active') !== false,
    fields: itemsOf(fieldOf(row, 'fields')).flatMap((field) => textsOf([fieldOf(recordOf(field), 'name') ?? field])),
  }));
}

function pageSubscriptionsOf(body: JsonRecord): { appId: string; fields: string[] }[] | undefined {
  const rows = fieldOf(body, 'data');
  if (!Array.isArray(rows)) return undefined;
  return rows.map((row: unknown) => ({
    appId: textOf(fieldOf(recordOf(row), 'id')) ?? '',
    fields: textsOf(fieldOf(recordOf(row), 'subscribed_fields')),
  }));
}

/** Source: Messenger Platform, ID matching API (`/{app-scoped id}/ids_for_pages`). */
function pageScopedIdsOf(body: JsonRecord): PageScopedId[] | undefined {
  const rows = fieldOf(body, 'data');
  if (!Array.isArray(rows)) return undefined;
  return rows.flatMap((row: unknown) => {
    const psid = textOf(fieldOf(recordOf(row), 'id'));
    const pageId = textOf(fieldOf(recordOf(fieldOf(recordOf(row), 'page')), 'id'));
    return psid === undefined || pageId === undefined ? [] : [{ pageId, psid }];
  });
}

function routingOf(body: JsonRecord): Record<string, boolean> | undefined {
  const status = recordOf(fieldOf(body, 'messaging_feature_status'));
  if (status === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(status).filter((row): row is [string, boolean] => typeof row[1] === 'boolean'),
  );
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
