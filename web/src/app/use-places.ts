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
import { useMe } from '../shared/data/session.ts';
import { SUPERVISOR_TABS } from '../shared/ui/supervisor-tabs.tsx';

/** A place of the console that one goes to. */
export interface Place {
  to:
    | '/chats'
    | '/work'
    | '/contacts'
    | '/supervision'
    | '/records'
    | '/evaluations'
    | '/reports'
    | '/alerts'
    | '/admin/scenarios'
    | '/admin';
  icon: TablerIcon;
  label: string;
  /** It stands among the tabs of that place and not in the rail. */
  within?: '/supervision';
}

/** The places that are there for whoever is logged in, in the order in which they stand. */
export function usePlaces(): Place[] {
  const { t } = useTranslation();
  const { role, takesChats } = useMe();
  const places: (Place & { isHere: boolean })[] = [
    { to: '/chats', icon: IconMessageCircle, label: t('app.chats'), isHere: true },
    { to: '/work', icon: IconCalendar, label: t('work.title'), isHere: takesChats },
    { to: '/contacts', icon: IconAddressBook, label: t('contacts.title'), isHere: true },
    { to: '/supervision', icon: IconGauge, label: t('supervision.title'), isHere: role !== 'agent' },
    {
      to: '/records',
      icon: IconFileSearch,
      label: t('supervision.tabs.records'),
      isHere: role !== 'agent',
      within: '/supervision',
    },
    {
      to: '/evaluations',
      icon: IconClipboardCheck,
      label: t('supervision.tabs.evaluations'),
      isHere: role !== 'agent' || takesChats,
      ...(role !== 'agent' && { within: '/supervision' as const }),
    },
    {
      to: '/reports',
      icon: IconChartBar,
      label: t('supervision.tabs.reports'),
      isHere: role !== 'agent',
      within: '/supervision',
    },
    {
      to: '/alerts',
      icon: IconBell,
      label: t('supervision.tabs.alerts'),
      isHere: role !== 'agent',
      within: '/supervision',
    },
    { to: '/admin/scenarios', icon: IconSitemap, label: t('app.scenarios'), isHere: role === 'admin' },
    { to: '/admin', icon: IconAdjustmentsHorizontal, label: t('app.administration'), isHere: role === 'admin' },
  ];
  return places.flatMap(({ isHere, ...place }) => (isHere ? [place] : []));
}

/** Whether a place is the nearest one above what is shown: scenarios have one of their own within administration. */
export function isCurrentPlace({ to }: Place, pathname: string): boolean {
  const tops = to === '/supervision' ? SUPERVISOR_TABS.map((tab) => tab.to) : [to];
  const isAbove = tops.some((top) => pathname === top || pathname.startsWith(`${top}/`));
  return isAbove && !(to === '/admin' && pathname.startsWith('/admin/scenarios'));
}
