import type { Account } from '../../adapters/mongo/configuration/configuration-items.ts';
import { withDeadline } from '../../adapters/with-deadline.ts';
import { AppError } from '../../contracts/app-error.ts';
import { mayDo } from '../../contracts/privileges.ts';
import { getPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { testConnection } from './test-connection.ts';

const PAGE_DEADLINE_MS = 4000;

async function getAccount({ store }: AppDependencies, name: string): Promise<Account> {
  const account = (await store.accounts.list()).find((candidate) => candidate.name === name);
  if (!account) throw new AppError('NOT_FOUND', { message: `There is no account "${name}".` });
  return account;
}

async function tellRepaired({ sendLanes, actors, logger }: AppDependencies, { pageId }: Account): Promise<void> {
  try {
    if ((await sendLanes.getFresh(pageId)).closed) await actors.notifyPage(pageId, { type: 'probe' });
  } catch (error) {
    logger.warn({ err: error, pageId }, 'the actor of a closed Page was not told of the test');
  }
}

/** What is done with one account, beside applying it. */
export function registerAccountRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.testAccount, async (request) => {
    const { subscribe } = request.body;
    if (subscribe && !mayDo(getPrincipal(request), 'edit-configuration')) throw new AppError('FORBIDDEN');
    const account = await getAccount(deps, request.params.name);
    const entry = (await deps.store.entries.list()).find((candidate) => candidate.account === account.name);
    const page = await withDeadline(deps.pages.find(account.pageId), PAGE_DEADLINE_MS, 'Collection pages');
    const subject = { account, entry: entry?.name, lastEventAt: page.lastEventAt, now: deps.now() };
    const checks = await testConnection(deps.inspector, subject, { subscribe });
    // A connection that works may be the repair that the Page's parts wait for.
    if (checks.every(({ state }) => state !== 'failed')) await tellRepaired(deps, account);
    return { account: account.name, pageId: account.pageId, checks };
  });
}
