import type { Db } from 'mongodb';
import type { FileStore } from '../../files/file-store.ts';
import { CHAT_MARK_COLLECTION } from '../chat-marks.ts';
import { CONVERSATION_CONTACT_COLLECTION } from '../people/contact-document.ts';
import { keepPast, type PastConversation } from './past-conversations.ts';
import { removeBytes } from '../remove-bytes.ts';
import { createRecordIndex } from '../records/record-index.ts';
import { createRecordMarks } from '../records/record-marks.ts';
import { SUGGESTION_COLLECTION } from '../suggestions-repository.ts';
import { WRAP_UP_COLLECTION } from '../wrap-ups-repository.ts';

/** Where data lies. `now`: epoch milliseconds. */
export interface RetentionStores {
  db: Db;
  fileStore: FileStore;
  now: () => number;
}

type WithId = { _id: string };
type FileRow = WithId & { pageId: string };

/** What names its conversation and is of no use without the transcript; events have days of their own. */
const OF_TRANSCRIPT = [CHAT_MARK_COLLECTION, SUGGESTION_COLLECTION, 'command-results'];

/** Files with all that is known of them. */
export async function removeFiles(stores: RetentionStores, files: readonly FileRow[]): Promise<void> {
  await removeBytes(stores, files);
  await stores.db.collection<WithId>('files').deleteMany({ _id: { $in: files.map(({ _id }) => _id) } });
}

/** Messages, and the files that came with them first: afterwards nothing would lead to those. */
export async function removeMessages(stores: RetentionStores, messageIds: readonly string[]): Promise<void> {
  const { db } = stores;
  const ids = [...messageIds];
  const files = await db
    .collection<FileRow & { messageId: string }>('files')
    .find({ messageId: { $in: ids } }, { projection: { pageId: 1 } })
    .toArray();
  await removeFiles(stores, files);
  await db.collection<WithId>('messages').deleteMany({ _id: { $in: ids } });
}

type EndedConversation = Omit<PastConversation, 'customerHash'> & { psid: string };

/**
 * Removes conversations that are over, with all that hangs on them. The record goes last: whatever is left of one where this
 * is interrupted is found by it again. `state`: as it was when it was judged; one that has begun to run meanwhile stays, and so
 * does what a customer wrote from `before` (epoch ms) on who waits for an entry.
 */
export async function removeTranscripts(
  stores: RetentionStores,
  conversations: readonly EndedConversation[],
  before: number,
): Promise<void> {
  const { db, now } = stores;
  const marks = createRecordMarks(db, now);
  const index = createRecordIndex(db);
  for (const conversation of conversations) {
    const { _id, state } = conversation;
    await removeMessages(stores, await listMessageIds(stores, conversation, before));
    if (state === 'unrouted' && (await db.collection('messages').findOne({ conversationId: _id }))) continue;
    for (const name of OF_TRANSCRIPT) await db.collection(name).deleteMany({ conversationId: _id });
    // What it came to is counted for as long as the events are kept; what the agent wrote about it is not.
    await db
      .collection(WRAP_UP_COLLECTION)
      .updateMany({ conversationId: _id }, { $unset: { note: '', followUpAt: '' } });
    if (state === 'ended') await keepPast(db, conversation);
    await db.collection<WithId>(CONVERSATION_CONTACT_COLLECTION).deleteMany({ _id });
    await index.remove([_id]);
    // Marked beside it: whoever was indexing it meanwhile does so once more, and finds nothing.
    await marks.beside(_id, () => db.collection<WithId & { state: string }>('conversations').deleteOne({ _id, state }));
  }
}

async function listMessageIds(
  { db }: RetentionStores,
  { _id, state }: { _id: string; state: string },
  before: number,
): Promise<string[]> {
  const young = state === 'unrouted' ? { at: { $lt: new Date(before) } } : {};
  const found = await db
    .collection<WithId & { conversationId: string; at: Date }>('messages')
    .find({ conversationId: _id, ...young }, { projection: { _id: 1 } })
    .toArray();
  return found.map((message) => message._id);
}
