import { randomUUID } from 'node:crypto';
import type { Account } from '../../adapters/mongo/configuration/configuration-items.ts';
import type { CheckResult } from '../../contracts/account-check-schema.ts';
import type { AppDependencies } from '../dependencies.ts';
import { forEachBounded } from '../for-each-bounded.ts';
import { testConnection } from './test-connection.ts';

/** How often a Page is looked at: Meta unsubscribes one after an hour of failures, and tells nobody but the app's owner. */
const WATCH_EVERY_MS = 10 * 60_000;
/** How often a process asks whether a Page is due. */
export const WATCH_TICK_MS = 30_000;
const PAGES_AT_ONCE = 4;

type WatchDependencies = Pick<
  AppDependencies,
  'configuration' | 'inspector' | 'pages' | 'alerts' | 'logger' | 'now' | 'pageWatch'
>;

/** Checks whose failure an operator must hear of. Those of the set-up alone are the doctor's. */
const WATCHED = new Set<CheckResult['check']>([
  'token',
  'app-secret',
  'token-lifetime',
  'permissions',
  'app-subscription',
  'page-subscription',
  'message-echoes',
  'page-profile',
]);
const SUBSCRIPTIONS = new Set<CheckResult['check']>(['page-subscription', 'message-echoes']);

/** Creates the watchdog of one process: each Page is looked at by one process at a time. */
export function createPageWatch(deps: WatchDependencies): { tick(): Promise<void> } {
  const by = randomUUID();
  return {
    async tick() {
      const accounts = (await deps.configuration.get()).accounts().filter(({ enabled }) => enabled !== false);
      await forEachBounded(accounts, PAGES_AT_ONCE, async (account) => {
        const now = deps.now();
        if (!(await deps.pageWatch.claim(account.pageId, { by, now, until: now + WATCH_EVERY_MS }))) return;
        await watchPage(deps, account);
      });
    },
  };
}

/**
 * Looks at a Page as the doctor does, subscribes it again where Meta has unsubscribed it, and tells the operator of what
 * is wrong and of what is well again. What Graph could not be asked now changes nothing.
 */
async function watchPage(deps: WatchDependencies, account: Account): Promise<void> {
  const { pageId } = account;
  const snapshot = await deps.configuration.get();
  const { lastEventAt } = await deps.pages.find(pageId);
  const subject = { account, entry: snapshot.entryForPage(pageId)?.name, lastEventAt, now: deps.now() };
  const first = await testConnection(deps.inspector, subject, { subscribe: false });
  const isLost = first.some(({ check, state }) => SUBSCRIPTIONS.has(check) && state === 'failed');
  const checks = isLost ? await testConnection(deps.inspector, subject, { subscribe: true }) : first;
  if (isLost && !checks.some(({ check, state }) => SUBSCRIPTIONS.has(check) && state === 'failed')) {
    await deps.alerts.tell({
      pageId,
      kind: 'resubscribed',
      key: String(subject.now),
      message: `The Page of account "${account.name}" was no longer subscribed to its webhook fields; it is again.`,
      remedy: 'Messages of that time are lost to every app: look for them in the Page Inbox.',
    });
  }
  for (const check of checks) await tellCheck(deps, account, check);
  await tellSilence(deps, account, checks);
}

async function tellCheck({ alerts }: WatchDependencies, account: Account, result: CheckResult): Promise<void> {
  const { check: kind, state, message, remedy } = result;
  if (!WATCHED.has(kind)) return;
  const matter = { pageId: account.pageId, kind };
  if (state === 'ok') await alerts.resolve(matter);
  // A token that ends soon is a warning of the doctor, and an alert here.
  if (state === 'failed' || (kind === 'token-lifetime' && state === 'warning')) {
    await alerts.tell({ ...matter, message: `Account "${account.name}": ${message}`, ...(remedy && { remedy }) });
  }
}

/** Silence is an alert only where there were events before and everything else looks well. */
async function tellSilence(
  { alerts }: WatchDependencies,
  account: Account,
  checks: readonly CheckResult[],
): Promise<void> {
  const lastEvent = checks.find(({ check }) => check === 'last-event');
  const matter = { pageId: account.pageId, kind: 'silence' };
  if (lastEvent?.state === 'ok') await alerts.resolve(matter);
  const isSilent = lastEvent?.state === 'warning' && /came at/.test(lastEvent.message);
  if (!isSilent || checks.some(({ check, state }) => WATCHED.has(check) && state === 'failed')) return;
  const remedy = lastEvent.remedy === undefined ? {} : { remedy: lastEvent.remedy };
  await alerts.tell({ ...matter, message: `Account "${account.name}" is silent. ${lastEvent.message}`, ...remedy });
}
