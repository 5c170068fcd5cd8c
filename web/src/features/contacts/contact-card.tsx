import { IconMessagePlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../shared/data/chats.ts';
import { contactQuery, useContactConversations, type ContactView } from '../../shared/data/contacts.ts';
import { useMe } from '../../shared/data/session.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { Pairs } from '../../shared/ui/pairs.tsx';

/** A person: what is known of them, every conversation, and a way to write to them. */
export function ContactCard({
  id,
  back,
  onOpen,
  onWrite,
}: {
  id: string;
  /** The way back to the list, on a phone. */
  back: ReactNode;
  onOpen: (conversation: ConversationView) => void;
  onWrite: (contact: { id: string; name: string }) => void;
}): ReactNode {
  const { t } = useTranslation();
  const { takesChats, services } = useMe();
  const { data: contact, error } = useQuery(contactQuery(id));
  if (!contact) {
    return error ? (
      <p className="lone t-danger" role="alert">
        {t('customer.failed')}
      </p>
    ) : (
      <div className="lone" aria-busy="true" />
    );
  }
  const name = contact.name || t('contacts.nameless');
  return (
    <>
      <header className="contact-head">
        {back}
        <Avatar name={name} size={40} />
        <div className="grow">
          <h2 dir="auto">{name}</h2>
          <span className="xs muted">{contact.identities.map(({ account }) => account).join(', ')}</span>
        </div>
        {takesChats && services.length > 0 && !contact.isBlocked && (
          <button type="button" className="btn primary" onClick={() => onWrite({ id, name })}>
            <Icon of={IconMessagePlus} />
            {t('outbound.write')}
          </button>
        )}
      </header>
      <div className="contact-body">
        <KnownOf contact={contact} />
        <Conversations contactId={id} onOpen={onOpen} />
      </div>
    </>
  );
}

function KnownOf({ contact }: { contact: ContactView }): ReactNode {
  const { t } = useTranslation();
  const known: [string, string | undefined][] = [
    [t('customer.company'), contact.company],
    [t('customer.position'), contact.position],
    [t('customer.segment'), contact.segment],
    [t('customer.email'), contact.emails.join(', ')],
    [t('customer.phone'), contact.phones.join(', ')],
    [t('customer.externalId'), contact.externalId],
    ...Object.entries(contact.custom),
  ];
  const pairs = known.filter((pair): pair is [string, string] => Boolean(pair[1]));
  return (
    <section className="sect">
      <h3>{t('customer.contact')}</h3>
      {pairs.length > 0 ? <Pairs pairs={pairs} /> : <p className="muted">{t('customer.unknown')}</p>}
    </section>
  );
}

function Conversations({
  contactId,
  onOpen,
}: {
  contactId: string;
  onOpen: (conversation: ConversationView) => void;
}): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { conversations = [], hasMore, isLoadingMore, loadMore } = useContactConversations(contactId);
  return (
    <section className="sect">
      <h3>{t('contacts.conversations')}</h3>
      <ul className="contact-conversations">
        {conversations.map((conversation) => (
          <li key={conversation.id}>
            <button type="button" onClick={() => onOpen(conversation)}>
              <span className="med grow clip">
                {conversation.service ?? conversation.entry ?? conversation.account}
              </span>
              <span className="muted clip">
                {conversation.state === 'ended'
                  ? (conversation.annotations?.disposition?.name ?? conversation.scenario?.name ?? '')
                  : t('history.open')}
              </span>
              <span className="xs muted num">{formats.moment(conversation.startedAt)}</span>
            </button>
          </li>
        ))}
      </ul>
      {hasMore && (
        <button type="button" className="btn sm quiet" aria-disabled={isLoadingMore} onClick={loadMore}>
          {t('history.more')}
        </button>
      )}
    </section>
  );
}
