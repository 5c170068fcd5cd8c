import { listCaseStatuses } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { Contact } from '../../contracts/contact.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { CaseSummary } from '../../contracts/people-schema.ts';
import type { AppDependencies } from '../dependencies.ts';
import { presentCaseSummary } from './present-people.ts';

const MAX_CASES = 50;

type Deps = Pick<AppDependencies, 'people' | 'configuration'>;

/** What whoever takes a conversation has to know: the person's open cases, and those that it is about; newest first. */
export async function findCasesOf(
  { people, configuration }: Deps,
  { conversationId, annotations }: ConversationRecord,
  contact: Contact | undefined,
): Promise<CaseSummary[]> {
  const snapshot = await configuration.get();
  const closed = listCaseStatuses(snapshot).flatMap(({ name, isClosed }) => (isClosed ? [name] : []));
  const contactIds = contact ? await people.contacts.listPartIds(contact.id) : [];
  const ofContact = { contactId: { $in: contactIds }, status: { $nin: closed } };
  const attached = { _id: { $in: annotations?.cases ?? [] } };
  const condition = { $or: [ofContact, { conversationIds: conversationId }, attached] };
  const found = await people.cases.search(condition, MAX_CASES);
  return found.map((each) => presentCaseSummary(each, snapshot));
}
