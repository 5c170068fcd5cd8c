import type { DayBalance } from '../../adapters/mongo/ledger-balance.ts';
import { withDeadline } from '../../adapters/with-deadline.ts';
import { AppError } from '../../contracts/app-error.ts';
import { DELIVERY_STATUSES, type DeliveryStatus } from '../../contracts/part.ts';
import type { AppDependencies } from '../dependencies.ts';
import { findPageFilter } from '../find-page-filter.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import { wholeList } from '../whole-list.ts';
import type { App } from '../zod-provider.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_DAYS = 7;
const MAX_DAYS = 92;
const LEDGER_DEADLINE_MS = 9000;

interface Range {
  from: string;
  to: string;
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

function readRange({ from, to }: { from?: string | undefined; to?: string | undefined }, now: number): Range {
  const last =
    to ?? (from === undefined ? dayOf(now) : dayOf(Math.min(now, Date.parse(from) + MAX_DAYS * DAY_MS - DAY_MS)));
  const range = { from: from ?? dayOf(Date.parse(last) - (DEFAULT_DAYS - 1) * DAY_MS), to: last };
  const days = (Date.parse(range.to) - Date.parse(range.from)) / DAY_MS + 1;
  if (days >= 1 && days <= MAX_DAYS) return range;
  const remedy = `Give 1 to ${MAX_DAYS} days, the earlier one as from.`;
  throw new AppError('REQUEST_INVALID', {
    details: [{ path: 'querystring.to', message: 'spans no such time', remedy }],
  });
}

function presentBalance({ out, ...balance }: DayBalance) {
  const statuses = Object.fromEntries(DELIVERY_STATUSES.map((status) => [status, out[status] ?? 0])) as Record<
    DeliveryStatus,
    number
  >;
  return { ...balance, out: statuses, parts: Object.values(statuses).reduce((sum, count) => sum + count, 0) };
}

/** What operators ask of the ledger: whether everything is accounted for, and which parts need a look. */
export function registerLedgerRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.getLedgerBalance, async (request) => {
    const range = readRange(request.query, deps.now());
    const limits = { from: new Date(range.from), to: new Date(Date.parse(range.to) + DAY_MS) };
    const days = await withDeadline(deps.ledgerBalance.sumByDay(limits), LEDGER_DEADLINE_MS, 'The ledger in MongoDB');
    return { ...range, ...wholeList(days.map(presentBalance)) };
  });

  registerRoute(app, httpRoutes.listLedgerParts, async (request) => {
    const { status, cursor, limit, ...page } = request.query;
    const wanted = status === 'parked' ? { status: 'queued' as const, isParked: true } : { status };
    const listing = deps.ledgerBalance.listParts(
      { ...wanted, ...(await findPageFilter(deps, page)) },
      { cursor, limit },
    );
    const { items, next } = await withDeadline(listing, LEDGER_DEADLINE_MS, 'The ledger in MongoDB');
    const shown = items.map(({ parked, ...part }) => ({
      ...part,
      ...(parked && { parked: { by: parked.by, reason: parked.reason, at: parked.at.toISOString() } }),
      author: part.author.kind,
      at: new Date(part.at).toISOString(),
    }));
    return { items: shown, next };
  });
}
