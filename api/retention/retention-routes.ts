import { daysOf, RETENTION_FIELDS, RETENTION_KINDS } from '../../contracts/retention.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { keptSince, usualDays } from './carry-out-retention.ts';

/** More are not counted: who sees so many knows enough. */
const COUNTED = 100_000;

const isoOrNull = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

/** For how long each kind of data is kept, how far that is, and what other days would come to. */
export function registerRetentionRoutes(app: App, deps: AppDependencies): void {
  const { data, progress } = deps.retention;
  const usual = usualDays(deps.settings);
  registerRoute(app, httpRoutes.getRetentionProgress, async () => {
    const [said] = (await deps.configuration.getFresh()).retention();
    const done = new Map((await progress.list()).map((each) => [each.kind, each]));
    const items = RETENTION_KINDS.map(async (kind) => ({
      kind,
      days: daysOf(kind, said, usual) ?? null,
      isSaid: said?.[RETENTION_FIELDS[kind]] !== undefined,
      lastRunAt: isoOrNull(done.get(kind)?.lastRunAt),
      deleted: done.get(kind)?.deleted ?? 0,
      deletedInAll: done.get(kind)?.deletedInAll ?? 0,
      oldestAt: isoOrNull(await data.findOldest(kind)),
    }));
    return { items: await Promise.all(items) };
  });

  registerRoute(app, httpRoutes.previewRetention, async (request) => {
    const items = [];
    for (const kind of RETENTION_KINDS) {
      const before = keptSince(daysOf(kind, request.body, usual), deps.now());
      const counted = before === undefined ? { count: 0, isMore: false } : await data.count(kind, before, COUNTED);
      items.push({ kind, ...counted });
    }
    return { items };
  });
}
