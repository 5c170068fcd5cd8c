import { IconClockPause, IconPencilMinus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chat } from '../../shared/data/chats.ts';
import { useDraft } from '../../shared/data/drafts.ts';
import { useLastWords } from '../../shared/data/last-words.ts';
import { useMessages, waitingSince, type MessageView } from '../../shared/data/messages.ts';
import { useCustomerName } from '../../shared/data/names.ts';
import { unseenOf, useSeen } from '../../shared/data/seen.ts';
import { answerTargetMs } from '../../shared/data/targets.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { useNow } from '../../shared/lib/clock.ts';
import { formatDuration } from '../../shared/lib/format.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { Timer, WaitTimer } from '../../shared/ui/timer.tsx';

/** One chat: who, the last words, how long it lasts and whose turn it is. */
export function ChatRow({ chat, isSelected }: { chat: Chat; isSelected: boolean }): ReactNode {
  const { t } = useTranslation();
  const { conversation, isOpen } = chat;
  const { id, service } = conversation;
  const { messages } = useMessages(id);
  const seenAt = useSeen((store) => store.seen[id]);
  const nameOf = useCustomerName();
  const unread = isOpen ? unseenOf(messages, seenAt).length : 0;
  const name = nameOf(conversation);
  return (
    <Link
      to="/chats/$id"
      params={{ id }}
      className={`crow ${unread > 0 ? 'unread' : ''}`}
      aria-current={isSelected ? 'true' : undefined}
    >
      <Avatar name={name} />
      <span>
        <span className="l">
          <span className="name clip grow" dir="auto">
            {name}
          </span>
          <Turn chat={chat} messages={messages} />
        </span>
        <span className="l">
          <LastWords id={id} messages={messages} />
          {unread > 0 && (
            <span className="count">
              {unread}
              <span className="visually-hidden"> {t('chats.unread', { count: unread })}</span>
            </span>
          )}
        </span>
        <span className="l">
          <span className="svc clip">{service}</span>
          {isOpen && <Timer since={Date.parse(conversation.startedAt)} title={t('chats.whole')} />}
        </span>
      </span>
    </Link>
  );
}

/** Since when the customer waits for us, that it is their turn, or the paper work. */
function Turn({
  chat: { conversation, isOpen, wrapUp },
  messages,
}: {
  chat: Chat;
  messages: MessageView[];
}): ReactNode {
  const { t } = useTranslation();
  if (!isOpen) {
    const until = wrapUp?.afterWork?.until;
    return until === undefined ? (
      <span className="timer st-after med">
        <Icon of={IconPencilMinus} size={12} />
        {t('chats.wrapUpOpen')}
      </span>
    ) : (
      <WrapUpTime until={until} />
    );
  }
  const { snooze } = conversation;
  if (snooze && !snooze.woken) return <AwayUntil until={snooze.until} />;
  const since = waitingSince(messages);
  if (since === undefined) return <span className="timer">{t('chats.theirTurn')}</span>;
  return <WaitTimer since={since} targetMs={answerTargetMs(conversation)} title={t('chats.waitingForYou')} />;
}

function AwayUntil({ until }: { until: string }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <span className="timer" title={t('snooze.until', { time: formats.moment(until) })}>
      <Icon of={IconClockPause} size={12} />
      <span className="visually-hidden">{t('snooze.until', { time: '' })}</span>
      {formats.time(until)}
    </span>
  );
}

function WrapUpTime({ until }: { until: string }): ReactNode {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <span className="timer st-after med">
      <Icon of={IconPencilMinus} size={12} />
      {t('chats.wrapUp', { time: formatDuration(Date.parse(until) - now) })}
    </span>
  );
}

function LastWords({ id, messages }: { id: string; messages: MessageView[] }): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft(id);
  const words = useLastWords(messages);
  const drafted = draft.reply || draft.note;
  return (
    <span className="last clip" dir="auto">
      {drafted ? (
        <>
          <span className="t-accent med">{t('chats.draft')} </span>
          {drafted}
        </>
      ) : (
        words
      )}
    </span>
  );
}
