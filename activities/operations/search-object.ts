import type { Filter } from 'mongodb';
import { listCaseStatuses } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { StoredCase } from '../../adapters/mongo/people/cases-repository.ts';
import type { StoredContact } from '../../adapters/mongo/people/contact-document.ts';
import { exactKey } from '../../adapters/mongo/people/contact-keys.ts';
import { CONTACT_TEXTS } from '../../contracts/contact.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import {
  done,
  noData,
  OperationFailure,
  type OperationHandler,
  type OperationOf,
  type OperationRequest,
} from './operation-handler.ts';
import { findContactOf, toActivityRecord, toCaseRecord, toContactRecord, type PeopleRecord } from './people-records.ts';

type Request = OperationRequest<OperationOf<'search-object'>>;
type Condition = Request['operation']['where'][number];

/** Conversations of a person that are looked through. */
const MAX_ACTIVITIES = 200;

/** Looks for contacts and cases of everybody, or for earlier conversations of this customer; newest first. */
export const searchObject: OperationHandler<'search-object'> = async (deps, request) => {
  const { object, fields, limit } = request.operation;
  const found = await searches[object](deps, request);
  const records = found.slice(0, limit).map((record) => pick(record, fields));
  return records.length === 0 ? noData('Nothing matches.') : done({ records });
};

const searches: Record<
  Request['operation']['object'],
  (deps: ActivityDependencies, request: Request) => Promise<PeopleRecord[]>
> = { contact: searchContacts, case: searchCases, activity: searchActivities };

async function searchContacts(deps: ActivityDependencies, { operation }: Request): Promise<PeopleRecord[]> {
  const names = (await deps.configuration.get()).contactFields().map(({ name }) => name);
  const conditions = operation.where.map((condition) => {
    const matching = matchContact(condition.field, condition.value, names);
    if (!matching) throw unknownField('contacts', condition.field);
    return isNegative(condition) ? { $nor: [matching] } : matching;
  });
  const found = await deps.readModel.people.contacts.search({ $and: conditions }, operation.limit);
  return found.map((contact) => toContactRecord(contact, names));
}

type Matcher<Document> = (value: string | undefined) => Filter<Document>;

const hasField = { $exists: true } as const;

/** What the fields of a contact that have a value, or without one any value, look like. */
const contactMatchers: Record<string, Matcher<StoredContact>> = {
  ...Object.fromEntries(
    CONTACT_TEXTS.map((name): [string, Matcher<StoredContact>] => [name, (value) => ({ [name]: value ?? hasField })]),
  ),
  id: (value) => (value === undefined ? {} : { _id: value }),
  email: (value) => (value === undefined ? { 'emails.0': hasField } : { exactKeys: exactKey('email', value) }),
  phone: (value) => (value === undefined ? { 'phones.0': hasField } : { exactKeys: exactKey('phone', value) }),
  tags: (value) => (value === undefined ? { 'tags.0': hasField } : { tags: value }),
  consent: (value) => (value === undefined ? { consent: hasField } : { 'consent.state': value }),
  isBlocked: (value) => ({ block: { $exists: value !== 'false' } }),
};

function matchContact(
  field: string,
  value: string | undefined,
  customNames: readonly string[],
): Filter<StoredContact> | undefined {
  if (Object.hasOwn(contactMatchers, field)) return contactMatchers[field]?.(value);
  if (!customNames.includes(field)) return undefined;
  return { custom: { $elemMatch: { name: field, ...(value !== undefined && { value }) } } };
}

async function searchCases(deps: ActivityDependencies, { operation, pageId }: Request): Promise<PeopleRecord[]> {
  const statuses = listCaseStatuses(await deps.configuration.get());
  const closed = statuses.flatMap(({ name, isClosed }) => (isClosed ? [name] : []));
  const conditions: Filter<StoredCase>[] = [];
  for (const condition of operation.where) {
    const matching = await matchCase(deps, condition, { closed, pageId });
    conditions.push(isNegative(condition) ? { $nor: [matching] } : matching);
  }
  const found = await deps.readModel.people.cases.search({ $and: conditions }, operation.limit);
  return found.map((each) => toCaseRecord(each, statuses));
}

const caseText =
  (name: string): Matcher<StoredCase> =>
  (value) => ({ [name]: value ?? hasField });

const caseMatchers: Record<string, Matcher<StoredCase>> = {
  id: (value) => (value === undefined ? {} : { _id: value }),
  number: (value) => (value === undefined ? {} : { number: Number(value) }),
  ...Object.fromEntries(
    ['title', 'status', 'priority', 'description', 'category', 'owner'].map((name) => [name, caseText(name)]),
  ),
};

async function matchCase(
  deps: ActivityDependencies,
  { field, value }: Condition,
  { closed, pageId }: { closed: readonly string[]; pageId: string },
): Promise<Filter<StoredCase>> {
  const matcher = Object.hasOwn(caseMatchers, field) ? caseMatchers[field] : undefined;
  if (matcher) return matcher(value);
  if (field === 'isOpen') return { status: value === 'false' ? { $in: [...closed] } : { $nin: [...closed] } };
  if (field !== 'contactId' && field !== 'customer') throw unknownField('cases', field);
  if (value === undefined) return { contactId: hasField };
  return { contactId: { $in: await listContactIds(deps, field, { value, pageId }) } };
}

/** Cases stay with the contact that they were made for: those of all that are one with it are meant. */
async function listContactIds(
  { readModel, now }: ActivityDependencies,
  field: 'contactId' | 'customer',
  { value, pageId }: { value: string; pageId: string },
): Promise<string[]> {
  const { contacts } = readModel.people;
  const [contact] =
    field === 'customer' ? await contacts.findByPsid(value, pageId) : [await contacts.find(value, now())];
  return contact ? contacts.listPartIds(contact.id) : [];
}

async function searchActivities(deps: ActivityDependencies, request: Request): Promise<PeopleRecord[]> {
  const { contacts } = deps.readModel.people;
  const contact = await findContactOf(deps, request);
  const known = contact && (await contacts.find(contact.id, deps.now()));
  if (!known) return [];
  const conversationIds = await contacts.listIdentifiedIn(await contacts.listPartIds(known.id));
  const filter = { with: { customers: known.identities, conversationIds } };
  const { items } = await deps.readModel.conversations.listConversations(filter, { limit: MAX_ACTIVITIES });
  const earlier = items.filter(({ conversationId }) => conversationId !== request.conversationId);
  return earlier.map(toActivityRecord).filter((record) => request.operation.where.every((each) => holds(record, each)));
}

function holds(record: PeopleRecord, { field, is, value = '' }: Condition): boolean {
  const actual = record[field];
  if (actual === undefined) throw unknownField('activities', field);
  if (is === 'empty' || is === 'not-empty') return (actual === '') === (is === 'empty');
  return (actual === value) === (is === 'equal');
}

const isNegative = ({ is }: Condition): boolean => is === 'not-equal' || is === 'empty';

function unknownField(what: string, field: string): OperationFailure {
  return new OperationFailure(`One cannot look for ${what} by "${field}".`);
}

function pick(record: PeopleRecord, fields: readonly string[]): PeopleRecord {
  if (fields.length === 0) return record;
  return Object.fromEntries(fields.map((name) => [name, record[name] ?? '']));
}
