import type { Db, Document } from 'mongodb';
import type { ConversationKey } from '../../../contracts/conversation-key.ts';
import { customerKey } from '../../../contracts/message-key.ts';
import { CASE_COLLECTION } from './cases-repository.ts';
import {
  CONTACT_COLLECTION,
  CONVERSATION_CONTACT_COLLECTION,
  IDENTITY_COLLECTION,
  type StoredContact,
  type StoredIdentity,
} from './contact-document.ts';
import { createContactStore } from './contact-store.ts';
import { INTERNAL_MESSAGE_COLLECTION } from './internal-messages-repository.ts';
import { settle } from './merge-contacts.ts';

/** What is known of one identity beside its conversations: a contact, its cases, and what was told of it. */
export async function findPeopleOf(
  db: Db,
  conversationKey: ConversationKey,
  conversationIds: readonly string[],
): Promise<Record<string, Document[]>> {
  const filters = await filtersOf(db, conversationKey, conversationIds);
  const found: Record<string, Document[]> = {};
  for (const [name, filter] of Object.entries(filters)) found[name] = await db.collection(name).find(filter).toArray();
  return found;
}

/**
 * Destroys it, and takes from a contact that it was merged into what came from it. The identity goes last: by it all else is
 * found again where this is interrupted. Contacts that were merged into this one stand alone again.
 */
export async function erasePeopleOf(
  db: Db,
  conversationKey: ConversationKey,
  { conversationIds, at }: { conversationIds: readonly string[]; at: number },
): Promise<Record<string, number>> {
  const { [IDENTITY_COLLECTION]: ofIdentity, ...rest } = await filtersOf(db, conversationKey, conversationIds);
  const store = createContactStore(db);
  const own = await findOwn(db, conversationKey);
  const counts: Record<string, number> = {};
  for (const [name, filter] of Object.entries(rest)) {
    counts[name] = (await db.collection(name).deleteMany(filter)).deletedCount;
  }
  await db
    .collection<{ conversationIds: string[] }>(CASE_COLLECTION)
    .updateMany(
      { conversationIds: { $in: conversationIds } },
      { $pull: { conversationIds: { $in: conversationIds } } },
    );
  if (own) await store.contacts.updateMany({ 'merged.into': own._id }, { $unset: { merged: '' } });
  const kept = own?.merged && (await store.find(own.merged.into));
  if (kept) await settle(store, kept, at);
  counts[IDENTITY_COLLECTION] = (await db.collection(IDENTITY_COLLECTION).deleteMany(ofIdentity ?? {})).deletedCount;
  return counts;
}

async function findOwn(db: Db, { pageId, psid }: ConversationKey): Promise<StoredContact | null> {
  const identity = await db.collection<StoredIdentity>(IDENTITY_COLLECTION).findOne({ _id: customerKey(pageId, psid) });
  return identity && db.collection<StoredContact>(CONTACT_COLLECTION).findOne({ _id: identity.contactId });
}

async function filtersOf(
  db: Db,
  { pageId, psid }: ConversationKey,
  conversationIds: readonly string[],
): Promise<Record<string, Document>> {
  const _id = customerKey(pageId, psid);
  const identity = await db.collection<StoredIdentity>(IDENTITY_COLLECTION).findOne({ _id });
  const contactId = identity?.contactId ?? null;
  return {
    // Also what was noted for somebody else in a conversation of theirs: their words are in it.
    [CASE_COLLECTION]: {
      $or: [{ contactId: contactId ?? '' }, { 'conversationIds.0': { $in: [...conversationIds] } }],
    },
    [CONTACT_COLLECTION]: { _id: contactId },
    [CONVERSATION_CONTACT_COLLECTION]: { pageId, psid },
    [INTERNAL_MESSAGE_COLLECTION]: { pageId, psid },
    [IDENTITY_COLLECTION]: { _id },
  };
}
