import type { Db, Filter } from 'mongodb';
import { contactName, type Contact, type KnownContact } from '../../../contracts/contact.ts';
import type { ConversationKey } from '../../../contracts/conversation-key.ts';
import type { ListPage, ListPageRequest } from '../../../contracts/conversation-queries.ts';
import { customerKey } from '../../../contracts/message-key.ts';
import {
  CONTACT_COLLECTION,
  CONVERSATION_CONTACT_COLLECTION,
  IDENTITY_COLLECTION,
  isWhole,
  toContact,
  type StoredContact,
} from './contact-document.ts';
import { exactKey, type IdentifyingField } from './contact-keys.ts';
import { createContactStore, type ContactEdit, type ContactStore } from './contact-store.ts';
import {
  mergeContacts,
  settle,
  unmergeContacts,
  type MergeBy,
  type MergeOutcome,
  type UnmergeOutcome,
} from './merge-contacts.ts';
import { listContacts, type ContactFilter } from './search-contacts.ts';

/** A conversation, as far as it says whom it is with. */
type ConversationOf = ConversationKey & { conversationId: string };

/** Two contacts of which one becomes, or was, part of the other. */
interface MergePair {
  keptId: string;
  mergedId: string;
}

/** People. A contact that is part of another is answered with that one everywhere. Times in epoch milliseconds. */
export interface ContactsRepository {
  /** The contact of somebody who writes, made where there is none, with the name of their profile where it has none. */
  recognise(key: ConversationKey, profile: { firstName?: string; lastName?: string }, at: number): Promise<Contact>;
  find(id: string, at: number): Promise<KnownContact | undefined>;
  /** Whom conversations are with, by conversation: who was identified, else whose the identity is. */
  findOfConversations(conversations: readonly ConversationOf[]): Promise<Map<string, Contact>>;
  /** Id of the contact that a conversation is with, as it is kept for good, whatever it is merged into. */
  findOwnId(conversation: ConversationOf): Promise<string | undefined>;
  /** Says whom one conversation is with, where that is not whose the identity is. */
  identify(conversation: ConversationOf, contactId: string): Promise<void>;
  /** Who has exactly this value in a field; at most `limit`. */
  findExact(field: IdentifyingField, value: string, limit: number): Promise<Contact[]>;
  /** Whose this PSID is, on that Page or on any. */
  findByPsid(psid: string, pageId?: string): Promise<Contact[]>;
  list(filter: ContactFilter, page: ListPageRequest): Promise<ListPage<Contact>>;
  /** Contacts that a condition takes, newest first. */
  search(condition: Filter<StoredContact>, limit: number): Promise<Contact[]>;
  /** Undefined where there is none of this id. */
  change(id: string, at: number, edit: ContactEdit): Promise<KnownContact | undefined>;
  merge(pair: MergePair, by: MergeBy): Promise<MergeOutcome>;
  unmerge(pair: MergePair, at: number): Promise<UnmergeOutcome>;
  /** Ids of the contacts that are part of this one, its own among them. */
  listPartIds(id: string): Promise<string[]>;
  /** Identities of the person whom this one belongs to: at least itself, which comes last. */
  listIdentitiesOf(key: ConversationKey): Promise<ConversationKey[]>;
  /** Conversations that the person was identified in although the identity is another's. */
  listIdentifiedIn(partIds: readonly string[]): Promise<string[]>;
}

/** Creates the repository over collections `contacts`, `contact-identities` and `conversation-contacts`. */
export function createContactsRepository(db: Db): ContactsRepository {
  const store = createContactStore(db);
  const known = async (contact: Contact): Promise<KnownContact> => {
    const parts = await store.listParts(contact.id);
    return { ...contact, identities: await listIdentities(store, parts) };
  };
  async function findWholeOf(id: string, at: number): Promise<Contact | undefined> {
    const whole = (await store.findWhole([id])).get(id);
    return whole && settle(store, whole, at);
  }
  return {
    ...createSearches(store),
    ...createConversationLinks(store),
    recognise: (key, profile, at) => recognise(store, { key, profile, at }),
    async find(id, at) {
      const contact = await findWholeOf(id, at);
      return contact && known(contact);
    },
    async change(id, at, edit) {
      const whole = await findWholeOf(id, at);
      const changed = whole && (await store.change(whole.id, at, edit));
      return changed && known(changed);
    },
    merge: (pair, by) => mergeContacts(store, pair, by),
    unmerge: (pair, at) => unmergeContacts(store, pair, at),
    listPartIds: async (id) => (await store.listParts(id)).map((part) => part.id),
    async listIdentitiesOf({ pageId, psid }) {
      const identity = await store.identities.findOne({ _id: customerKey(pageId, psid) });
      const whole = identity && (await store.findWhole([identity.contactId])).get(identity.contactId);
      const all = whole ? await listIdentities(store, await store.listParts(whole.id)) : [];
      const others = all.filter((other) => other.pageId !== pageId || other.psid !== psid);
      return [...others, { pageId, psid }];
    },
  };
}

