import { EmojiPicker } from 'frimousse';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '../../shared/data/settings.ts';
import { languageOf } from '../../shared/i18n/i18n.ts';
import { EMOJI_URL } from './emoji-data.ts';

/** All emoji, by group, found by name. */
export function EmojiChoice({ onChoose }: { onChoose: (emoji: string) => void }): ReactNode {
  const { t } = useTranslation();
  const language = languageOf(useSettings((settings) => settings.language));
  return (
    <EmojiPicker.Root
      className="emoji-picker"
      locale={language === 'de' ? 'de' : 'en'}
      emojibaseUrl={EMOJI_URL}
      columns={9}
      onEmojiSelect={({ emoji }) => onChoose(emoji)}
    >
      <EmojiPicker.Search
        aria-label={t('composer.searchEmoji')}
        placeholder={t('composer.searchEmoji')}
        data-autofocus
      />
      <EmojiPicker.Viewport tabIndex={0}>
        <EmojiPicker.Loading className="none">{t('composer.loadingEmoji')}</EmojiPicker.Loading>
        <EmojiPicker.Empty className="none">{t('composer.noEmoji')}</EmojiPicker.Empty>
        <EmojiPicker.List
          aria-label={t('composer.emojiGroups')}
          components={{
            CategoryHeader: ({ category, ...props }) => (
              <div className="category" {...props}>
                {category.label}
              </div>
            ),
            // Its rows and columns are counted from 0; assistive technology counts from 1.
            Row: ({ children, 'aria-rowindex': row = 0, ...props }) => (
              <div className="emoji-row" {...props} aria-rowindex={row + 1}>
                {children}
              </div>
            ),
            Emoji: ({ emoji, 'aria-colindex': column = 0, ...props }) => (
              <button type="button" className="emoji" {...props} aria-colindex={column + 1}>
                {emoji.emoji}
              </button>
            ),
          }}
        />
      </EmojiPicker.Viewport>
    </EmojiPicker.Root>
  );
}
