import { IconArrowLeft, IconUsers } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ContactCard } from '../features/contacts/contact-card.tsx';
import { ContactsList } from '../features/contacts/contacts-list.tsx';
import { WriteFirstDialog } from '../features/outbound/write-first-dialog.tsx';
import type { ConversationView } from '../shared/data/chats.ts';
import { EmptyState } from '../shared/ui/empty-state.tsx';
import { IconButton } from '../shared/ui/icon-button.tsx';
import { EarlierTranscript } from './earlier-transcript.tsx';

/** People: looked for, looked at, written to. */
export function ContactsPage(): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id } = useParams({ strict: false });
  const [opened, setOpened] = useState<ConversationView>();
  const [writing, setWriting] = useState<{ id: string; name: string }>();
  useEffect(() => setOpened(undefined), [id]);
  return (
    <div className="contacts">
      <ContactsList
        selected={id}
        onSelect={(contactId) => void navigate({ to: '/contacts/$id', params: { id: contactId } })}
      />
      <main className="contact-main" id="main" data-region>
        {id === undefined && (
          <div className="lone">
            <EmptyState icon={IconUsers} title={t('contacts.choose')} />
          </div>
        )}
        {id !== undefined && !opened && (
          <div className="contact-main" data-shown>
            <ContactCard
              id={id}
              back={
                <span className="only-phone">
                  <IconButton
                    icon={IconArrowLeft}
                    label={t('history.back')}
                    onClick={() => void navigate({ to: '/contacts' })}
                  />
                </span>
              }
              onOpen={setOpened}
              onWrite={setWriting}
            />
          </div>
        )}
        {opened && (
          <div className="contact-main" data-shown>
            <EarlierTranscript conversation={opened} onBack={() => setOpened(undefined)} />
          </div>
        )}
      </main>
      {writing && (
        <WriteFirstDialog
          contactId={writing.id}
          name={writing.name}
          onClose={() => setWriting(undefined)}
          onBegun={(conversationId) => void navigate({ to: '/chats/$id', params: { id: conversationId } })}
        />
      )}
    </div>
  );
}
