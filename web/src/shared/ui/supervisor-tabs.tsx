import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Places that share the supervisors' entry of the rail. */
export const SUPERVISOR_TABS = [
  { to: '/supervision', label: 'supervision.tabs.live' },
  { to: '/records', label: 'supervision.tabs.records' },
  { to: '/evaluations', label: 'supervision.tabs.evaluations' },
  { to: '/reports', label: 'supervision.tabs.reports' },
] as const;

/** What supervisors have beside each other: now, what was, and what it adds up to. */
export function SupervisorTabs(): ReactNode {
  const { t } = useTranslation();
  return (
    <nav className="sup-tabs" aria-label={t('supervision.title')}>
      {SUPERVISOR_TABS.map(({ to, label }) => (
        <Link key={to} to={to} activeProps={{ 'aria-current': 'page' }}>
          {t(label)}
        </Link>
      ))}
    </nav>
  );
}
