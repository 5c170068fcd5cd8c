import { IconAlertCircle, IconCheck, IconChecks, IconClock, IconHelpCircle } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, unwrap } from '../../shared/client/client.ts';
import type { MessageView } from '../../shared/data/messages.ts';
import { useMe } from '../../shared/data/session.ts';
import { tellFailure } from '../../shared/data/toasts.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { useTranscript } from './transcript-context.ts';

/** What became of a message, in one line under it, with the one useful thing to do. */
export function Fate({ message }: { message: MessageView }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const time = formats.time(message.at);
  if (message.parked) return <ParkedFate message={message} />;
  switch (message.status) {
    case 'queued':
    case 'sending':
      return (
        <span className="meta">
          <Icon of={IconClock} size={14} />
          {t('fate.sending')}
        </span>
      );
    case 'accepted':
      return <FateLine time={time} word={t('fate.sent')} icon={IconCheck} />;
    case 'delivered':
      return <FateLine time={time} word={t('fate.delivered')} icon={IconChecks} />;
    case 'read':
      return <FateLine time={time} word={t('fate.read')} icon={IconChecks} className="read" />;
    case 'failed':
      return <FailedFate message={message} />;
    case 'unknown':
      return <UnknownFate message={message} />;
    case undefined:
      return <span className="meta">{time}</span>;
  }
}

function FateLine({
  time,
  word,
  icon,
  className = '',
}: {
  time: string;
  word: string;
  icon: typeof IconCheck;
  className?: string;
}): ReactNode {
  return (
    <span className={`meta ${className}`}>
      {time} · {word}
      <Icon of={icon} size={14} />
    </span>
  );
}

function FailedFate({ message }: { message: MessageView }): ReactNode {
  const { t } = useTranslation();
  const act = useActions(message);
  return (
    <span className="meta bad">
      <Icon of={IconAlertCircle} size={14} />
      {message.reason === undefined ? t('fate.failedPlain') : t('fate.failed', { reason: message.reason })}
      {act && <LinkButton label={t('fate.retry')} onClick={act.retry} />}
    </span>
  );
}

function UnknownFate({ message }: { message: MessageView }): ReactNode {
  const { t } = useTranslation();
  const act = useActions(message);
  return (
    <span className="meta t-warn">
      <Icon of={IconHelpCircle} size={14} />
      {t('fate.unknown')}
      {act && (
        <>
          <LinkButton label={t('fate.sendAgain')} onClick={act.retry} />
          <span className="muted">·</span>
          <LinkButton label={t('fate.leaveIt')} onClick={act.discard} />
        </>
      )}
    </span>
  );
}

function ParkedFate({ message }: { message: MessageView }): ReactNode {
  const { t } = useTranslation();
  const act = useActions(message);
  const { by, reason } = message.parked ?? { by: 'window' as const, reason: '' };
  const words = {
    window: t('fate.parkedWindow', { reason }),
    'send-lane': t('fate.parkedLane', { reason }),
    thread: t('fate.parkedThread', { reason }),
    person: t('fate.parkedPerson'),
  }[by];
  return (
    <span className="meta t-warn">
      <Icon of={IconClock} size={14} />
      {words}
      {act && by === 'person' && <LinkButton label={t('fate.sendNow')} onClick={act.retry} />}
      {act && <LinkButton label={t('fate.leaveIt')} onClick={act.discard} />}
    </span>
  );
}

export function LinkButton({ label, onClick }: { label: string; onClick: () => void }): ReactNode {
  return (
    <button type="button" className="btn link" onClick={onClick}>
      {label}
    </button>
  );
}

/** What the writer of a message may do about it; undefined for everybody else. */
function useActions({ id: messageId, author }: MessageView): { retry: () => void; discard: () => void } | undefined {
  const { t } = useTranslation();
  const me = useMe();
  const { conversationId: id, isReadOnly } = useTranscript();
  const [isBusy, setIsBusy] = useState(false);
  if (isReadOnly || author.username !== me.username) return undefined;

  async function run(act: () => Promise<unknown>): Promise<void> {
    if (isBusy) return;
    setIsBusy(true);
    try {
      await act();
    } catch (error) {
      tellFailure(t('fate.retryFailed'), error);
    } finally {
      setIsBusy(false);
    }
  }

  const params = { id, messageId };
  return {
    retry: () =>
      void run(async () => unwrap(await call('POST /api/v1/conversations/:id/messages/:messageId/retry', { params }))),
    discard: () =>
      void run(async () =>
        unwrap(await call('POST /api/v1/conversations/:id/messages/:messageId/discard', { params })),
      ),
  };
}
