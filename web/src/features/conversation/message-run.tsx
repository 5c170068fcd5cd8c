import { IconCornerDownLeft, IconMessage2Share, IconRobot } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../shared/data/messages.ts';
import { firstNameOf } from '../../shared/data/names.ts';
import { useMe } from '../../shared/data/session.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { Bubble } from './bubble.tsx';
import { Fate } from './fate.tsx';
import type { TranscriptItem } from './group-messages.ts';
import { QuickReplies } from './quick-replies.tsx';
import { ReferralWords } from './referral-words.tsx';
import { useTranscript } from './transcript-context.ts';

type Run = Extract<TranscriptItem, { kind: 'run' }>;

/** What one speaker said without a break: named once, its fate told once. */
export function MessageRun({ run }: { run: Run }): ReactNode {
  const { customer } = useTranscript();
  const isIn = run.speaker === 'customer';
  return (
    <div className={`run ${isIn ? '' : 'out'}`}>
      {isIn && <Avatar name={customer} size={28} />}
      <div className="stack">
        <Who run={run} />
        {run.messages.map((message, index) => (
          <Message key={message.id} message={message} run={run} index={index} />
        ))}
      </div>
    </div>
  );
}

function Who({ run: { speaker, name, username, messages } }: { run: Run }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const me = useMe();
  const { customer } = useTranscript();
  const time = formats.time(messages[0]?.at ?? 0);
  if (speaker === 'customer') {
    return (
      <span className="who">
        <b dir="auto">{firstNameOf(customer)}</b> {time}
      </span>
    );
  }
  if (speaker === 'scenario') {
    return (
      <span className="who">
        <Icon of={IconRobot} size={14} />
        <b>{t('conversation.scenario')}</b> {name}
      </span>
    );
  }
  if (speaker === 'other-app') {
    return (
      <span className="who">
        <Icon of={IconMessage2Share} size={14} />
        <b>{t('conversation.otherApp')}</b> {name}
      </span>
    );
  }
  if (username === me.username) return null;
  return (
    <span className="who">
      <b>{name}</b> {time}
    </span>
  );
}

function Message({ message, run, index }: { message: MessageView; run: Run; index: number }): ReactNode {
  const { t } = useTranslation();
  const isLast = index === run.messages.length - 1;
  const next = run.messages[index + 1];
  const differs = next !== undefined && (next.status !== message.status || next.reason !== message.reason);
  const isBad = message.status === 'failed' || message.status === 'unknown' || message.parked !== undefined;
  return (
    <>
      <Bubble message={message} isFirst={index === 0} />
      {message.quickReplies && <QuickReplies message={message} />}
      {message.payload !== undefined && (
        <span className="answer-of">
          <Icon of={IconCornerDownLeft} size={12} />
          {message.kind === 'postback' ? t('conversation.pressed') : t('conversation.chose')}
        </span>
      )}
      {message.referral && (message.text ?? message.attachments.length > 0) && (
        <span className="answer-of">
          <ReferralWords message={message} />
        </span>
      )}
      {message.direction === 'out' && (isLast || differs || isBad) && <Fate message={message} />}
    </>
  );
}
