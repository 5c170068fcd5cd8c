import { IconBolt, IconMoodSmile, IconPaperclip, IconSend, IconSparkles } from '@tabler/icons-react';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MESSENGER_LIMITS } from '../../../../contracts/messenger-limits.ts';
import type { WritingMode } from '../../shared/data/drafts.ts';
import { useSettings } from '../../shared/data/settings.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { KEY_NAMES } from '../../shared/lib/commands.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { EmojiPopover } from './emoji-popover.tsx';

/** Below the text: what can be put into it, how long it is, and the way out. */
export function ComposerTools({
  mode,
  length,
  excess,
  canSend,
  onSend,
  onAttach,
  onInsert,
  onCanned,
  onSuggest,
}: {
  mode: WritingMode;
  length: number;
  excess: number;
  canSend: boolean;
  onSend: () => void;
  onAttach: (files: File[]) => void;
  onInsert: (emoji: string) => void;
  onCanned: () => void;
  /** Absent where nobody suggests anything, or has already. */
  onSuggest: (() => void) | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const enterSends = useSettings((settings) => settings.enterSends);
  const picker = useRef<HTMLInputElement>(null);
  const all = formats.number(MESSENGER_LIMITS.text);
  return (
    <div className="tools">
      {mode === 'reply' && (
        <>
          <IconButton
            icon={IconPaperclip}
            size={18}
            label={t('composer.attach')}
            onClick={() => picker.current?.click()}
          />
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              onAttach([...(event.target.files ?? [])]);
              event.target.value = '';
            }}
          />
        </>
      )}
      <EmojiPopover icon={IconMoodSmile} onChoose={onInsert} />
      {mode === 'reply' && <IconButton icon={IconBolt} size={18} label={t('composer.canned')} onClick={onCanned} />}
      {mode === 'reply' && onSuggest && (
        <IconButton
          icon={IconSparkles}
          size={18}
          label={`${t('composer.suggest')} (${KEY_NAMES.suggest})`}
          onClick={onSuggest}
        />
      )}
      <span
        className={`xs num end counter ${excess > 0 ? 't-danger' : 'muted'}`}
        aria-label={t('composer.counterLabel', { used: formats.number(length), all })}
        role={excess > 0 ? 'alert' : undefined}
      >
        {excess > 0
          ? t('composer.tooLong', { count: excess, all })
          : t('composer.counter', { used: formats.number(length), all })}
      </span>
      <button
        type="button"
        className={`btn sm ${mode === 'reply' ? 'primary' : 'note'}`}
        aria-disabled={!canSend}
        title={enterSends ? t('composer.keysEnter') : t('composer.keysShift')}
        onClick={onSend}
      >
        {mode === 'reply' ? (
          <>
            <Icon of={IconSend} size={14} />
            {t('composer.send')}
            <kbd className="hide-phone" aria-hidden="true">
              ↵
            </kbd>
          </>
        ) : (
          (mode === 'note' && t('composer.addNote')) || t('composer.send')
        )}
      </button>
    </div>
  );
}
