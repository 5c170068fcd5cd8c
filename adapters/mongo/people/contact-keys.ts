import { contactName, type ContactProfile } from '../../../contracts/contact.ts';

/** Keys of one contact, and characters of one key, that are looked for. */
const MAX_KEYS = 200;
const MAX_KEY_CHARACTERS = 100;
const MIN_PHONE_DIGITS = 3;

/** What nobody sees, as what is copied out of other programs brings with it: marks of direction, joiners, soft hyphens. */
const INVISIBLE = /\p{Cf}/gu;

/** A text as it is compared: without accents, case, double spaces and what nobody sees. */
export function normaliseText(text: string): string {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(INVISIBLE, '').toLowerCase();
  return plain.replaceAll(/\s+/g, ' ').trim().slice(0, MAX_KEY_CHARACTERS);
}

/** A telephone number as it is compared: its digits, the country's first. Empty for what is none. */
export function normalisePhone(text: string): string {
  const plain = text.normalize('NFKC').replaceAll(INVISIBLE, '');
  if (!/^[\d\s()+./\p{Pd}]*$/u.test(plain)) return '';
  const digits = plain.replaceAll(/\D/g, '').replace(/^00/, '');
  return digits.length < MIN_PHONE_DIGITS ? '' : digits.slice(0, MAX_KEY_CHARACTERS);
}

/** Digits of a country at most, behind which a number begins that is dialled within it. */
const MAX_COUNTRY_DIGITS = 3;
const MIN_NATIONAL_DIGITS = 6;

/** A number by its whole, and by what of it is dialled within its country, however long that country's code is. */
function phoneKeysOf(phone: string): string[] {
  const digits = normalisePhone(phone);
  const national = Array.from({ length: MAX_COUNTRY_DIGITS }, (_none, index) => digits.slice(index + 1));
  return [digits, ...national.filter((rest) => rest.length >= MIN_NATIONAL_DIGITS)];
}

/** What a contact is found by when somebody types the beginning of it. */
export function searchKeysOf(contact: ContactProfile): string[] {
  const words = [contactName(contact), contact.company ?? '', ...contact.tags].flatMap((text) =>
    normaliseText(text).split(' '),
  );
  const whole = [contact.externalId ?? '', ...contact.emails].map(normaliseText);
  const keys = [...words, ...whole, ...contact.phones.flatMap(phoneKeysOf)];
  return [...new Set(keys)].filter((key) => key !== '').slice(0, MAX_KEYS);
}

/** The beginnings that a typed text asks for: all of them have to be there. The 0 that is dialled within a country is none. */
export function searchWordsOf(query: string): string[] {
  const phone = normalisePhone(query).replace(/^0(?=\d)/, '');
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
