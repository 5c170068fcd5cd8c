import './conversation.css';
import { IconLock, IconMessageOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, newClientId, unwrap } from '../../shared/client/client.ts';
import { conversationQuery, isInChat, useCloseChat, type ConversationView } from '../../shared/data/chats.ts';
import { learnColleagues } from '../../shared/data/colleagues.ts';
import { useDraft, useDrafts } from '../../shared/data/drafts.ts';
import { useCustomerName } from '../../shared/data/names.ts';
import { useMe } from '../../shared/data/session.ts';
import { tellFailure } from '../../shared/data/toasts.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { useCommand } from '../../shared/lib/commands.ts';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { ConversationHeader } from './conversation-header.tsx';
import { EndDialog } from './end-dialog.tsx';
import { FlagDialog, setFlag } from './flag-dialog.tsx';
import { MemberBar } from './member-bar.tsx';
import { Transcript } from './transcript.tsx';
import { useEvents } from './use-events.ts';
import { useInvitationOutcome } from './use-invitation-outcome.ts';
import { useMarkSeen } from './use-mark-seen.ts';

interface PaneProps {
  id: string;
  composer: (conversation: ConversationView) => ReactNode;
  /** It was taken a moment ago: that it is connected comes with the next news of it. */
  isAccepted: boolean;
  onInvite: (kind: 'transfer' | 'conference') => void;
  onShowCustomer: () => void;
  onQuote: (text: string) => void;
  /** What may be done with a conversation that has ended. */
  endedAction: (conversation: ConversationView) => ReactNode;
}

/** The conversation in the middle: its head, what was said, and where one writes. */
export function ConversationPane(props: PaneProps): ReactNode {
  const { t } = useTranslation();
  const { data: conversation, error } = useQuery(conversationQuery(props.id));
  if (conversation) return <LoadedPane key={props.id} conversation={conversation} {...props} />;
  return (
    <main className="conv" id="main" data-region data-pane="conversation" aria-busy={!error}>
      {error && (
        <div className="lone">
          <EmptyState
            icon={IconMessageOff}
            title={t('conversation.notFoundTitle')}
            action={
              <Link to="/chats" className="btn outline">
                {t('conversation.toChats')}
              </Link>
            }
          >
            {t('conversation.notFoundText')}
          </EmptyState>
        </div>
      )}
    </main>
  );
}

function LoadedPane({
  conversation,
  composer,
  isAccepted,
  onInvite,
  onShowCustomer,
  onQuote,
  endedAction,
}: PaneProps & { conversation: ConversationView }): ReactNode {
  const { t } = useTranslation();
  const { username } = useMe();
  const nameOf = useCustomerName();
  const { id, agent, participants = [], state } = conversation;
  const isOpen = isInChat(conversation, username);
  const isHolder = isOpen && agent?.username === username;
  const endsForAll = participants.filter(({ role }) => role === 'member').length === 0;
  const [isAtEnd, setIsAtEnd] = useState(true);
  const [isFlagOpen, setIsFlagOpen] = useState(false);
  const events = useEvents(id);
  const ending = useEnding(conversation, endsForAll);
  useMarkSeen({ id, isAtEnd, isOpen });
  useInvitationOutcome(conversation, () => onInvite('transfer'));
  useEffect(() => learnColleagues([agent, ...participants.map((each) => each.agent)]), [agent, participants]);
  useCommand('transfer', isHolder ? () => onInvite('transfer') : undefined);

  function flag(): void {
    if (!conversation.helpFlag) return setIsFlagOpen(true);
    setFlag(id, false).catch((error: unknown) => tellFailure(t('conversation.flagFailed'), error));
  }

  return (
    <main
      className="conv"
      id="main"
      data-region
      data-pane="conversation"
      aria-label={t('conversation.label', { name: nameOf(conversation) })}
    >
      <ConversationHeader
        conversation={conversation}
        isOpen={isOpen}
        isHolder={isHolder}
        endsForAll={endsForAll}
        actions={{
          onFlag: flag,
          onInvite: () => onInvite('conference'),
          onTransfer: () => onInvite('transfer'),
          onEnd: ending.ask,
          onShowCustomer,
        }}
      />
      {isOpen && <MemberBar conversation={conversation} />}
      <Transcript
        conversation={conversation}
        events={events}
        isReadOnly={false}
        onQuote={onQuote}
        onAtEnd={useCallback((isThere: boolean) => setIsAtEnd(isThere), [])}
      />
      {isOpen && composer(conversation)}
      {!isOpen &&
        (isAccepted && state !== 'ended' ? (
          <ConnectingBar />
        ) : (
          <EndedBar conversation={conversation} action={endedAction} />
        ))}
      <FlagDialog id={id} isOpen={isFlagOpen} onClose={() => setIsFlagOpen(false)} />
      <EndDialog
        isOpen={ending.isAsking}
        name={nameOf(conversation)}
        draftLength={ending.draftLength}
        onClose={ending.keep}
        onEnd={ending.end}
      />
    </main>
  );
}

/** Ends the chat, or leaves it where others stay; asks first where a draft would be lost. */
function useEnding(
  { id }: ConversationView,
  endsForAll: boolean,
): { ask: () => void; keep: () => void; end: () => void; isAsking: boolean; draftLength: number } {
  const { t } = useTranslation();
  const { reply } = useDraft(id);
  const [isAsking, setIsAsking] = useState(false);

  function end(): void {
    setIsAsking(false);
    useDrafts.getState().discard(id);
    const request = { params: { id }, body: { clientId: newClientId() } };
    const ended = endsForAll
      ? call('POST /api/v1/conversations/:id/end', request)
      : call('POST /api/v1/conversations/:id/leave', request);
    ended
      .then(unwrap)
      .catch((error: unknown) =>
        tellFailure(endsForAll ? t('conversation.endFailed') : t('conversation.leaveFailed'), error),
      );
  }

  return {
    isAsking,
    draftLength: reply.length,
    keep: () => setIsAsking(false),
    end,
    ask: () => (reply.trim() === '' ? end() : setIsAsking(true)),
  };
}

function ConnectingBar(): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="ended-bar" role="status">
      {t('conversation.connecting')}
    </div>
  );
}

function EndedBar({
  conversation,
  action,
}: {
  conversation: ConversationView;
  action: PaneProps['endedAction'];
}): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const nameOf = useCustomerName();
  const closeChat = useCloseChat();
  const { chatEnd, endedAt } = conversation;
  const at = endedAt ?? chatEnd?.at;
  return (
    <div className="ended-bar">
      <Icon of={IconLock} />
      <span className="grow">
        {at === undefined
          ? t('conversation.endedPlain')
          : t('conversation.ended', { time: formats.time(at), name: nameOf(conversation) })}
      </span>
      {conversation.state === 'ended' && action(conversation)}
      <Link to="/chats" className="btn sm outline" onClick={() => closeChat(conversation.id)}>
        {t('conversation.closeChat')}
      </Link>
    </div>
  );
}
