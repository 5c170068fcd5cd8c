import { contactName, type ContactProfile } from '../../../contracts/contact.ts';

/** Keys of one contact, and characters of one key, that are looked for. */
const MAX_KEYS = 200;
const MAX_KEY_CHARACTERS = 100;
const MIN_PHONE_DIGITS = 3;

/** A text as it is compared: without accents, case and double spaces. */
export function normaliseText(text: string): string {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain.replaceAll(/\s+/g, ' ').trim().slice(0, MAX_KEY_CHARACTERS);
}

/** A telephone number as it is compared: its digits, the country's first. Empty for what is none. */
export function normalisePhone(text: string): string {
  if (!/^[\d\s()+./-]*$/.test(text)) return '';
  const digits = text.replaceAll(/\D/g, '').replace(/^00/, '');
  return digits.length < MIN_PHONE_DIGITS ? '' : digits.slice(0, MAX_KEY_CHARACTERS);
}

/** What a contact is found by when somebody types the beginning of it. */
export function searchKeysOf(contact: ContactProfile): string[] {
  const words = [contactName(contact), contact.company ?? '', ...contact.tags].flatMap((text) =>
    normaliseText(text).split(' '),
  );
  const whole = [contact.externalId ?? '', ...contact.emails].map(normaliseText);
  const keys = [...words, ...whole, ...contact.phones.map(normalisePhone)];
  return [...new Set(keys)].filter((key) => key !== '').slice(0, MAX_KEYS);
}

/** The beginnings that a typed text asks for: all of them have to be there. */
export function searchWordsOf(query: string): string[] {
  const phone = normalisePhone(query);
  return phone === '' ? normaliseText(query).split(' ').filter(Boolean) : [phone];
}

/** What a contact is identified by: the whole value of a field. */
export type IdentifyingField = 'email' | 'phone' | 'external-id' | `custom ${string}`;

/** The key that a contact with this value has among its own. Empty where the value says nothing. */
export function exactKey(field: IdentifyingField, value: string): string {
  const normalised = field === 'phone' ? normalisePhone(value) : normaliseText(value);
  return normalised === '' ? '' : `${field}: ${normalised}`;
}

/** What a contact may be identified by. */
export function exactKeysOf({ emails, phones, externalId = '', custom }: ContactProfile): string[] {
  const keys = [
    ...emails.map((email) => exactKey('email', email)),
    ...phones.map((phone) => exactKey('phone', phone)),
    exactKey('external-id', externalId),
    ...custom.map(({ name, value }) => exactKey(`custom ${name}`, value)),
  ];
  return [...new Set(keys)].filter((key) => key !== '');
}
