import { IconAlertCircle, IconClock, IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../shared/data/desk-context.tsx';
import { removeOutgoing, type Outgoing } from '../../shared/data/outbox.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { LinkButton } from './fate.tsx';

/** Something of mine that the server has not taken yet. */
export function OutgoingRun({ outgoing }: { outgoing: Outgoing }): ReactNode {
  const { t } = useTranslation();
  const { mode, text, files, state } = outgoing;
  if (mode !== 'reply') {
    return (
      <div className="inote sending">
        <div className="who">
          <Icon of={IconLock} size={14} />
          <b>{mode === 'note' ? t('conversation.note') : t('conversation.inner')}</b>
        </div>
        <p className="note-text" dir="auto">
          {text}
        </p>
        <OutgoingFate outgoing={outgoing} />
      </div>
    );
  }
  const look = state === 'refused' ? 'failed' : 'sending';
  return (
    <div className="run out">
      <div className="stack">
        {text !== '' && (
          <div className={`bubble text first ${look}`} dir="auto">
            {text}
          </div>
        )}
        {files.map(({ fileId, fileName }) => (
          <div key={fileId} className={`bubble ${look}`}>
            {fileName}
          </div>
        ))}
        <OutgoingFate outgoing={outgoing} />
      </div>
    </div>
  );
}

function OutgoingFate({ outgoing: { clientId, state, reason } }: { outgoing: Outgoing }): ReactNode {
  const { t } = useTranslation();
  const { sender } = useDesk();
  if (state === 'refused') {
    return (
      <span className="meta bad">
        <Icon of={IconAlertCircle} size={14} />
        {t('fate.refused', { reason: reason ?? '' })}
        <LinkButton label={t('fate.retry')} onClick={() => sender.retry(clientId)} />
        <span className="muted">·</span>
        <LinkButton label={t('fate.remove')} onClick={() => removeOutgoing(clientId)} />
      </span>
    );
  }
  return (
    <span className="meta">
      <Icon of={IconClock} size={14} />
      {state === 'waiting' ? t('fate.waiting') : t('fate.sending')}
      {state === 'waiting' && (
        <>
          <span>·</span>
          <LinkButton label={t('fate.doNotSend')} onClick={() => removeOutgoing(clientId)} />
        </>
      )}
    </span>
  );
}
