import { IconDeviceMobile, IconHelp, IconSearch } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../shared/data/session.ts';
import { KEY_NAMES } from '../shared/lib/commands.ts';
import { Icon } from '../shared/ui/icon.tsx';
import { Mark } from '../shared/ui/mark.tsx';
import { UserMenu } from './user-menu.tsx';
import { isCurrentPlace, usePlaces, type Place } from './use-places.ts';
import { useUnreadTotal } from './use-unread-total.ts';

/** The applications, by role, and oneself. */
export function Rail({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }): ReactNode {
  const { t } = useTranslation();
  const { isSimulated } = useMe();
  const places = usePlaces().filter(({ within }) => within === undefined);
  const unread = useUnreadTotal();
  return (
    <nav className="rail" aria-label={t('app.applications')} data-region>
      <Mark />
      {places.map((place) => (
        <RailLink key={place.to} place={place}>
          {place.to === '/chats' && unread > 0 && <span className="count">{unread}</span>}
        </RailLink>
      ))}
      {isSimulated && (
        <a
          className="rail-item"
          href="/simulator"
          target="_blank"
          rel="noreferrer"
          title={t('app.simulator')}
          aria-label={t('app.simulator')}
        >
          <Icon of={IconDeviceMobile} size={20} />
        </a>
      )}
      <span className="gap" />
      <button
        type="button"
        className="rail-item"
        title={`${t('palette.title')} (${KEY_NAMES.palette})`}
        aria-label={t('palette.title')}
        onClick={onSearch}
      >
        <Icon of={IconSearch} size={20} />
      </button>
      <button
        type="button"
        className="rail-item"
        title={`${t('app.help')} (${KEY_NAMES.help})`}
        aria-label={t('app.help')}
        onClick={onHelp}
      >
        <Icon of={IconHelp} size={20} />
      </button>
      <UserMenu />
    </nav>
  );
}

function RailLink({ place, children }: { place: Place; children: ReactNode }): ReactNode {
  const { to, icon, label } = place;
  const { pathname } = useLocation();
  return (
    <Link
      to={to}
      className="rail-item"
      title={label}
      aria-label={label}
      activeOptions={{ exact: true }}
      aria-current={isCurrentPlace(place, pathname) ? 'page' : undefined}
    >
      <Icon of={icon} size={20} />
      {children}
    </Link>
  );
}
