import { checkPageProfile } from './sync-page-profile.ts';
import type { Looked, PageInspector } from '../../adapters/messenger/page-inspector.ts';
import { REQUIRED_WEBHOOK_FIELDS, USEFUL_WEBHOOK_FIELDS } from '../../adapters/messenger/webhook-fields.ts';
import type { Account } from '../../adapters/mongo/configuration/configuration-items.ts';
import type { AccountCheck, CheckResult } from '../../contracts/account-check-schema.ts';
import {
  failed,
  assessAppSubscription,
  assessEchoes,
  assessLastEvent,
  assessLifetime,
  assessPageSubscription,
  assessPermissions,
  assessRouting,
  notRun,
  ok,
  warning,
} from './assess-checks.ts';

/** What a test stands on. `entry`: name of the entry that takes the account's customers. */
export interface TestSubject {
  account: Account;
  entry: string | undefined;
  lastEventAt: Date | undefined;
  now: number;
}

interface Subscription {
  fields: Looked<string[]>;
  appCount: number;
}

const graphChecks: AccountCheck[] = [
  'token-lifetime',
  'permissions',
  'app-mode',
  'app-subscription',
  'page-subscription',
  'message-echoes',
  'page-profile',
];

/**
 * Tests an account against Meta, one result for each check; nothing throws for what Meta answers. With `subscribe`,
 * fields that the Page misses are subscribed, and the account's page profile is written, first. At most eight calls wait for each other, each with its time-out.
 */
export async function testConnection(
  inspector: PageInspector,
  subject: TestSubject,
  { subscribe }: { subscribe: boolean },
): Promise<CheckResult[]> {
  const identity = await checkIdentity(inspector, subject.account);
  const lastEvent = assessLastEvent(subject.lastEventAt, subject.now);
  if (identity.obstacle !== undefined) {
    const { obstacle } = identity;
    const skipped = graphChecks.map((check) => notRun(check, obstacle));
    return [checkEntry(subject), ...identity.results, ...skipped, lastEvent, notRun('conversation-routing', obstacle)];
  }
  const app = await inspector.readApp(subject.account);
  const [token, appSubscription, page, switches] = await Promise.all([
    app.isKnown ? inspector.readToken(subject.account, app.found.id) : app,
    app.isKnown ? inspector.readAppSubscription(subject.account, app.found.id) : app,
    readSubscription(inspector, subject.account, app.isKnown ? app.found.id : undefined),
    inspector.readRouting(subject.account),
  ]);
  const { fields, appCount } = subscribe
    ? await subscribeMissing(inspector, subject.account, { page, appId: app.isKnown ? app.found.id : undefined })
    : page;
  return [
    checkEntry(subject),
    ...identity.results,
    assessLifetime(token, subject.now),
    assessPermissions(token),
    notRun('app-mode', 'Graph tells it to nobody: see the switch at the top of the App Dashboard. It must say Live.'),
    assessAppSubscription(appSubscription),
    assessPageSubscription(fields),
    assessEchoes(fields),
    lastEvent,
    assessRouting(switches, appCount),
    await checkPageProfile(inspector, subject.account, { write: subscribe }),
  ];
}

function checkEntry({ account, entry }: TestSubject): CheckResult {
  if (account.enabled === false) {
    return warning('entry', 'The account is disabled.', 'Apply it with enabled: true to use it again.');
  }
  if (entry !== undefined) return ok('entry', `Customers come in by entry "${entry}".`);
  return warning('entry', 'No entry takes the customers of this Page.', 'Apply an entry that names this account.');
}

/** Token and secret belong together: Graph takes the proof only where the secret is that of the token's app. */
async function checkIdentity(
  inspector: PageInspector,
  account: Account,
): Promise<{ results: CheckResult[]; obstacle?: string }> {
  const proven = await inspector.readIdentity(account);
  if (proven.isKnown) {
    const token = checkToken(proven, account.pageId);
    const results = [token, ok('app-secret', 'The app secret is that of the app the token was made for.')];
    return token.state === 'ok' ? { results } : { results, obstacle: 'The token is not this Page’s.' };
  }
  if (!/appsecret_proof/i.test(proven.error?.metaMessage ?? '')) {
    const results = [checkToken(proven, account.pageId), notRun('app-secret', 'Only a valid token can show it.')];
    return { results, obstacle: 'The token cannot be used.' };
  }
  const unproven = await inspector.readIdentity(account, { hasProof: false });
  const remedy = 'Copy the app secret from App Dashboard, App settings, Basic, and apply the account again.';
  const secret = failed('app-secret', 'Meta refuses signatures made with this app secret.', remedy);
  const isAboutProof = !unproven.isKnown && /appsecret_proof/i.test(unproven.error?.metaMessage ?? '');
  const token = isAboutProof
    ? notRun('token', 'The app takes signed calls only, and the app secret is wrong.')
    : checkToken(unproven, account.pageId);
  return { results: [token, secret], obstacle: 'The app secret is wrong.' };
}

function checkToken(identity: Looked<{ id: string; name: string }>, pageId: string): CheckResult {
  const remedy = 'Generate a Page access token (docs/facebook-setup.md, step 3) and apply the account again.';
  if (!identity.isKnown) {
    if (identity.error) return failed('token', identity.reason, remedy);
    return failed('token', identity.reason, 'Check that this host reaches ATTENDANT_GRAPH_URL over https.');
  }
  const { id, name } = identity.found;
  if (id === pageId) return ok('token', `The token is that of Page "${name}".`);
  return failed('token', `The token is that of "${name}" (${id}), not of Page ${pageId}.`, remedy);
}

async function readSubscription(
  inspector: PageInspector,
  account: Account,
  appId: string | undefined,
): Promise<Subscription> {
  const looked = await inspector.readPageSubscriptions(account);
  if (!looked.isKnown) return { fields: looked, appCount: 0 };
  const apps = looked.found;
  const ours = apps.length === 1 && appId === undefined ? apps[0] : apps.find((app) => app.appId === appId);
  return { fields: { isKnown: true, found: ours?.fields ?? [] }, appCount: apps.length };
}

/** The call sets the whole list: what is subscribed stays in it. A field Meta does not know costs the useful ones. */
async function subscribeMissing(
  inspector: PageInspector,
  account: Account,
  { page, appId }: { page: Subscription; appId: string | undefined },
): Promise<Subscription> {
  if (!page.fields.isKnown) return page;
  const present = page.fields.found;
  const needed = [...new Set([...present, ...REQUIRED_WEBHOOK_FIELDS])];
  const wanted = [...new Set([...needed, ...USEFUL_WEBHOOK_FIELDS])];
  if (wanted.length === present.length) return page;
  const all = await inspector.subscribe(account, wanted);
  const done = all.isKnown || needed.length === present.length ? all : await inspector.subscribe(account, needed);
  if (!done.isKnown && needed.length > present.length) return { fields: done, appCount: page.appCount };
  return readSubscription(inspector, account, appId);
}
