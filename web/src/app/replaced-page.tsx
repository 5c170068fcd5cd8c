import { IconDevices } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../shared/live/live-store.ts';
import { EmptyState } from '../shared/ui/empty-state.tsx';

/** The same person has opened the desktop elsewhere: one of them is in use. */
export function ReplacedPage(): ReactNode {
  const { t } = useTranslation();
  const takeOver = useLive((live) => live.takeOver);
  return (
    <main className="lone">
      <EmptyState
        icon={IconDevices}
        title={t('live.replacedTitle')}
        action={
          <button type="button" className="btn primary" autoFocus onClick={takeOver}>
            {t('live.takeOver')}
          </button>
        }
      >
        {t('live.replacedMore')}
      </EmptyState>
    </main>
  );
}
