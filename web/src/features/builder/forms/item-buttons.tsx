import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import { useActions } from '../builder-context.tsx';
import type { Place } from './use-write.ts';

/** Moves an item of a list up and down, and takes it out. */
export function ItemButtons({ index, count, place }: { index: number; count: number; place: Place }): ReactNode {
  const { t } = useTranslation('builder');
  const { edit } = useActions();
  const move = (to: number): void =>
    void edit({ do: 'list', ...place, change: { kind: 'move-item', from: index, to } });
  return (
    <span className="item-buttons">
      {index > 0 && (
        <IconButton
          icon={IconArrowUp}
          size={14}
          label={t('moveUp', { item: index + 1 })}
          onClick={() => move(index - 1)}
        />
      )}
      {index < count - 1 && (
        <IconButton
          icon={IconArrowDown}
          size={14}
          label={t('moveDown', { item: index + 1 })}
          onClick={() => move(index + 1)}
        />
      )}
      <IconButton
        icon={IconTrash}
        size={14}
        label={t('removeItem', { item: index + 1 })}
        onClick={() => void edit({ do: 'list', ...place, change: { kind: 'remove-item', index } })}
      />
    </span>
  );
}
