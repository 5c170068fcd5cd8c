import './customer.css';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { answersOf, type ConversationView } from '../../shared/data/chats.ts';
import { contactQuery, type ContactView } from '../../shared/data/contacts.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Pairs } from '../../shared/ui/pairs.tsx';
import { CasesSection } from './cases-section.tsx';
import { LabelsSection } from './labels-section.tsx';
import { PathSection } from './path-section.tsx';
import { PersonSection } from './person-section.tsx';

/** Whom the conversation is with, what they have said so far, and how it got here. */
export function ProfileTab({
  conversation,
  onWrite,
}: {
  conversation: ConversationView;
  /** Writes to the customer first; absent where somebody talks with them. */
  onWrite: ((contact: { id: string; name: string }) => void) | undefined;
}): ReactNode {
  const contactId = conversation.contact?.id ?? '';
  const contact = useQuery({ ...contactQuery(contactId), enabled: contactId !== '' }).data;
  return (
    <>
      <PersonSection conversation={conversation} contact={contact} onWrite={onWrite} />
      <LabelsSection conversation={conversation} />
      <AnswersSection conversation={conversation} />
      <ContactSection conversation={conversation} contact={contact} />
      <PathSection id={conversation.id} service={conversation.service} />
      <CasesSection conversation={conversation} />
    </>
  );
}

function AnswersSection({ conversation }: { conversation: ConversationView }): ReactNode {
  const { t } = useTranslation();
  const pairs = answersOf(conversation);
  if (pairs.length === 0) return null;
  return (
    <section className="sect">
      <h3>{t('customer.answers')}</h3>
      <Pairs pairs={pairs} />
    </section>
  );
}

function ContactSection({
  conversation,
  contact,
}: {
  conversation: ConversationView;
  contact: ContactView | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const pairs: [string, ReactNode][] = [];
  const add = (name: string, value: string | undefined): void => {
    if (value) pairs.push([name, value]);
  };
  add(t('customer.company'), contact?.company);
  add(t('customer.position'), contact?.position);
  add(t('customer.segment'), contact?.segment);
  add(t('customer.email'), contact?.emails.join(', '));
  add(t('customer.phone'), contact?.phones.join(', '));
  add(t('customer.language'), contact?.language && formats.languageName(contact.language));
  add(t('customer.externalId'), contact?.externalId);
  if (contact?.consent) {
    add(
      t('customer.consent'),
      contact.consent.state === 'given' ? t('customer.consentGiven') : t('customer.consentRefused'),
    );
  }
  for (const [name, value] of Object.entries(contact?.custom ?? {})) add(name, value);
  add(t('customer.page'), conversation.account);
  add(t('customer.entry'), conversation.entry);
  return (
    <section className="sect">
      <h3>{t('customer.contact')}</h3>
      <Pairs pairs={pairs} />
    </section>
  );
}
