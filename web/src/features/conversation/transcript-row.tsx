import { IconBan, IconLink, IconLock, IconMail } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../shared/data/messages.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { EventRow } from './event-row.tsx';
import { isSameItem, type TranscriptItem } from './group-messages.ts';
import { MessageRun } from './message-run.tsx';
import { ReferralWords } from './referral-words.tsx';
import { useTranscript } from './transcript-context.ts';

/** One row of the transcript, whatever it is. */
export const TranscriptRow = memo(Row, (before, now) => isSameItem(before.item, now.item));

function Row({ item }: { item: TranscriptItem }): ReactNode {
  switch (item.kind) {
    case 'day':
      return <DayRow at={item.at} />;
    case 'run':
      return <MessageRun run={item} />;
    case 'note':
      return <NoteRow message={item.message} />;
    case 'event':
      return <EventRow event={item.event} />;
    case 'removed':
    case 'referral':
    case 'optin':
      return <SystemRow kind={item.kind} message={item.message} />;
  }
}

const DAY_MS = 24 * 60 * 60 * 1000;

function DayRow({ at }: { at: string }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const key = formats.dayKey(at);
  const day = formats.day(at);
  const words =
    key === formats.dayKey(Date.now())
      ? t('conversation.today', { day })
      : key === formats.dayKey(Date.now() - DAY_MS)
        ? t('conversation.yesterday', { day })
        : formats.weekday(at);
  return (
    <div className="day">
      <span>{words}</span>
    </div>
  );
}

/** What stays inside the house. */
function NoteRow({ message }: { message: MessageView }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const isNote = message.kind === 'note';
  return (
    <div className="inote" data-message tabIndex={-1}>
      <div className="who">
        <Icon of={IconLock} size={14} />
        <b>{isNote ? t('conversation.note') : t('conversation.inner')}</b>
        <span>
          {message.author.name} · {formats.time(message.at)} · {t('conversation.noteHidden')}
        </span>
      </div>
      <p className="note-text" dir="auto">
        {message.text}
      </p>
    </div>
  );
}

function SystemRow({ kind, message }: { kind: 'removed' | 'referral' | 'optin'; message: MessageView }): ReactNode {
  const { t } = useTranslation();
  const { customer } = useTranscript();
  const icon = { removed: IconBan, referral: IconLink, optin: IconMail }[kind];
  return (
    <div className="sys">
      <Icon of={icon} size={14} />
      {kind === 'removed' && t('conversation.removedMessage', { name: customer })}
      {kind === 'optin' && t('conversation.optedIn')}
      {kind === 'referral' && <ReferralWords message={message} />}
    </div>
  );
}
