import {
  listCaseStatuses,
  type ConfigurationSnapshot,
} from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { Case, CaseStatus } from '../../contracts/case.ts';
import { contactName, type Contact, type KnownContact } from '../../contracts/contact.ts';
import type { InternalMessage } from '../../contracts/internal-message.ts';
import type {
  CaseSummary,
  CaseView,
  ContactListItem,
  ContactSummary,
  ContactView,
  InternalMessageView,
} from '../../contracts/people-schema.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** A contact as conversations and lists name it. */
export function presentContactSummary(contact: Contact): ContactSummary {
  const { id, company, segment, tags, block } = contact;
  return withoutUndefined({ id, name: contactName(contact), company, segment, tags, isBlocked: block !== undefined });
}

export function presentContactListItem(contact: Contact): ContactListItem {
  const { emails, phones, createdAt } = contact;
  return { ...presentContactSummary(contact), emails, phones, createdAt: iso(createdAt) };
}

/** A contact as the API gives it; accounts are named as they are now. */
export function presentContact(
  contact: KnownContact,
  accounts: Pick<ConfigurationSnapshot, 'accountByPage'>,
): ContactView {
  const { firstName, lastName, title, position, language, externalId, emails, phones, custom } = contact;
  const { consent, block, identities, merges, createdAt, updatedAt } = contact;
  return withoutUndefined({
    ...presentContactSummary(contact),
    firstName,
    lastName,
    title,
    position,
    language,
    externalId,
    emails,
    phones,
    custom: Object.fromEntries(custom.map(({ name, value }) => [name, value])),
    consent: consent && { ...consent, at: iso(consent.at) },
    block: block && { ...block, at: iso(block.at) },
    identities: identities.map(({ pageId, psid }) =>
      withoutUndefined({ pageId, psid, account: accounts.accountByPage(pageId)?.name }),
    ),
    merges: merges.map(({ contactId, at, by }) => ({ contactId, at: iso(at), by })),
    createdAt: iso(createdAt),
    updatedAt: iso(updatedAt),
  });
}

/** Whether something is still to be done for a case of this status; one that no configuration knows counts as open. */
function isOpenStatus(statuses: readonly CaseStatus[], status: string): boolean {
  return statuses.find(({ name }) => name === status)?.isClosed !== true;
}

/** A case as conversations and lists name it. */
export function presentCaseSummary(
  { id, number, title, status, priority, category, owner, createdAt, updatedAt }: Case,
  configuration: Pick<ConfigurationSnapshot, 'caseStatuses'>,
): CaseSummary {
  const isOpen = isOpenStatus(listCaseStatuses(configuration), status);
  const times = { createdAt: iso(createdAt), updatedAt: iso(updatedAt) };
  return withoutUndefined({ id, number, title, status, isOpen, priority, category, owner, ...times });
}

export function presentCase(
  found: Case,
  contact: Contact | undefined,
  configuration: Pick<ConfigurationSnapshot, 'caseStatuses'>,
): CaseView {
  const { description, conversationIds, comments, changes, createdBy } = found;
  return withoutUndefined({
    ...presentCaseSummary(found, configuration),
    description,
    contact: contact && presentContactSummary(contact),
    conversationIds,
    comments: comments.map((comment) => ({ ...comment, at: iso(comment.at) })),
    changes: changes.map((change) => ({ ...change, at: iso(change.at) })),
    createdBy,
  });
}

export function presentInternalMessage({ id, text, conversationId, at, readAt }: InternalMessage): InternalMessageView {
  return { id, text, conversationId, at: iso(at), ...(readAt !== undefined && { readAt: iso(readAt) }) };
}
