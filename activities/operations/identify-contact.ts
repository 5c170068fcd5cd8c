import { exactKey } from '../../adapters/mongo/people/contact-keys.ts';
import type { Contact } from '../../contracts/contact.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { done, noData, OperationFailure, type OperationHandler, type OperationRequest } from './operation-handler.ts';
import type { OperationOf } from './operation-handler.ts';
import { findContactOf, toContactRecord } from './people-records.ts';

/** More than so many are told as that many: the scenario only asks whether it is one. */
const MAX_MATCHES = 100;

/**
 * Looks for the customer among the contacts; the only match is whom the conversation is with from now on. Nobody is merged:
 * what a customer says of themselves proves nothing.
 */
export const identifyContact: OperationHandler<'identify-contact'> = async (deps, request) => {
  const names = (await deps.configuration.get()).contactFields().map(({ name }) => name);
  const matches = await findMatches(deps, request, names);
  const [contact, ...more] = matches;
  if (!contact) return noData('No contact has this value.');
  if (more.length > 0) return done({ matches: matches.length });
  const current = await findContactOf(deps, request);
  if (current?.id !== contact.id) await deps.readModel.people.contacts.identify(request, contact.id);
  return done({ matches: 1, contact: toContactRecord(contact, names) });
};

async function findMatches(
  { readModel }: ActivityDependencies,
  { operation, pageId, psid }: OperationRequest<OperationOf<'identify-contact'>>,
  customNames: readonly string[],
): Promise<Contact[]> {
  const { contacts } = readModel.people;
  const { by, value = '', field = '' } = operation;
  if (by === 'messenger-id') {
    return value === '' || value === psid ? contacts.findByPsid(psid, pageId) : contacts.findByPsid(value);
  }
  if (by === 'custom-field' && !customNames.includes(field)) {
    throw new OperationFailure(`The configuration has no contact field "${field}".`);
  }
  const key = by === 'custom-field' ? (`custom ${field}` as const) : by;
  return exactKey(key, value) === '' ? [] : contacts.findExact(key, value, MAX_MATCHES);
}
