import { Menu } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../shared/ui/icon.tsx';
import { attempt } from './attempt.ts';
import { ask, clockQuery } from './simulator-api.ts';

const HOUR = 3_600_000;
const STEPS = [1, 23, 24, 168];

/** Moves the simulator's clock: windows close without a day of waiting. */
export function ClockMenu(): ReactNode {
  const { t } = useTranslation('simulator');
  const aheadMs = useQuery(clockQuery).data?.aheadMs ?? 0;
  const spell = (hours: number): string =>
    hours >= 24 && hours % 24 === 0 ? t('days', { count: hours / 24 }) : t('hours', { count: hours });
  return (
    <Menu position="bottom-end" width={200} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className="btn quiet" aria-label={t('clockLabel')}>
          <Icon of={IconClock} />
          <span className={aheadMs > 0 ? '' : 'hide-phone'}>
            {aheadMs > 0 ? t('clockAhead', { time: spell(Math.round(aheadMs / HOUR)) }) : t('clock')}
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {STEPS.map((hours) => (
          <Menu.Item key={hours} onClick={() => attempt(() => ask('POST', 'clock', { advanceMs: hours * HOUR }))}>
            + {spell(hours)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
