import './contacts.css';
import { IconBan, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { contactSearchQuery } from '../../shared/data/contacts.ts';
import { useLater } from '../../shared/lib/use-later.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { SearchField } from '../../shared/ui/search-field.tsx';

/** People who wrote, found by the beginnings of what is known of them. */
export function ContactsList({
  selected,
  onSelect,
}: {
  selected: string | undefined;
  onSelect: (id: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const { data: contacts, error } = useQuery(contactSearchQuery(useLater(words.trim())));
  return (
    <section className="pane list" aria-label={t('contacts.title')} data-region>
      <header className="contacts-head">
        <h1>{t('contacts.title')}</h1>
      </header>
      <div className="contacts-search">
        <SearchField label={t('contacts.search')} words={words} onChange={setWords} />
      </div>
      <div className="contacts-rows">
        {error && (
          <p className="t-danger" role="alert">
            {t('contacts.failed')}
          </p>
        )}
        {contacts?.length === 0 && (
          <EmptyState icon={IconUsers} title={words === '' ? t('contacts.none') : t('contacts.noMatch', { words })} />
        )}
        {contacts?.map((contact) => (
          <button
            key={contact.id}
            type="button"
            className="contact-row"
            aria-current={contact.id === selected ? 'true' : undefined}
            onClick={() => onSelect(contact.id)}
          >
            <Avatar name={contact.name || t('contacts.nameless')} size={32} />
            <span className="grow">
              <span className="med clip" dir="auto">
                {contact.name || t('contacts.nameless')}
              </span>
              <span className="xs muted clip">{contact.company ?? contact.emails[0] ?? contact.phones[0] ?? ''}</span>
            </span>
            {contact.isBlocked && (
              <span className="chip danger">
                <Icon of={IconBan} size={12} />
                {t('customer.blocked')}
              </span>
            )}
          </button>
        ))}
      </div>
    </section>
  );
}
