import type { Filter } from 'mongodb';
import type { Contact } from '../../../contracts/contact.ts';
import type { ListPage, ListPageRequest } from '../../../contracts/conversation-queries.ts';
import { allOf, findNewestFirst } from '../paging.ts';
import { isWhole, toContact, type StoredContact } from './contact-document.ts';
import { searchWordsOf } from './contact-keys.ts';
import type { ContactStore } from './contact-store.ts';

/** Which contacts are wanted. */
export interface ContactFilter {
  /** Beginnings of names, addresses, numbers and tags, each of which has to be there. */
  query?: string;
  tag?: string;
  company?: string;
  isBlocked?: boolean;
}

/** Contacts of people, newest first; one that is part of another is not listed. */
export function listContacts(
  { contacts }: Pick<ContactStore, 'contacts'>,
  filter: ContactFilter,
  page: ListPageRequest,
): Promise<ListPage<Contact>> {
  const wanted = allOf([isWhole, ...conditionsOf(filter)]);
  return findNewestFirst(contacts, page, { filter: wanted, by: 'createdAt', convert: toContact });
}

function conditionsOf({ query = '', tag, company, isBlocked }: ContactFilter): Filter<StoredContact>[] {
  return [
    ...searchWordsOf(query).map((word) => ({ searchKeys: beginsWith(word) })),
    ...(tag === undefined ? [] : [{ tags: tag }]),
    ...(company === undefined ? [] : [{ company }]),
    ...(isBlocked === undefined ? [] : [{ block: { $exists: isBlocked } }]),
  ];
}

/** An expression that an index on the field serves. */
export function beginsWith(word: string): RegExp {
  return new RegExp(`^${word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}`);
}
