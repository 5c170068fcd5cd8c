import { listCaseStatuses } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { normalisePhone } from '../../adapters/mongo/people/contact-keys.ts';
import { withValues } from '../../adapters/mongo/people/merge-profiles.ts';
import { CASE_PRIORITIES, firstOpenStatus, type CaseFields } from '../../contracts/case.ts';
import { CONSENTS, CONTACT_TEXTS, type Contact, type ContactProfile } from '../../contracts/contact.ts';
import { truncateText } from '../../contracts/split-text.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import {
  done,
  idempotencyKey,
  OperationFailure,
  type OperationHandler,
  type OperationOf,
  type OperationRequest,
} from './operation-handler.ts';

const BY = 'scenario';
const MAX_TEXT = 200;
const MAX_LONG_TEXT = 10_000;
const EMAIL = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/;

type Request = OperationRequest<OperationOf<'create-object'>>;

/**
 * Creates a case, or completes the customer's own contact, which there is from their first message on. Carried out again it
 * gives the same: a case has the key of its effect.
 */
export const createObject: OperationHandler<'create-object'> = (deps, request) =>
  request.operation.object === 'case' ? createCase(deps, request) : completeContact(deps, request);

async function createCase(deps: ActivityDependencies, request: Request) {
  const { cases, contacts } = deps.readModel.people;
  const { conversationId } = request;
  const given = readTexts(request.operation.fields);
  const fields = readCaseFields(given, await deps.configuration.get());
  const contactId = given.get('contactId') ?? (await contacts.findOwnId(request));
  if (given.has('contactId') && !(await contacts.find(given.get('contactId') ?? '', deps.now()))) {
    throw new OperationFailure('There is no contact of the id in "contactId".');
  }
  const created = await cases.create({
    ...fields,
    key: JSON.stringify(['scenario', idempotencyKey(request)]),
    ...(contactId !== undefined && { contactId }),
    conversationId,
    by: BY,
    at: deps.now(),
  });
  return done({ id: created.id, number: String(created.number) });
}

const CASE_FIELDS = new Set(['title', 'status', 'priority', 'description', 'category', 'owner', 'contactId']);

function readCaseFields(given: ReadonlyMap<string, string>, configuration: ConfigurationSnapshot): CaseFields {
  refuseUnknown('Cases', given, (name) => CASE_FIELDS.has(name));
  const statuses = listCaseStatuses(configuration);
  const title = given.get('title');
  const status = given.get('status') ?? firstOpenStatus(statuses);
  const priority = CASE_PRIORITIES.find((known) => known === (given.get('priority') ?? 'normal'));
  const owner = given.get('owner');
  if (title === undefined) throw new OperationFailure('A case needs a title.');
  if (!statuses.some(({ name }) => name === status))
    throw new OperationFailure('The configuration has no such status.');
  if (!priority) throw new OperationFailure(`"priority" is none of ${CASE_PRIORITIES.join(', ')}.`);
  if (owner !== undefined && !configuration.user(owner)) throw new OperationFailure('"owner" is nobody’s user name.');
  const [description, category] = [given.get('description'), given.get('category')];
  return {
    title: truncateText(title, MAX_TEXT),
    status,
    priority,
    ...(description !== undefined && { description: truncateText(description, MAX_LONG_TEXT) }),
    ...(category !== undefined && { category: truncateText(category, MAX_TEXT) }),
    ...(owner !== undefined && { owner }),
  };
}

async function completeContact(deps: ActivityDependencies, request: Request) {
  const { contacts } = deps.readModel.people;
  const names = (await deps.configuration.get()).contactFields().map(({ name }) => name);
  const given = readContactFields(readTexts(request.operation.fields), names);
  const at = deps.now();
  const own = await contacts.findOwnId(request);
  const id = own ?? (await contacts.recognise(request, {}, at)).id;
  const changed = await contacts.change(id, at, (contact) => complete(contact, given, at));
  if (!changed) throw new OperationFailure('The contact is gone.');
  return done({ id: changed.id });
}

interface GivenFields {
  profile: ContactProfile;
  consent?: (typeof CONSENTS)[number];
}

function readContactFields(given: ReadonlyMap<string, string>, customNames: readonly string[]): GivenFields {
  const consent = CONSENTS.find((known) => known === given.get('consent'));
  if (given.has('consent') && !consent) throw new OperationFailure(`"consent" is none of ${CONSENTS.join(', ')}.`);
  const profile: ContactProfile = { emails: [], phones: [], tags: [], custom: [] };
  const readers: Record<string, (text: string) => void> = {
    consent: () => undefined,
    email: (text) => void profile.emails.push(requireForm('email', text, (each) => EMAIL.test(each))),
    phone: (text) => void profile.phones.push(requireForm('phone', text, (each) => normalisePhone(each) !== '')),
    tags: (text) => void profile.tags.push(...splitList(text)),
    ...Object.fromEntries(CONTACT_TEXTS.map((name) => [name, (text: string) => void (profile[name] = text)])),
    ...Object.fromEntries(
      customNames.map((name) => [name, (value: string) => void profile.custom.push({ name, value })]),
    ),
  };
  refuseUnknown('Contacts', given, (name) => Object.hasOwn(readers, name));
  for (const [name, text] of given) readers[name]?.(truncateText(text, MAX_TEXT));
  return { profile, ...(consent && { consent }) };
}

const isNew = (some: readonly string[]) => (text: string) => !some.includes(text);

/** What is given stands; addresses, numbers and tags are added to those that are there. */
function complete(contact: Contact, { profile, consent }: GivenFields, at: number): Contact {
  const { emails, phones, tags, custom, ...texts } = profile;
  const kept = contact.custom.filter(({ name }) => !custom.some((field) => field.name === name));
  const added = {
    emails: emails.filter(isNew(contact.emails)),
    phones: phones.filter(isNew(contact.phones)),
    tags: tags.filter(isNew(contact.tags)),
    custom,
  };
  const completed = withValues({ ...contact, ...texts, custom: kept }, added);
  return consent ? { ...completed, consent: { state: consent, at, by: BY } } : completed;
}

/** A field that a scenario has nothing for changes nothing. */
function readTexts(fields: OperationOf<'create-object'>['fields']): Map<string, string> {
  const texts = Object.entries(fields).map(([name, value]): [string, string] => [name, String(value).trim()]);
  return new Map(texts.filter(([, text]) => text !== ''));
}

function splitList(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim());
  return [...new Set(tags)].filter((tag) => tag !== '');
}

/** The reason names the field, and nothing that a customer may have written. */
function requireForm(field: string, text: string, isSound: (text: string) => boolean): string {
  if (!isSound(text)) throw new OperationFailure(`"${field}" has another form than it should.`);
  return text;
}

function refuseUnknown(what: string, given: ReadonlyMap<string, string>, isKnown: (name: string) => boolean): void {
  const unknown = [...given.keys()].find((name) => !isKnown(name));
  if (unknown !== undefined) throw new OperationFailure(`${what} have no field "${unknown}".`);
}
