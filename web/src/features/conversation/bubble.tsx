import { IconCopy, IconMessagePlus, IconQuote } from '@tabler/icons-react';
import { useContext, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../shared/data/messages.ts';
import { useRemarks } from '../../shared/data/remarks.ts';
import { tell } from '../../shared/data/toasts.ts';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { AttachmentView } from './attachment-view.tsx';
import { TemplateView } from './template-view.tsx';
import { MessagesContext, useTranscript } from './transcript-context.ts';

/** One message: its words, what is attached, what it answers and how it was answered. */
export function Bubble({ message, isFirst }: { message: MessageView; isFirst: boolean }): ReactNode {
  const { t } = useTranslation();
  const { text, attachments, template, reaction, editCount = 0 } = message;
  const first = isFirst ? 'first' : '';
  const isBare = !text && attachments.length === 0 && template === undefined;
  return (
    <div className="bubble-place" data-message tabIndex={-1}>
      {message.replyTo !== undefined && <Answered mid={message.replyTo} />}
      {text && (
        <div className={`bubble text ${first} ${lookOf(message)}`} dir="auto">
          {text}
          {reaction !== undefined && (
            <span className="react" role="img" aria-label={t('conversation.reacted', { emoji: reaction })}>
              {reaction}
            </span>
          )}
        </div>
      )}
      {template !== undefined && <TemplateView template={template} />}
      {attachments
        .filter(({ type }) => type !== 'template')
        .map((attachment, index) => (
          <AttachmentView
            // What is attached to a message never changes its place.
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            attachment={attachment}
            isFirst={isFirst && !text && index === 0}
            message={message}
          />
        ))}
      {isBare && (
        <div className={`bubble ${first} muted`}>{t('conversation.unsupported', { kind: message.kind ?? '?' })}</div>
      )}
      {editCount > 0 && <span className="meta">{t('conversation.edited', { count: editCount })}</span>}
      {text && <BubbleTools id={message.id} text={text} />}
      <RemarkNumber id={message.id} />
    </div>
  );
}

function lookOf({ author, status, parked }: MessageView): string {
  const speaker = author.kind === 'scenario' || author.kind === 'other-app' ? 'bot' : '';
  if (status === 'failed') return `${speaker} failed`;
  if (status === 'unknown' || parked !== undefined) return `${speaker} failed doubtful`;
  return status === 'queued' || status === 'sending' ? `${speaker} sending` : speaker;
}

function Answered({ mid }: { mid: string }): ReactNode {
  const { t } = useTranslation();
  const messages = useContext(MessagesContext);
  const answered = messages.find((message) => message.mid === mid);
  return <div className="answered clip">{answered?.text ?? t('conversation.answering')}</div>;
}

/** That an evaluation says something of this message. */
function RemarkNumber({ id }: { id: string }): ReactNode {
  const { t } = useTranslation();
  const number = useRemarks(({ numbers }) => numbers[id]);
  if (number === undefined) return null;
  return (
    <span className="remark-number at-bubble" role="img" aria-label={t('conversation.remarkNumber', { number })}>
      {number}
    </span>
  );
}

function BubbleTools({ id, text }: { id: string; text: string }): ReactNode {
  const { t } = useTranslation();
  const addRemark = useRemarks(({ add }) => add);
  const { onQuote } = useTranscript();
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text);
    tell({ kind: 'success', title: t('conversation.copied') });
  }
  return (
    <span className="bubble-tools">
      <IconButton icon={IconCopy} size={14} label={t('conversation.copyText')} onClick={() => void copy()} />
      {addRemark && (
        <IconButton icon={IconMessagePlus} size={14} label={t('conversation.remark')} onClick={() => addRemark(id)} />
      )}
      {onQuote && (
        <IconButton icon={IconQuote} size={14} label={t('conversation.quoteText')} onClick={() => onQuote(text)} />
      )}
    </span>
  );
}
