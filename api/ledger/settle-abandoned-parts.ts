import { randomUUID } from 'node:crypto';
import type { UnsettledPart } from '../../adapters/mongo/parked-parts.ts';
import { conversationWorkflowId, pageWorkflowId } from '../../adapters/temporal/workflow-id.ts';
import type { AppDependencies } from '../dependencies.ts';

/** How often parts are looked for that nobody sends any more, by one process. */
export const ABANDONED_TICK_MS = 60_000;
/** A call to Graph under way when its actor was ended is over by then, whatever comes of it. */
const LEFT_ALONE_MS = 2 * 60_000;
/** Whoever sends a part gives it up after a day. */
const LONGEST_MS = 25 * 60 * 60_000;
const LOOKED_AT_ONCE = 200;

type Deps = Pick<AppDependencies, 'ledger' | 'actors' | 'actorWatch' | 'conversations' | 'logger' | 'now'>;

/**
 * Gives those parts an end whose actor was ended from outside while they were on their way: it alone would have learnt what
 * became of them. Nobody can tell whether one that was being sent has arrived: its delivery status is unknown, and a person
 * decides. An echo that comes later still settles it.
 */
export function createAbandonedParts(deps: Deps): { tick(): Promise<void> } {
  const by = randomUUID();
  let after = 0;
  return {
    async tick() {
      const now = deps.now();
      if (!(await deps.actorWatch.claim('parts', { by, now, until: now + ABANDONED_TICK_MS / 2 }))) return;
      const parts = await deps.ledger.listUnsettled({ after, before: now - LEFT_ALONE_MS, limit: LOOKED_AT_ONCE });
      // What waits for good reason must not hide what comes behind it.
      after = parts.length < LOOKED_AT_ONCE ? 0 : (parts.at(-1)?.at.getTime() ?? 0);
      for (const part of parts) {
        if (now - part.lastTriedAt < LONGEST_MS && (await isSomebodys(deps, part))) continue;
        await deps.ledger.abandon(part.id, now);
        deps.logger.error(
          { conversationId: part.conversationId, partId: part.id },
          'the actor of a part was ended while it was on its way: compare with the Page Inbox',
        );
      }
    },
  };
}

async function isSomebodys({ actors, conversations }: Deps, part: UnsettledPart): Promise<boolean> {
  const { pageId, psid, conversationId, isLetGo } = part;
  if (isLetGo) return actors.isRunning(pageWorkflowId(pageId));
  const conversation = await conversations.findConversation(conversationId);
  // The customer has written since: their next conversation runs under the same name, and knows nothing of it.
  if (conversation?.endReason === 'terminated') return false;
  return actors.isRunning(conversationWorkflowId(pageId, psid));
}
