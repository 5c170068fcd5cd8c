import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../../contracts/privileges.ts';
import { serviceAlertsQuery } from '../data/alerts.ts';
import { toGradeQuery } from '../data/assignments.ts';
import { disputesQuery } from '../data/evaluations.ts';
import { useMe } from '../data/session.ts';

/** Places that share the supervisors' entry of the rail. */
export const SUPERVISOR_TABS = [
  { to: '/supervision', label: 'supervision.tabs.live', needs: 'see-live-overview' },
  { to: '/records', label: 'supervision.tabs.records', needs: 'read-records' },
  { to: '/evaluations', label: 'supervision.tabs.evaluations', needs: 'grade-chats', counts: 'evaluations' },
  { to: '/reports', label: 'supervision.tabs.reports', needs: 'read-reports' },
  { to: '/alerts', label: 'supervision.tabs.alerts', needs: 'handle-alerts', counts: 'alerts' },
] as const;

/** What supervisors have beside each other: now, what was, and what it adds up to; and how much of it waits for somebody. */
export function SupervisorTabs(): ReactNode {
  const { t } = useTranslation();
  const me = useMe();
  const { data: alerts = [] } = useQuery({ ...serviceAlertsQuery('open'), enabled: mayDo(me, 'handle-alerts') });
  const isGrader = mayDo(me, 'grade-chats');
  const { data: disputes = 0 } = useQuery({ ...disputesQuery, enabled: isGrader });
  const { data: toGrade = 0 } = useQuery({ ...toGradeQuery(me.username), enabled: isGrader });
  const counts = { alerts: alerts.filter(({ acknowledged }) => !acknowledged).length, evaluations: disputes + toGrade };
  return (
    <nav className="sup-tabs" aria-label={t('supervision.title')}>
      {SUPERVISOR_TABS.filter(({ needs }) => mayDo(me, needs)).map((tab) => {
        const count = 'counts' in tab ? counts[tab.counts] : 0;
        return (
          <Link key={tab.to} to={tab.to} activeProps={{ 'aria-current': 'page' }}>
            {t(tab.label)}
            {'counts' in tab && count > 0 && (
              <span className="count quiet" title={t(`supervision.counts.${tab.counts}`, { count })}>
                {count}
                <span className="visually-hidden"> {t(`supervision.counts.${tab.counts}`, { count })}</span>
              </span>
            )}
          </Link>
        );
      })}
    </nav>
  );
}
