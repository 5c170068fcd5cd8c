/** People as the read model keeps them: a contact is a person, with one Messenger identity for each Page they write to. */
import type { NamedValue } from './conversation-annotations.ts';
import type { ConversationKey } from './conversation-key.ts';

/** Fields of a contact that hold one text each. */
export const CONTACT_TEXTS = [
  'firstName',
  'lastName',
  'title',
  'position',
  'company',
  'segment',
  'language',
  'externalId',
] as const;
type ContactText = (typeof CONTACT_TEXTS)[number];

/** Fields of a contact that hold a list of texts. */
export const CONTACT_LISTS = ['emails', 'phones', 'tags'] as const;
type ContactList = (typeof CONTACT_LISTS)[number];

/** What is known of a person. `custom`: fields of the deployment's own, by name. */
export type ContactProfile = { [Name in ContactText]?: string } & { [Name in ContactList]: string[] } & {
  custom: NamedValue[];
};

/** Whether the person wants to be written to beside their own questions. */
export const CONSENTS = ['given', 'refused'] as const;
type Consent = (typeof CONSENTS)[number];

/** Times in epoch milliseconds. */
export interface Contact extends ContactProfile {
  id: string;
  /** Rises with every change. */
  revision: number;
  consent?: { state: Consent; at: number; by: string };
  /** A blocked person is not served: docs/people.md. */
  block?: { at: number; by: string; reason?: string };
  createdAt: number;
  updatedAt: number;
  /** It was merged into another one, and everything of it is there. */
  merged?: { into: string; mergeId: string; at: number; by: string };
  /** What merges brought in: taken back with them. */
  merges: ContactMerge[];
}

/** One merge as the contact that stayed remembers it. */
export interface ContactMerge {
  mergeId: string;
  /** The contact that was merged into this one. */
  contactId: string;
  at: number;
  by: string;
  /** Values that this one did not have. */
  brought: ContactProfile;
  /** It brought the block. */
  hasBlocked?: true;
}

/** A contact as others see it: who it is, and with whom on which Pages. */
export interface KnownContact extends Contact {
  identities: ConversationKey[];
}

/** What a person is called; empty where nobody has said. */
export function contactName({ firstName, lastName }: Pick<ContactProfile, 'firstName' | 'lastName'>): string {
  return [firstName, lastName].filter((name) => name !== undefined && name !== '').join(' ');
}

/** What scenarios read of a contact, beside the deployment's own fields: `$(contact.segment)`. */
export const CONTACT_RECORD_FIELDS = [
  'id',
  'name',
  ...CONTACT_TEXTS,
  'email',
  ...CONTACT_LISTS,
  'phone',
  'isBlocked',
  'consent',
] as const;
