import { IconAlertCircle, IconChartBar, IconHourglass } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServiceFigures } from '../../shared/data/overview.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { useNow } from '../../shared/lib/clock.ts';
import { formatDuration } from '../../shared/lib/format.ts';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { levelsOf, longestWaitMs, type Level } from './levels.ts';

/** Each service in a line: how it stands now, and its day. What is over a threshold is marked. */
export function ServicesCard({ services, since }: { services: readonly ServiceFigures[]; since: string }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <section className="card" aria-labelledby="sup-services">
      <div className="ch">
        <h2 id="sup-services">{t('supervision.services')}</h2>
        <SharedTarget services={services} />
      </div>
      {services.length === 0 ? (
        <EmptyState icon={IconChartBar} title={t('supervision.noServicesTitle')}>
          {t('supervision.noServicesText')}
        </EmptyState>
      ) : (
        <div className="svc-scroll" tabIndex={0} role="group" aria-labelledby="sup-services">
          <table className="table svc">
            <thead>
              <tr>
                <td />
                <th className="r" scope="col">
                  {t('supervision.now')}
                </th>
                <td colSpan={3} />
                <th className="grp" colSpan={4} scope="colgroup">
                  {t('supervision.since', { time: formats.time(since) })}
                </th>
              </tr>
              <tr>
                <th scope="col">{t('supervision.service')}</th>
                {(['waiting', 'longestWait', 'inChat', 'ready'] as const).map((name) => (
                  <th key={name} className="r" scope="col">
                    {t(`supervision.${name}`)}
                  </th>
                ))}
                <th className="grp" scope="col">
                  {t('supervision.inTime')}
                </th>
                {(['gaveUp', 'handled', 'averageTime'] as const).map((name) => (
                  <th key={name} className="r" scope="col">
                    {t(`supervision.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {services.map((service) => (
                <ServiceRow key={service.name} service={service} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** Said once where all services are held to the same; else each says its own. */
function SharedTarget({ services }: { services: readonly ServiceFigures[] }): ReactNode {
  const { t } = useTranslation();
  const [first] = services;
  if (!first || services.some(({ target }) => !isSameTarget(target, first.target))) return null;
  const { percent, withinMs } = first.target;
  return (
    <span className="end xs muted num">{t('supervision.target', { percent, time: formatDuration(withinMs) })}</span>
  );
}

function isSameTarget(one: ServiceFigures['target'], other: ServiceFigures['target']): boolean {
  return one.percent === other.percent && one.withinMs === other.withinMs;
}

function ServiceRow({ service }: { service: ServiceFigures }): ReactNode {
  const { t } = useTranslation();
  const { name, now, day, target } = service;
  const waitedMs = longestWaitMs(service, useNow());
  const levels = levelsOf(service, waitedMs);
  const none = t('supervision.none');
  const title = t('supervision.target', { percent: target.percent, time: formatDuration(target.withinMs) });
  return (
    <tr>
      <th scope="row" className="med clip" title={name}>
        {name}
      </th>
      <Figure level={levels.waiting}>{now.waiting}</Figure>
      <Figure level={levels.longestWait}>{waitedMs === undefined ? none : formatDuration(waitedMs)}</Figure>
      <Figure>{now.inChat}</Figure>
      <Figure level={levels.ready}>{now.agentsReady}</Figure>
      <td className="grp" title={title}>
        {day.inTimePercent === undefined ? (
          <span className="muted">{none}</span>
        ) : (
          <span className="sl num">
            <Share percent={day.inTimePercent} target={target.percent} isMissed={levels.inTime === 'red'} />
            <span className={levels.inTime === 'red' ? 't-danger semi' : ''}>{day.inTimePercent} %</span>
          </span>
        )}
        <span className="visually-hidden">{title}</span>
      </td>
      <Figure level={levels.gaveUp}>{day.gaveUp}</Figure>
      <Figure>{day.handled}</Figure>
      <Figure>{day.averageHandleMs === undefined ? none : formatDuration(day.averageHandleMs)}</Figure>
    </tr>
  );
}

function Figure({ level, children }: { level?: Level | undefined; children: ReactNode }): ReactNode {
  return (
    <td className="r num">
      {level === undefined ? (
        children
      ) : (
        <span className={`hit ${level}`}>
          <LevelIcon level={level} size={12} />
          {children}
        </span>
      )}
    </td>
  );
}

/** The mark of a figure that is over what it should be; nothing where it is not. */
export function LevelIcon({ level, size }: { level: Level | undefined; size: 12 | 24 }): ReactNode {
  return level && <Icon of={level === 'red' ? IconAlertCircle : IconHourglass} size={size} />;
}

/** How much was in time, against the mark of the target. */
function Share({ percent, target, isMissed }: { percent: number; target: number; isMissed: boolean }): ReactNode {
  return (
    <svg
      className={`share ${isMissed ? 'missed' : ''}`}
      width="56"
      height="4"
      viewBox="0 0 100 4"
      aria-hidden="true"
      preserveAspectRatio="none"
    >
      <rect className="ground" width="100" height="4" />
      <rect className="part" width={percent} height="4" />
      <rect className="mark" x={target} width="2" height="4" />
    </svg>
  );
}
