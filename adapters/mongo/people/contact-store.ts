import { randomUUID } from 'node:crypto';
import type { Collection, Db } from 'mongodb';
import type { Contact } from '../../../contracts/contact.ts';
import type { ConversationKey } from '../../../contracts/conversation-key.ts';
import { insertIfAbsent } from '../configuration/natural-key-repository.ts';
import { customerKey } from '../../../contracts/message-key.ts';
import {
  CONTACT_COLLECTION,
  CONVERSATION_CONTACT_COLLECTION,
  createContact,
  IDENTITY_COLLECTION,
  toContact,
  toStoredContact,
  type StoredContact,
  type StoredConversationContact,
  type StoredIdentity,
} from './contact-document.ts';

/** Merges in a row: a chain is followed so far. */
const MAX_DEPTH = 50;
/** Attempts at a change that others come before. */
const MAX_ATTEMPTS = 10;

/** What one contact becomes; undefined: nothing of it changes. */
export type ContactEdit = (contact: Contact) => Contact | undefined;

/** Contacts as documents: what the rest of this folder is made of. */
export interface ContactStore {
  contacts: Collection<StoredContact>;
  identities: Collection<StoredIdentity>;
  conversations: Collection<StoredConversationContact>;
  find(id: string): Promise<Contact | undefined>;
  /** The contacts that these are part of, by the ids asked for; unknown ones are left out. */
  findWhole(ids: readonly string[]): Promise<Map<string, Contact>>;
  /** Every contact that is part of this one, itself first. */
  listParts(id: string): Promise<Contact[]>;
  /** Changes one contact, anew where somebody else came before. Undefined where there is none of this id. */
  change(id: string, at: number, edit: ContactEdit): Promise<Contact | undefined>;
  /** The contact of an identity, made where there is none. Doing it again gives the same. */
  claim(key: ConversationKey, at: number): Promise<Contact>;
}

/** Creates the store over one database. */
export function createContactStore(db: Db): ContactStore {
  const contacts = db.collection<StoredContact>(CONTACT_COLLECTION);
  const identities = db.collection<StoredIdentity>(IDENTITY_COLLECTION);

  async function find(id: string): Promise<Contact | undefined> {
    const stored = await contacts.findOne({ _id: id });
    return stored ? toContact(stored) : undefined;
  }

  async function findMany(ids: readonly string[]): Promise<Map<string, Contact>> {
    if (ids.length === 0) return new Map();
    const found = await contacts.find({ _id: { $in: [...ids] } }).toArray();
    return new Map(found.map((stored) => [stored._id, toContact(stored)]));
  }

  return {
    contacts,
    identities,
    conversations: db.collection<StoredConversationContact>(CONVERSATION_CONTACT_COLLECTION),
    find,
    findWhole: (ids) => findWhole(findMany, ids),
    async listParts(id) {
      const parts: Contact[] = [];
      let next = [...(await findMany([id])).values()];
      for (let depth = 0; next.length > 0 && depth < MAX_DEPTH; depth += 1) {
        parts.push(...next);
        const ids = next.map((part) => part.id);
        const found = await contacts
          .find({ 'merged.into': { $in: ids } })
          .sort({ _id: 1 })
          .toArray();
        next = found.map(toContact);
      }
      return parts;
    },
    change: (id, at, edit) => change({ contacts, find }, { id, at, edit }),
    async claim(key, at) {
      const _id = customerKey(key.pageId, key.psid);
      const known = await identities.findOne({ _id });
      // The identity first: whoever dies in between leaves its id to the next, who makes the same contact.
      if (!known) await insertIfAbsent(identities, { _id, ...identityOf(key), contactId: randomUUID() });
      const identity = known ?? (await identities.findOne({ _id }));
      if (!identity) throw new Error('MongoDB gave no identity after writing one');
      const whole = (await findWhole(findMany, [identity.contactId])).get(identity.contactId);
      if (whole) return whole;
      const contact = createContact(identity.contactId, at);
      await insertIfAbsent(contacts, toStoredContact(contact));
      return (await find(contact.id)) ?? contact;
    },
  };
}

const identityOf = ({ pageId, psid }: ConversationKey): ConversationKey => ({ pageId, psid });

/** Follows merges level by level. A contact whose whole is gone is whole itself. */
async function findWhole(
  findMany: (ids: readonly string[]) => Promise<Map<string, Contact>>,
  ids: readonly string[],
): Promise<Map<string, Contact>> {
  const wholes = await findMany([...new Set(ids)]);
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const above = [...wholes.values()].flatMap(({ merged }) => merged?.into ?? []);
    const found = await findMany([...new Set(above)]);
    if (found.size === 0) break;
    for (const [id, { merged }] of wholes) {
      const next = found.get(merged?.into ?? '');
      if (next) wholes.set(id, next);
    }
  }
  return wholes;
}

async function change(
  { contacts, find }: Pick<ContactStore, 'contacts' | 'find'>,
  { id, at, edit }: { id: string; at: number; edit: ContactEdit },
): Promise<Contact | undefined> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const contact = await find(id);
    const edited = contact && edit(contact);
    if (!edited) return contact;
    const next = { ...edited, revision: contact.revision + 1, updatedAt: at };
    const { _id, ...fields } = toStoredContact(next);
    const { matchedCount } = await contacts.replaceOne({ _id, revision: contact.revision }, fields, {
      ignoreUndefined: true,
    });
    if (matchedCount > 0) return next;
  }
  throw new Error(`Contact ${id} is changed by too many at once`);
}
