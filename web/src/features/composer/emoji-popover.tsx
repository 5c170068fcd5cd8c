import { Popover } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../shared/ui/icon-button.tsx';

const EmojiPicker = lazy(() => import('./emoji-picker.tsx').then(({ EmojiChoice }) => ({ default: EmojiChoice })));

/** Emoji to choose from; loaded when they are asked for. */
export function EmojiPopover({ icon, onChoose }: { icon: TablerIcon; onChoose: (emoji: string) => void }): ReactNode {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="top-start" trapFocus returnFocus>
      <Popover.Target>
        <IconButton
          icon={icon}
          size={18}
          label={t('composer.emoji')}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        />
      </Popover.Target>
      <Popover.Dropdown aria-label={t('composer.emoji')}>
        <Suspense fallback={<div className="emoji-picker" aria-busy="true" />}>
          <EmojiPicker
            onChoose={(emoji) => {
              setIsOpen(false);
              onChoose(emoji);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
