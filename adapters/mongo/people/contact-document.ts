import type { Contact } from '../../../contracts/contact.ts';
import { exactKeysOf, searchKeysOf } from './contact-keys.ts';

/** A contact in collection `contacts`: with the keys by which it is looked for, made anew at every write. */
export type StoredContact = Omit<Contact, 'id'> & { _id: string; searchKeys: string[]; exactKeys: string[] };

/** A Messenger identity in collection `contact-identities`, under Page and PSID: whose it is stays for good. */
export interface StoredIdentity {
  _id: string;
  pageId: string;
  psid: string;
  contactId: string;
}

/** A contact that somebody else than the customer's own was identified as, for one conversation. */
export interface StoredConversationContact {
  _id: string;
  pageId: string;
  psid: string;
  contactId: string;
}

export const CONTACT_COLLECTION = 'contacts';
export const IDENTITY_COLLECTION = 'contact-identities';
export const CONVERSATION_CONTACT_COLLECTION = 'conversation-contacts';

/** A contact that is part of no other: those are looked for, the others are found through it. */
export const isWhole = { merged: { $exists: false } } as const;

/** As it is written: the document whole, so that a field that is gone goes. */
export function toStoredContact({ id, ...contact }: Contact): StoredContact {
  return { _id: id, ...contact, searchKeys: searchKeysOf(contact), exactKeys: exactKeysOf(contact) };
}

export function toContact({ _id, searchKeys: _search, exactKeys: _exact, ...contact }: StoredContact): Contact {
  return { id: _id, ...contact };
}

/** Nobody knows anything of them yet. */
export function createContact(id: string, at: number): Contact {
  return {
    id,
    revision: 1,
    emails: [],
    phones: [],
    tags: [],
    custom: [],
    merges: [],
    createdAt: at,
    updatedAt: at,
  };
}
