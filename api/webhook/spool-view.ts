import type { OpenPage, WebhookSpool } from '../../adapters/mongo/webhook-spool.ts';
import type { AppDependencies } from '../dependencies.ts';

/** How long a look at the spool holds, counted from before it was taken. */
const VIEW_LIFETIME_MS = 300;
/**
 * How long an answer waits after its events went to the spool. It is longer than a look holds, so that whatever
 * Messenger sends after the answer meets a process that knows the Page's spool is open, and goes behind.
 */
export const SPOOL_HOLD_MS = 350;

/** Which Pages have a spool, to a third of a second. */
export interface SpoolView {
  /** Where the database does not answer, what was known last counts. */
  isOpen(pageId: string): Promise<boolean>;
  /** This process has spooled events of the Page itself. */
  noteOpen(pageId: string): void;
  /** Looks now. Throws what the database throws. */
  refresh(): Promise<OpenPage[]>;
}

/** Creates the view of one process. */
export function createSpoolView({
  spool,
  now,
}: Pick<AppDependencies, 'now'> & { spool: Pick<WebhookSpool, 'listOpen'> }): SpoolView {
  let open = new Set<string>();
  let seenAt = -Infinity;
  let looking: Promise<OpenPage[]> | undefined;

  async function look(): Promise<OpenPage[]> {
    const startedAt = now();
    const found = await spool.listOpen();
    open = new Set(found.map(({ pageId }) => pageId));
    seenAt = startedAt;
    return found;
  }

  function refresh(): Promise<OpenPage[]> {
    looking ??= look().finally(() => (looking = undefined));
    return looking;
  }

  return {
    refresh,
    noteOpen: (pageId) => void open.add(pageId),
    async isOpen(pageId) {
      if (now() - seenAt > VIEW_LIFETIME_MS) {
        // A look that began before this body came may miss what another process spooled before it.
        await refresh().catch(() => undefined);
      }
      return open.has(pageId);
    },
  };
}