function createSearches(store: ContactStore): Pick<ContactsRepository, 'findExact' | 'findByPsid' | 'list' | 'search'> {
  const { contacts, identities } = store;
  return {
    async findExact(field, value, limit) {
      const key = exactKey(field, value);
      if (key === '') return [];
      const found = await contacts
        .find({ exactKeys: key, ...isWhole })
        .limit(limit)
        .toArray();
      return found.map(toContact);
    },
    async findByPsid(psid, pageId) {
      const found = await identities.find({ psid, ...(pageId !== undefined && { pageId }) }).toArray();
      const wholes = await store.findWhole(found.map(({ contactId }) => contactId));
      return [...new Map([...wholes.values()].map((contact) => [contact.id, contact])).values()];
    },
    list: (filter, page) => listContacts(store, filter, page),
    async search(condition, limit) {
      const found = await contacts
        .find({ $and: [isWhole, condition] })
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit)
        .toArray();
      return found.map(toContact);
    },
  };
}

function createConversationLinks(
  store: ContactStore,
): Pick<ContactsRepository, 'findOfConversations' | 'findOwnId' | 'identify' | 'listIdentifiedIn'> {
  const { identities, conversations } = store;
  return {
    findOfConversations: (some) => findOfConversations(store, some),
    async findOwnId({ conversationId, pageId, psid }) {
      const identified = await conversations.findOne({ _id: conversationId });
      const owned = identified ?? (await identities.findOne({ _id: customerKey(pageId, psid) }));
      return owned?.contactId;
    },
    async identify({ conversationId, pageId, psid }, contactId) {
      const fields = { pageId, psid, contactId };
      await conversations.updateOne({ _id: conversationId }, { $set: fields }, { upsert: true });
    },
    async listIdentifiedIn(partIds) {
      const found = await conversations.find({ contactId: { $in: [...partIds] } }).toArray();
      return found.map(({ _id }) => _id);
    },
  };
}

/** Indexes of the collections; creating them again changes nothing. */
export async function ensureContactIndexes(db: Db): Promise<void> {
  await db.collection(CONTACT_COLLECTION).createIndexes([
    { key: { createdAt: -1, _id: -1 }, name: 'newest' },
    { key: { searchKeys: 1 }, name: 'search' },
    { key: { exactKeys: 1 }, name: 'exact' },
    { key: { tags: 1 }, name: 'tags' },
    { key: { 'merged.into': 1 }, name: 'merged', sparse: true },
  ]);
  await db.collection(IDENTITY_COLLECTION).createIndexes([
    { key: { contactId: 1 }, name: 'contact' },
    { key: { psid: 1 }, name: 'psid' },
  ]);
  await db.collection(CONVERSATION_CONTACT_COLLECTION).createIndexes([
    { key: { contactId: 1 }, name: 'contact' },
    { key: { pageId: 1, psid: 1 }, name: 'customer' },
  ]);
}

async function recognise(
  store: ContactStore,
  { key, profile, at }: { key: ConversationKey; profile: { firstName?: string; lastName?: string }; at: number },
): Promise<Contact> {
  const contact = await store.claim(key, at);
  const { firstName, lastName } = profile;
  if (contactName(contact) !== '' || contactName(profile) === '') return contact;
  const named = await store.change(contact.id, at, (unnamed) =>
    contactName(unnamed) === ''
      ? { ...unnamed, ...(firstName !== undefined && { firstName }), ...(lastName !== undefined && { lastName }) }
      : undefined,
  );
  return named ?? contact;
}

async function listIdentities({ identities }: ContactStore, parts: readonly Contact[]): Promise<ConversationKey[]> {
  const contactIds = parts.map(({ id }) => id);
  const found = await identities
    .find({ contactId: { $in: contactIds } })
    .sort({ _id: 1 })
    .toArray();
  return found.map(({ pageId, psid }) => ({ pageId, psid }));
}

const keyOf = ({ pageId, psid }: ConversationKey): string => customerKey(pageId, psid);

async function findOfConversations(
  store: ContactStore,
  some: readonly ConversationOf[],
): Promise<Map<string, Contact>> {
  const { identities, conversations } = store;
  const [owned, identified] = await Promise.all([
    identities.find({ _id: { $in: [...new Set(some.map(keyOf))] } }).toArray(),
    conversations.find({ _id: { $in: some.map(({ conversationId }) => conversationId) } }).toArray(),
  ]);
  const contactIds = new Map([...owned, ...identified].map(({ _id, contactId }) => [_id, contactId]));
  const wholes = await store.findWhole([...contactIds.values()]);
  const found = new Map<string, Contact>();
  for (const conversation of some) {
    const own = wholes.get(contactIds.get(keyOf(conversation)) ?? '');
    const contact = wholes.get(contactIds.get(conversation.conversationId) ?? '') ?? own;
    if (contact) found.set(conversation.conversationId, contact);
  }
  return found;
}
