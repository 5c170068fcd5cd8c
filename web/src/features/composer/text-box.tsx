import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../shared/data/chats.ts';
import type { WritingMode } from '../../shared/data/drafts.ts';
import { firstNameOf, useCustomerName } from '../../shared/data/names.ts';
import { useSettings } from '../../shared/data/settings.ts';
import type { SuggestionsState } from './use-suggestions.ts';

interface TextBoxProps {
  box: RefObject<HTMLTextAreaElement | null>;
  conversation: ConversationView;
  mode: WritingMode;
  text: string;
  isDropping: boolean;
  onChange: (text: string) => void;
  onSend: () => void;
  suggestions: SuggestionsState;
  onPasteFiles: ((files: File[]) => void) | undefined;
}

/** The text that is being written. */
export function TextBox({
  box,
  conversation,
  mode,
  text,
  isDropping,
  onChange,
  onSend,
  suggestions,
  onPasteFiles,
}: TextBoxProps): ReactNode {
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  const enterSends = useSettings((settings) => settings.enterSends);
  const name = firstNameOf(nameOf(conversation));
  const labels = {
    reply: [t('composer.replyLabel', { name }), t('composer.replyPlaceholder', { name })],
    note: [t('composer.noteLabel'), t('composer.notePlaceholder')],
    inner: [t('composer.inner'), t('conversation.innerPlaceholder')],
  }[mode];
  return (
    <textarea
      ref={box}
      rows={2}
      aria-label={labels[0]}
      placeholder={isDropping ? t('composer.drop') : labels[1]}
      dir="auto"
      value={text}
      {...suggestions.fieldProps}
      onChange={(event) => onChange(event.target.value)}
      onSelect={suggestions.look}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (suggestions.onKeyDown(event)) return;
        const isSend = event.key === 'Enter' && (enterSends ? !event.shiftKey : event.ctrlKey || event.metaKey);
        if (!isSend || event.altKey) return;
        event.preventDefault();
        onSend();
      }}
      onPaste={(event) => {
        const files = [...event.clipboardData.files];
        if (files.length === 0 || !onPasteFiles) return;
        event.preventDefault();
        onPasteFiles(files);
      }}
    />
  );
}
