import {
  CONTACT_LISTS,
  CONTACT_TEXTS,
  contactName,
  type Contact,
  type ContactMerge,
  type ContactProfile,
} from '../../../contracts/contact.ts';
import { normalisePhone, normaliseText } from './contact-keys.ts';

/** A list holds so many values at most. */
const MAX_LISTED = 50;

const sameness: Record<(typeof CONTACT_LISTS)[number], (text: string) => string> = {
  emails: normaliseText,
  phones: (phone) => normalisePhone(phone) || normaliseText(phone),
  tags: normaliseText,
};

/** What `other` knows that `contact` does not. */
function broughtBy(contact: ContactProfile, other: ContactProfile): ContactProfile {
  const brought: ContactProfile = { emails: [], phones: [], tags: [], custom: [] };
  const isNamed = contactName(contact) !== '';
  for (const name of CONTACT_TEXTS) {
    const value = other[name];
    // Half a name of the one with half a name of the other is nobody's.
    if (isNamed && (name === 'firstName' || name === 'lastName')) continue;
    if (value !== undefined && contact[name] === undefined) brought[name] = value;
  }
  for (const name of CONTACT_LISTS) {
    const known = new Set(contact[name].map(sameness[name]));
    brought[name] = other[name].filter((value) => !known.has(sameness[name](value)));
  }
  const known = new Set(contact.custom.map(({ name }) => name));
  brought.custom = other.custom.filter(({ name }) => !known.has(name));
  return brought;
}

/** The contact with another one in it, which says when and by whom. */
export function withMerged(contact: Contact, other: Contact): Contact {
  const { merged, block } = other;
  if (!merged) return contact;
  const { mergeId, at, by } = merged;
  const brought = broughtBy(contact, other);
  const hasBlocked = block !== undefined && contact.block === undefined;
  const merge: ContactMerge = { mergeId, contactId: other.id, at, by, brought, ...(hasBlocked && { hasBlocked }) };
  return { ...withValues(contact, brought), ...(hasBlocked && { block }), merges: [...contact.merges, merge] };
}

const more = (some: string[], others: string[]): string[] => [...some, ...others].slice(0, MAX_LISTED);

/** As `withMerged`, for values that come from elsewhere. */
export function withValues(contact: Contact, brought: ContactProfile): Contact {
  const { emails, phones, tags, custom, ...texts } = brought;
  return {
    ...contact,
    ...texts,
    emails: more(contact.emails, emails),
    phones: more(contact.phones, phones),
    tags: more(contact.tags, tags),
    custom: [...contact.custom, ...custom],
  };
}

/**
 * The contact without what a merge brought. What somebody has changed since is theirs: it stays, as does what was added.
 * Where somebody has lifted or set the block since, that stays, too.
 */
export function withoutMerged(contact: Contact, merge: ContactMerge): Contact {
  const { brought } = merge;
  const left: Contact = { ...contact, merges: contact.merges.filter(({ mergeId }) => mergeId !== merge.mergeId) };
  for (const name of CONTACT_TEXTS) {
    if (brought[name] !== undefined && left[name] === brought[name]) delete left[name];
  }
  for (const name of CONTACT_LISTS) left[name] = left[name].filter((value) => !brought[name].includes(value));
  left.custom = left.custom.filter(
    ({ name, value }) => !brought.custom.some((field) => field.name === name && field.value === value),
  );
  if (merge.hasBlocked && left.block && left.block.at <= merge.at) delete left.block;
  return left;
}
