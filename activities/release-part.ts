import { activityInfo } from '@temporalio/activity';
import type { LedgerRow } from '../adapters/mongo/delivery-ledger.ts';
import type { Part, SendResult } from '../contracts/part.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { createSendPart } from './send-part.ts';

/**
 * Sends a part again that a person let go: its conversation is over or has gone on without it. The row holds all of it.
 */
export function createReleasePart(deps: ActivityDependencies): (request: { partId: string }) => Promise<SendResult> {
  const sendPart = createSendPart(deps);
  return async function releasePart({ partId }) {
    // False where an attempt before this one let it go: its row says what is left to do.
    await deps.readModel.ledger.release(partId, { releaseId: releaseId(), now: deps.now() });
    const row = await deps.readModel.ledger.find(partId);
    if (!row) return { status: 'failed', reason: 'The part was erased' };
    const { pageId, psid, conversationId } = row;
    const { window } = await deps.readModel.customers.find(pageId, psid);
    return sendPart({
      pageId,
      psid,
      conversationId,
      part: partOf(partId, row),
      isEnded: true,
      isLetGo: true,
      ...(window && { window }),
    });
  };
}

/** The same for every attempt at one release. */
function releaseId(): string {
  const { workflowExecution, activityId } = activityInfo();
  return `${workflowExecution?.runId}:${activityId}`;
}

function partOf(id: string, { author, text = '', outbound, at, seq }: LedgerRow): Part {
  const { attachment, quickReplies = [] } = outbound ?? {};
  return { id, author, text, quickReplies, at: at.getTime(), seq, ...(attachment && { attachment }) };
}
