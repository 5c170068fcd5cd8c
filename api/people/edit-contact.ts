import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { AppError } from '../../contracts/app-error.ts';
import { CONTACT_LISTS, CONTACT_TEXTS, type Contact } from '../../contracts/contact.ts';
import { findNearestName } from '../../contracts/nearest-name.ts';
import type { ContactChangeRequest } from '../../contracts/people-schema.ts';

/** A contact with what somebody wants changed of it: null takes a field away, what is not named stays. */
export function editContact(
  contact: Contact,
  request: ContactChangeRequest,
  { by, at }: { by: string; at: number },
): Contact {
  const edited: Contact = { ...contact };
  for (const name of CONTACT_TEXTS) {
    const value = request[name];
    if (value === null) delete edited[name];
    else if (value !== undefined) edited[name] = value;
  }
  for (const name of CONTACT_LISTS) edited[name] = [...new Set(request[name] ?? contact[name])];
  const fields = new Map(contact.custom.map(({ name, value }) => [name, value]));
  for (const [name, value] of Object.entries(request.custom ?? {})) {
    if (value === null) fields.delete(name);
    else fields.set(name, value);
  }
  edited.custom = [...fields].map(([name, value]) => ({ name, value }));
  if (request.consent === null) delete edited.consent;
  else if (request.consent !== undefined) edited.consent = { state: request.consent, at, by };
  return edited;
}

/** @throws AppError REQUEST_INVALID for a field that the configuration does not know; one that is there may be taken away */
export function requireKnownFields(
  { custom = {} }: ContactChangeRequest,
  configuration: Pick<ConfigurationSnapshot, 'contactFields'>,
): void {
  const known = configuration.contactFields().map(({ name }) => name);
  const unknown = Object.entries(custom).filter(([name, value]) => value !== null && !known.includes(name));
  if (unknown.length === 0) return;
  const details = unknown.map(([name]) => {
    const nearest = findNearestName(name, known);
    const apply = `Apply a document "kind: contact-field" with name: ${name}.`;
    const remedy = nearest === undefined ? apply : `Did you mean "${nearest}"?`;
    return { path: `custom.${name}`, message: 'is not a field of contacts', remedy };
  });
  throw new AppError('REQUEST_INVALID', { details });
}
