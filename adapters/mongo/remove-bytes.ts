import type { Db } from 'mongodb';
import { customerKey } from '../../contracts/message-key.ts';
import type { FileStore } from '../files/file-store.ts';

/** Stores take so many at once: one may be far away. */
const AT_ONCE = 32;

/** Removes the bytes of files, and Meta's ids of those that were sent on. Before the rows that know of them. */
export async function removeBytes(
  { db, fileStore }: { db: Db; fileStore: FileStore },
  files: readonly { _id: string; pageId: string }[],
): Promise<void> {
  for (let from = 0; from < files.length; from += AT_ONCE) {
    const some = files.slice(from, from + AT_ONCE);
    await Promise.all(some.map(({ _id }) => fileStore.delete(_id)));
    const uploads = some.map(({ _id, pageId }) => customerKey(pageId, _id));
    await db.collection<{ _id: string }>('uploads').deleteMany({ _id: { $in: uploads } });
  }
}
