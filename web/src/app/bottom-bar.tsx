import { IconUser } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../shared/ui/icon.tsx';
import { usePlaces } from './use-places.ts';
import { useUnreadTotal } from './use-unread-total.ts';

/** The rail of a phone. Scenarios are reached through administration. */
export function BottomBar(): ReactNode {
  const { t } = useTranslation();
  const unread = useUnreadTotal();
  const places = usePlaces().filter(({ to, within }) => to !== '/admin/scenarios' && within === undefined);
  return (
    <nav className="bottom-bar" aria-label={t('app.applications')} data-region>
      {places.map(({ to, icon, label }) => (
        <Link key={to} to={to} activeProps={{ 'aria-current': 'page' }}>
          <Icon of={icon} size={20} />
          {label}
          {to === '/chats' && unread > 0 && <span className="count">{unread}</span>}
        </Link>
      ))}
      <Link to="/settings" activeProps={{ 'aria-current': 'page' }}>
        <Icon of={IconUser} size={20} />
        {t('app.me')}
      </Link>
    </nav>
  );
}
