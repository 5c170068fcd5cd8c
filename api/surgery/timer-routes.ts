import type { BoardTimer } from '../../adapters/mongo/timer-board.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { canTurn } from '../../contracts/conversation-timer.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { TimerView } from '../../contracts/bulk-surgery-schema.ts';
import { getPrincipal } from '../access.ts';
import { visibleTo } from '../conversations/visible-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';
import { presentCustomer } from '../desk/present-customer.ts';
import { findPageFilter } from '../find-page-filter.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { createTitles, type BlockTitles } from './block-titles.ts';

/** The timer board: what running conversations wait for by the clock. */
export function registerTimerRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.listTimers, async (request) => {
    const { kind, scenario, service, account, pageId, cursor, limit } = request.query;
    const [page, limits] = await Promise.all([
      findPageFilter(deps, { account, pageId }),
      visibleTo(deps, getPrincipal(request)),
    ]);
    const { items, next } = await deps.timerBoard.list(
      { ...page, ...limits, kind, scenario, service },
      { cursor, limit },
    );
    return { items: await present(deps, items), next };
  });
}

async function present(deps: AppDependencies, timers: readonly BoardTimer[]): Promise<TimerView[]> {
  const ids = [...new Set(timers.map(({ conversationId }) => conversationId))];
  const records = await deps.watched.findConversations(ids);
  const customers = await findCustomers(deps, ids, [...records.values()]);
  const accounts = await deps.configuration.get();
  const titles = createTitles(deps);
  const views = timers.map(async ({ conversationId, timer: { id, kind, at } }): Promise<TimerView | undefined> => {
    // Erased since they were listed.
    const record = records.get(conversationId);
    if (!record) return undefined;
    return {
      conversationId,
      timer: id,
      kind,
      at: new Date(at).toISOString(),
      customer: customers.get(conversationId) ?? { name: '' },
      account: accounts.accountByPage(record.pageId)?.name ?? null,
      ...(await placeOf(record, titles)),
      canFire: canTurn(kind, 'fire-timer'),
      canPutOff: canTurn(kind, 'put-off-timer'),
    };
  });
  return (await Promise.all(views)).filter((view) => view !== undefined);
}

type Place = Pick<TimerView, 'scenario' | 'service' | 'block' | 'blockTitle' | 'agent'>;

/** Where the conversation stands, and with which agent. */
async function placeOf(
  { scenario, service, block, agent, state }: ConversationRecord,
  titles: BlockTitles,
): Promise<Place> {
  const blockTitle = block === undefined ? null : await titles.find(scenario?.version, block);
  const talking = state === 'connected' ? agent : undefined;
  const place = { scenario: scenario?.name ?? null, service: service ?? null, block: block ?? null };
  return { ...place, blockTitle, agent: talking?.name ?? null };
}

/** Who they are with: what is read of many conversations leaves out what they began with, where profiles stand. */
async function findCustomers(
  deps: AppDependencies,
  ids: readonly string[],
  records: readonly ConversationRecord[],
): Promise<Map<string, TimerView['customer']>> {
  const [contacts, opened] = await Promise.all([
    deps.people.contacts.findOfConversations(records),
    deps.timerBoard.findOpenings(ids),
  ]);
  return new Map(
    ids.map((id) => {
      const openedWith = opened.get(id);
      return [id, presentCustomer(openedWith === undefined ? {} : { openedWith }, contacts.get(id))];
    }),
  );
}
