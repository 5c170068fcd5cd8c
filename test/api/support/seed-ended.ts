import type { Db } from 'mongodb';
import type { ConversationRecord } from '../../../contracts/conversation-record.ts';

/** Conversations of a version that are over, as the read model keeps them; they began at `startedAt` (epoch ms). */
export async function seedEnded(
  db: Db,
  wanted: {
    count: number;
    scenario: { name: string; version: string };
    startedAt: number;
    more?: Partial<ConversationRecord>;
  },
): Promise<void> {
  const { count, scenario, startedAt, more = {} } = wanted;
  if (count === 0) return;
  const rows = Array.from({ length: count }, () => {
    const id = crypto.randomUUID();
    const record: ConversationRecord = {
      conversationId: id,
      revision: 1,
      pageId: 'page-1',
      psid: id,
      workflowId: id,
      state: 'ended',
      owner: 'scenario',
      entry: 'front-door',
      startedAt,
      endedAt: startedAt + 1,
      endReason: 'exit',
      servedBy: [],
      scenario,
      ...more,
    };
    const { conversationId: _id, ...fields } = record;
    return { _id, ...fields };
  });
  await db.collection<(typeof rows)[number]>('conversations').insertMany(rows);
}
