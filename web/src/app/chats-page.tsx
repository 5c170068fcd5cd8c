import './chats-page.css';
import { Drawer } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Slots } from '../features/agent-state/slots.tsx';
import { StateSelector } from '../features/agent-state/state-selector.tsx';
import { ChatList } from '../features/chat-list/chat-list.tsx';
import { Composer } from '../features/composer/composer.tsx';
import { ConversationPane } from '../features/conversation/conversation-pane.tsx';
import { Home, NoDesk } from '../features/home/home.tsx';
import { OfferList } from '../features/offers/offer-list.tsx';
import { ReopenButton } from '../features/outbound/reopen-button.tsx';
import { TransferDialog } from '../features/transfer/transfer-dialog.tsx';
import { useMyChats, type Chat } from '../shared/data/chats.ts';
import { useDrafts } from '../shared/data/drafts.ts';
import { useMe } from '../shared/data/session.ts';
import { announce } from '../shared/ui/announcer.tsx';
import { ContextPane } from './context-pane.tsx';
import { ListFoot } from './list-foot.tsx';

/** The agent's desktop: chats, the open conversation, and whom it is with. */
export function ChatsPage(): ReactNode {
  const { takesChats } = useMe();
  return takesChats ? <Desktop /> : <NoDesk />;
}

function Desktop(): ReactNode {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false });
  const navigate = useNavigate();
  const { chats, isLoading } = useMyChats();
  const [isContextOpen, setIsContextOpen] = useState(false);
  const [invitation, setInvitation] = useState<'transfer' | 'conference'>();
  /** The chat that was accepted last, until its composer has the focus. */
  const [accepted, setAccepted] = useState<string>();
  /** An accepted chat takes the focus unless somebody is writing elsewhere. */
  const onAccepted = useCallback(
    (acceptedId: string): void => {
      const field = document.activeElement;
      if (field instanceof HTMLTextAreaElement && field.value !== '') announce(t('chats.list'));
      else {
        setAccepted(acceptedId);
        void navigate({ to: '/chats/$id', params: { id: acceptedId } });
      }
    },
    [t, navigate],
  );
  const onQuote = useCallback(
    (text: string): void => {
      if (id === undefined) return;
      const { drafts, write } = useDrafts.getState();
      const quoted = text.replaceAll(/^/gm, '> ');
      write(id, { mode: 'reply', reply: `${drafts[id]?.reply ?? ''}${quoted}\n` });
    },
    [id],
  );
  const chat = chats.find(({ conversation }) => conversation.id === id);
  const context = id !== undefined && <ContextPane id={id} onDone={() => void navigate({ to: '/chats' })} />;

  return (
    <div className={`desk ${id === undefined ? 'home-only' : 'has-chat'}`}>
      <ListPane chats={chats} isLoading={isLoading} selected={id} onAccepted={onAccepted} />
      {id === undefined ? (
        <Home hasChats={chats.length > 0} />
      ) : (
        <ConversationPane
          id={id}
          composer={(conversation) => (
            <Composer
              key={id}
              conversation={conversation}
              {...(accepted === id && { onFocused: () => setAccepted(undefined) })}
            />
          )}
          isAccepted={accepted === id}
          onInvite={setInvitation}
          onShowCustomer={() => setIsContextOpen(true)}
          onQuote={onQuote}
          endedAction={(conversation) => <ReopenButton conversationId={conversation.id} onBegun={onAccepted} />}
        />
      )}
      {id !== undefined && <div className="ctx pane">{context}</div>}
      <Drawer
        opened={isContextOpen && id !== undefined}
        onClose={() => setIsContextOpen(false)}
        position="right"
        size={360}
        withCloseButton={false}
        attributes={{ content: { 'aria-label': t('context.tabs') } }}
      >
        <div className="ctx pane drawer">{context}</div>
      </Drawer>
      {chat && invitation && (
        <TransferDialog conversation={chat.conversation} kind={invitation} onClose={() => setInvitation(undefined)} />
      )}
    </div>
  );
}

function ListPane({
  chats,
  isLoading,
  selected,
  onAccepted,
}: {
  chats: Chat[];
  isLoading: boolean;
  selected: string | undefined;
  onAccepted: (id: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const { slots = 0 } = useMe();
  const taken = chats.filter(({ isOpen, wrapUp }) => isOpen || wrapUp !== undefined).length;
  return (
    <section className="pane list" aria-label={t('app.chats')} data-region>
      <div className="list-head">
        <StateSelector chats={chats.filter(({ isOpen }) => isOpen).length} />
        {slots > 0 && <Slots used={taken} all={slots} />}
      </div>
      <OfferList onAccepted={onAccepted} />
      <ChatList chats={chats} isLoading={isLoading} selected={selected} />
      <ListFoot />
    </section>
  );
}
