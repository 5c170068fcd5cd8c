import { contactName, type Contact } from '../../contracts/contact.ts';
import type { CustomerView } from '../../contracts/chat-view-schema.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { findCustomerProfile } from './customer-profile.ts';

/** Whom a conversation is with: what people wrote of them counts more than their profile. */
export function presentCustomer(
  record: Pick<ConversationRecord, 'openedWith'>,
  contact: Pick<Contact, 'firstName' | 'lastName'> | undefined,
): CustomerView {
  const profile = findCustomerProfile(record);
  const isNamed = contact !== undefined && contactName(contact) !== '';
  const { firstName, lastName } = isNamed ? contact : profile;
  const names = withoutUndefined({ firstName, lastName });
  return withoutUndefined({ name: contactName(names), ...names, pictureUrl: profile.pictureUrl });
}
