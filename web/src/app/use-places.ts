import {
  IconAddressBook,
  IconAdjustmentsHorizontal,
  IconBell,
  IconCalendar,
  IconChartBar,
  IconClipboardCheck,
  IconFileSearch,
  IconGauge,
  IconMessageCircle,
  IconSitemap,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../contracts/privileges.ts';
import { useMe } from '../shared/data/session.ts';
import { SUPERVISOR_TABS } from '../shared/ui/supervisor-tabs.tsx';
import { isOpenTo, type PlaceAddress } from './places.ts';

/** A place of the console that one goes to. */
export interface Place {
  to: PlaceAddress;
  icon: TablerIcon;
  label: string;
  /** It stands among the tabs of that place and not in the rail. */
  within?: '/supervision';
}

/** The places that are there for whoever is logged in, in the order in which they stand. */
export function usePlaces(): Place[] {
  const { t } = useTranslation();
  const me = useMe();
  // Without the overview there is nothing for them to stand among.
  const tab = isOpenTo(me, '/supervision') ? ({ within: '/supervision' } as const) : {};
  const isGrader = mayDo(me, 'grade-chats');
  const places: Place[] = [
    { to: '/chats', icon: IconMessageCircle, label: t('app.chats') },
    { to: '/work', icon: IconCalendar, label: t('work.title') },
    { to: '/contacts', icon: IconAddressBook, label: t('contacts.title') },
    { to: '/supervision', icon: IconGauge, label: t('supervision.title') },
    { to: '/records', icon: IconFileSearch, label: t('supervision.tabs.records'), ...tab },
    {
      to: '/evaluations',
      icon: IconClipboardCheck,
      label: t('supervision.tabs.evaluations'),
      ...(isGrader && tab),
    },
    { to: '/reports', icon: IconChartBar, label: t('supervision.tabs.reports'), ...tab },
    { to: '/alerts', icon: IconBell, label: t('supervision.tabs.alerts'), ...tab },
    { to: '/admin/scenarios', icon: IconSitemap, label: t('app.scenarios') },
    { to: '/admin', icon: IconAdjustmentsHorizontal, label: t('app.administration') },
  ];
  return places.filter(({ to }) => isOpenTo(me, to));
}

/** Whether a place is the nearest one above what is shown: scenarios have one of their own within administration. */
export function isCurrentPlace({ to }: Place, pathname: string): boolean {
  const tops = to === '/supervision' ? SUPERVISOR_TABS.map((tab) => tab.to) : [to];
  const isAbove = tops.some((top) => pathname === top || pathname.startsWith(`${top}/`));
  return isAbove && !(to === '/admin' && pathname.startsWith('/admin/scenarios'));
}
