import { randomUUID } from 'node:crypto';
import type { SpoolEntry } from '../../adapters/mongo/webhook-spool.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { AppDependencies } from '../dependencies.ts';
import type { ApiMetrics } from '../metrics.ts';
import { handleEvents, isAway } from './handle-events.ts';
import { keepFailures } from './keep-failures.ts';
import type { SpoolView } from './spool-view.ts';

/** How often a process looks for spooled events. */
export const SPOOL_TICK_MS = 150;
/** A process that dies with a Page in its hands keeps it so long from the others. */
const CLAIM_MS = 10_000;
const PAUSE_AFTER_FAILURE_MS = 1000;
const REOPEN_EVERY_MS = 60_000;
const PAGES_AT_ONCE = 8;
const ENTRIES_AT_ONCE = 4;

/** The work of one process on the spool. */
export interface SpoolDrain {
  /** Starts work on Pages that nobody works on; the work goes on beside. */
  tick(): Promise<void>;
  /** Resolves once nothing is left that can be drained now. */
  whenIdle(): Promise<void>;
  /** Ends the work under way after the entry it is at; the rest stays for other processes. */
  stop(): Promise<void>;
}

/**
 * Creates the drain of one process. A Page is drained by one process at a time, oldest first; an entry is removed once
 * all of it is handled, so a killed process loses nothing, and what it had signalled already is known by its keys.
 */
export function createSpoolDrain(deps: AppDependencies, metrics: ApiMetrics, view: SpoolView): SpoolDrain {
  const by = randomUUID();
  const working = new Map<string, Promise<void>>();
  let isStopping = false;
  let pausedUntil = -Infinity;
  let reopenedAt = -Infinity;

  async function drainPage(pageId: string): Promise<void> {
    if (!(await claim(pageId))) return;
    try {
      await workOff({ deps, metrics }, pageId, async () => !isStopping && (await claim(pageId)));
    } catch (error) {
      pausedUntil = deps.now() + PAUSE_AFTER_FAILURE_MS;
      if (!isAway(error)) deps.logger.error({ err: error, pageId }, 'the spool of this Page cannot be drained');
    } finally {
      await deps.spool.release(pageId, by).catch(() => undefined);
    }
  }

  async function whenIdle(): Promise<void> {
    while (working.size > 0) await Promise.all(working.values());
  }

  const claim = (pageId: string): Promise<boolean> =>
    deps.spool.claim(pageId, { by, now: deps.now(), until: deps.now() + CLAIM_MS });

  return {
    async tick() {
      if (isStopping || deps.now() < pausedUntil) return;
      if (deps.now() - reopenedAt > REOPEN_EVERY_MS) {
        await deps.spool.reopenForgotten();
        reopenedAt = deps.now();
      }
      const open = await view.refresh();
      metrics.spooledEvents.set(open.reduce((sum, { waiting }) => sum + Math.max(waiting, 0), 0));
      for (const { pageId } of open) {
        if (working.has(pageId) || working.size >= PAGES_AT_ONCE) continue;
        working.set(
          pageId,
          drainPage(pageId).finally(() => working.delete(pageId)),
        );
      }
    },
    whenIdle,
    async stop() {
      isStopping = true;
      await whenIdle();
    },
  };
}

/** Handles a Page's entries as long as it may go on. */
async function workOff(
  { deps, metrics }: { deps: AppDependencies; metrics: ApiMetrics },
  pageId: string,
  mayGoOn: () => Promise<boolean>,
): Promise<void> {
  for (;;) {
    const entries = await deps.spool.listNext(pageId, ENTRIES_AT_ONCE);
    for (const entry of entries) {
      await handleEntry(deps, metrics, entry);
      if (!(await mayGoOn())) return;
    }
    if (entries.length === 0 && (await deps.spool.closeIfEmpty(pageId))) return;
  }
}

async function handleEntry(deps: AppDependencies, metrics: ApiMetrics, entry: SpoolEntry): Promise<void> {
  if (entry.unreadable) await putAside(deps, metrics, { ...entry, unreadable: entry.unreadable });
  const failures = await handleEvents(deps, metrics, entry.events);
  for (const failure of failures) {
    const content = { form: 'events' as const, events: failure.events };
    await keepFailures(deps, metrics, { failures: [failure], content, pageIds: [entry.pageId] });
  }
  await deps.spool.remove(entry).catch((error: unknown) => {
    throw new AppError('SERVICE_UNAVAILABLE', { cause: error });
  });
}

/** Kept as it was sealed, for the day on which its key is back: what is behind it does not wait for that. */
async function putAside(
  deps: AppDependencies,
  metrics: ApiMetrics,
  { id, pageId, count, unreadable }: SpoolEntry & Required<Pick<SpoolEntry, 'unreadable'>>,
): Promise<void> {
  const { reason, sealed, days } = unreadable;
  deps.logger.error({ pageId, entry: id, count, reason }, 'a spooled entry cannot be read and becomes a dead letter');
  const content = { form: 'spooled' as const, id, sealed };
  await keepFailures(deps, metrics, { failures: [{ reason, events: [] }], content, pageIds: [pageId], days });
  await deps.alerts.tell({
    pageId,
    kind: 'spool-unreadable',
    message: `Webhook events of this Page that waited in MongoDB cannot be opened; they were put aside as a dead letter. ${reason}`,
    remedy: 'Give the processes the key as ATTENDANT_ENCRYPTION_KEY_PREVIOUS, then replay the dead letter.',
  });
}
