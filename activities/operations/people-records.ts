import type { Case, CaseStatus } from '../../contracts/case.ts';
import { contactName, type Contact } from '../../contracts/contact.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { Json } from '../../contracts/json.ts';
import { truncateText } from '../../contracts/split-text.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import type { OperationRequest } from './operation-handler.ts';

/** What a scenario knows of a contact, a case or a conversation: a map whose values lie in histories, so none is long. */
export type PeopleRecord = Record<string, Json>;

const MAX_TEXT = 500;

/** Whom a conversation is with. */
export async function findContactOf(
  { readModel }: Pick<ActivityDependencies, 'readModel'>,
  { conversationId, pageId, psid }: Pick<OperationRequest, 'conversationId' | 'pageId' | 'psid'>,
): Promise<Contact | undefined> {
  const found = await readModel.people.contacts.findOfConversations([{ conversationId, pageId, psid }]);
  return found.get(conversationId);
}

/** The deployment's own fields under their names, and the usual ones; a field that is not known is an empty text. */
export function toContactRecord(contact: Contact, customNames: readonly string[]): PeopleRecord {
  const { id, emails, phones, tags, consent, block, custom } = contact;
  const { firstName, lastName, title, position, company, segment, language, externalId } = contact;
  const texts = { firstName, lastName, title, position, company, segment, language, externalId };
  const own = Object.fromEntries(customNames.map((name) => [name, custom.find((field) => field.name === name)?.value]));
  const [email, phone] = [emails[0], phones[0]];
  return {
    ...shorten({ ...own, ...texts, email, phone, consent: consent?.state }),
    id,
    name: contactName(contact),
    emails,
    phones,
    tags,
    isBlocked: block !== undefined,
  };
}

export function toCaseRecord(found: Case, statuses: readonly CaseStatus[]): PeopleRecord {
  const { id, number, title, status, priority, description, category, owner, contactId, createdAt } = found;
  return {
    ...shorten({ title, description, category, owner, contactId }),
    id,
    number: String(number),
    status,
    isOpen: statuses.find(({ name }) => name === status)?.isClosed !== true,
    priority,
    createdAt: new Date(createdAt).toISOString(),
  };
}

/** An earlier conversation, as the history of a contact tells it. */
export function toActivityRecord(record: ConversationRecord): PeopleRecord {
  const { conversationId, state, startedAt, endedAt, pageId, service, entry, endReason, annotations, chatEnd } = record;
  const { name: disposition, comment } = annotations?.disposition ?? {};
  return {
    ...shorten({ service, entry, endReason, disposition, comment, agent: chatEnd?.agent }),
    id: conversationId,
    state,
    pageId,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: endedAt === undefined ? '' : new Date(endedAt).toISOString(),
  };
}

function shorten(texts: Record<string, string | undefined>): PeopleRecord {
  return Object.fromEntries(Object.entries(texts).map(([name, text = '']) => [name, truncateText(text, MAX_TEXT)]));
}
