import type { Collection, Db } from 'mongodb';
import { auditedCustomer } from '../audit-repository.ts';
import type { StoredConversation } from '../conversations-repository.ts';

/**
 * What is left of a conversation whose transcript is over its days: what reports count it by, and nothing that names the
 * customer. It goes with the events. An erasure finds it by the hash that the audit names customers by.
 */
export type PastConversation = Pick<
  StoredConversation,
  '_id' | 'pageId' | 'entry' | 'service' | 'group' | 'servedBy' | 'startedAt' | 'endedAt' | 'state'
> & { customerHash: string };

export const PAST_CONVERSATIONS = 'past-conversations';

/** The fields of a record that are kept of it. */
export const OF_PAST = {
  pageId: 1,
  psid: 1,
  entry: 1,
  service: 1,
  group: 1,
  servedBy: 1,
  startedAt: 1,
  endedAt: 1,
  state: 1,
} as const;

export const pastConversations = (db: Db): Collection<PastConversation> =>
  db.collection<PastConversation>(PAST_CONVERSATIONS);

/** Keeps what reports need of a record, before it goes; doing it again changes nothing. */
export async function keepPast(
  db: Db,
  record: Omit<PastConversation, 'customerHash'> & { psid: string },
): Promise<void> {
  const { _id, psid, ...fields } = record;
  const { customerHash } = auditedCustomer({ pageId: record.pageId, psid });
  const $setOnInsert = { ...fields, customerHash };
  await pastConversations(db).updateOne({ _id }, { $setOnInsert }, { upsert: true });
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensurePastConversationIndexes(db: Db): Promise<void> {
  await db.collection(PAST_CONVERSATIONS).createIndexes([
    { key: { startedAt: 1 }, name: 'began' },
    { key: { endedAt: 1, startedAt: 1 }, name: 'ended' },
    { key: { customerHash: 1 }, name: 'customer' },
  ]);
}
