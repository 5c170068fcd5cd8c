import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveOverview, ServiceFigures } from '../../shared/data/overview.ts';
import { useNow } from '../../shared/lib/clock.ts';
import { formatDuration } from '../../shared/lib/format.ts';
import { levelsOf, longestWaitMs, type Level } from './levels.ts';
import { LevelIcon } from './services-card.tsx';

/** The services' figures of this moment, large enough to be read from across a room. What is over a threshold is marked. */
export function Wallboard({ overview: { services } }: { overview: LiveOverview }): ReactNode {
  const { t } = useTranslation();
  return (
    <ul className="wall" aria-label={t('supervision.services')}>
      {services.map((service) => (
        <li key={service.name} className="card">
          <ServiceTile service={service} />
        </li>
      ))}
    </ul>
  );
}

function ServiceTile({ service }: { service: ServiceFigures }): ReactNode {
  const { t } = useTranslation();
  const { name, now, day } = service;
  const waitedMs = longestWaitMs(service, useNow());
  const levels = levelsOf(service, waitedMs);
  const none = t('supervision.none');
  const figures: {
    name: 'waiting' | 'longestWait' | 'ready' | 'inTime';
    value: ReactNode;
    level: Level | undefined;
  }[] = [
    { name: 'waiting', value: now.waiting, level: levels.waiting },
    { name: 'longestWait', value: waitedMs === undefined ? none : formatDuration(waitedMs), level: levels.longestWait },
    { name: 'ready', value: now.agentsReady, level: levels.ready },
    { name: 'inTime', value: day.inTimePercent === undefined ? none : `${day.inTimePercent} %`, level: levels.inTime },
  ];
  return (
    <>
      <h2>{name}</h2>
      <dl>
        {figures.map((figure) => (
          <div key={figure.name} className={figure.level === undefined ? '' : `hit ${figure.level}`}>
            <dt>{t(`supervision.${figure.name}`)}</dt>
            <dd className="num">
              <LevelIcon level={figure.level} size={24} />
              {figure.value}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
