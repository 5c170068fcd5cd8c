import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HistoryTab } from '../features/customer/history-tab.tsx';
import { ProfileTab } from '../features/customer/profile-tab.tsx';
import { WriteFirstDialog } from '../features/outbound/write-first-dialog.tsx';
import { WrapUpTab } from '../features/wrap-up/wrap-up-tab.tsx';
import { conversationQuery, isInChat, type ConversationView } from '../shared/data/chats.ts';
import { useContactConversations } from '../shared/data/contacts.ts';
import { useMe } from '../shared/data/session.ts';
import { TabList } from '../shared/ui/tab-list.tsx';
import { EarlierTranscript } from './earlier-transcript.tsx';

type ContextTab = 'profile' | 'history' | 'wrap-up';

/** Beside the conversation: whom it is with, what was before, and what it came to. */
export function ContextPane({ id, onDone }: { id: string; onDone: () => void }): ReactNode {
  const { t } = useTranslation();
  const { username } = useMe();
  const conversation = useQuery(conversationQuery(id)).data;
  const [tab, setTab] = useState<ContextTab>('profile');
  const [writing, setWriting] = useState<{ id: string; name: string }>();
  const navigate = useNavigate();
  const isEnded = conversation !== undefined && !isInChat(conversation, username);
  // The paper work is next when a chat has ended.
  useEffect(() => setTab(isEnded ? 'wrap-up' : 'profile'), [isEnded, id]);
  if (!conversation) return <div aria-busy="true" />;
  return (
    <>
      <TabList
        id="context"
        label={t('context.tabs')}
        value={tab}
        tabs={[
          { value: 'profile', label: t('context.profile') },
          { value: 'history', label: <HistoryLabel conversation={conversation} /> },
          { value: 'wrap-up', label: t('context.wrapUp') },
        ]}
        onChange={setTab}
      />
      <div
        className="ctx-body"
        role="tabpanel"
        id="context-panel"
        aria-labelledby={`context-${tab}-tab`}
        tabIndex={0}
        data-region
      >
        {tab === 'profile' && (
          <ProfileTab conversation={conversation} onWrite={conversation.state === 'ended' ? setWriting : undefined} />
        )}
        {tab === 'history' && (
          <HistoryTab
            conversation={conversation}
            transcript={(earlier, onBack) => <EarlierTranscript conversation={earlier} onBack={onBack} />}
          />
        )}
        {tab === 'wrap-up' && <WrapUpTab conversation={conversation} onDone={onDone} />}
      </div>
      {writing && (
        <WriteFirstDialog
          contactId={writing.id}
          name={writing.name}
          onClose={() => setWriting(undefined)}
          onBegun={(begun) => {
            setWriting(undefined);
            void navigate({ to: '/chats/$id', params: { id: begun } });
          }}
        />
      )}
    </>
  );
}

function HistoryLabel({ conversation: { contact } }: { conversation: ConversationView }): ReactNode {
  const { t } = useTranslation();
  const { conversations = [], hasMore } = useContactConversations(contact?.id);
  const count = Math.max(0, conversations.length - 1);
  return (
    <>
      {t('context.history')} {count > 0 && <span className="count quiet">{`${count}${hasMore ? '+' : ''}`}</span>}
    </>
  );
}
