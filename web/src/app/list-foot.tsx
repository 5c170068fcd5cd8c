import { IconAntennaBars5, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../shared/live/live-store.ts';
import { Icon } from '../shared/ui/icon.tsx';
import { TodayFigures } from './today-figures.tsx';

/** Whether what is shown is what is, and one's own figures of today. */
export function ListFoot(): ReactNode {
  const { t } = useTranslation();
  const state = useLive((live) => live.state);
  const isLive = state === 'open';
  return (
    <div className="list-foot">
      <span className={`state ${isLive ? 'st-ready' : 'st-not-ready'}`}>
        <Icon of={isLive ? IconAntennaBars5 : IconRefresh} size={14} />
        {isLive ? t('live.live') : t('live.connecting')}
      </span>
      <TodayFigures />
    </div>
  );
}
