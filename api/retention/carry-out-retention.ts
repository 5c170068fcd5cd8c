import { randomUUID } from 'node:crypto';
import { daysOf, RETENTION_KINDS, type RetentionDays, type RetentionKind } from '../../contracts/retention.ts';
import type { AppDependencies } from '../dependencies.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** How often a process looks whether a kind is to be looked after. */
export const RETENTION_TICK_MS = MINUTE_MS;
/** How often each kind is, by one process. */
const EVERY_MS = 10 * MINUTE_MS;
/** A run ends before the next one may begin; what is left is the next one's. */
const RUN_MS = 5 * MINUTE_MS;
/** What could not be handled or delivered, where nobody says otherwise. */
const DELIVERY_DAYS = 30;

type RetentionDependencies = Pick<AppDependencies, 'configuration' | 'logger' | 'now' | 'retention' | 'settings'>;

/** Days of the kinds of which the configuration says nothing. */
export function usualDays({
  auditKeptMs,
  historyKeptMs,
}: AppDependencies['settings']): Record<'events' | 'audit' | 'deliveries', number> {
  return {
    events: Math.round(historyKeptMs / DAY_MS),
    audit: Math.round(auditKeptMs / DAY_MS),
    deliveries: DELIVERY_DAYS,
  };
}

/** From when on a kind is kept; undefined where all of it is. */
export function keptSince(days: number | undefined, now: number): number | undefined {
  return days === undefined ? undefined : now - days * DAY_MS;
}

/**
 * Removes what is older than its days, kind by kind. Any number of processes may do so: one of them does. What one leaves that
 * dies is found and ended by the next run.
 */
export async function carryOutRetention(deps: RetentionDependencies): Promise<void> {
  const { leases } = deps.retention;
  for (const kind of RETENTION_KINDS) {
    const now = deps.now();
    if (!(await leases.claim(kind, { by: randomUUID(), now, until: now + EVERY_MS }))) continue;
    await carryOut(deps, kind);
  }
}

async function carryOut(deps: RetentionDependencies, kind: RetentionKind): Promise<void> {
  const { data, progress } = deps.retention;
  const begunAt = deps.now();
  await progress.begin(kind, begunAt);
  if (kind === 'files') await progress.add(kind, await data.removeExpiredFiles(begunAt));
  const said: RetentionDays | undefined = (await deps.configuration.getFresh()).retention()[0];
  const before = keptSince(daysOf(kind, said, usualDays(deps.settings)), begunAt);
  if (before === undefined) return;
  let count = 0;
  for await (const deleted of data.remove(kind, before)) {
    await progress.add(kind, deleted);
    count += deleted;
    if (deps.now() - begunAt > RUN_MS) break;
  }
  if (count > 0) deps.logger.info({ kind, rows: count }, 'retention has removed what was over its days');
}
