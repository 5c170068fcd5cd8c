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
import { mayDo, type Privilege } from '../../../contracts/privileges.ts';
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
  const may = (privilege: Privilege): boolean => mayDo(role, privilege);
  const places: (Place & { isHere: boolean })[] = [
    { to: '/chats', icon: IconMessageCircle, label: t('app.chats'), isHere: true },
    { to: '/work', icon: IconCalendar, label: t('work.title'), isHere: takesChats },
    { to: '/contacts', icon: IconAddressBook, label: t('contacts.title'), isHere: true },
    { to: '/supervision', icon: IconGauge, label: t('supervision.title'), isHere: may('see-live-overview') },
    {
      to: '/records',
      icon: IconFileSearch,
      label: t('supervision.tabs.records'),
      isHere: may('read-records'),
      within: '/supervision',
    },
    {
      to: '/evaluations',
      icon: IconClipboardCheck,
      label: t('supervision.tabs.evaluations'),
      isHere: may('grade-chats') || takesChats,
      ...(may('grade-chats') && { within: '/supervision' as const }),
    },
    {
      to: '/reports',
      icon: IconChartBar,
      label: t('supervision.tabs.reports'),
      isHere: may('read-reports'),
      within: '/supervision',
    },
    {
      to: '/alerts',
      icon: IconBell,
      label: t('supervision.tabs.alerts'),
      isHere: may('handle-alerts'),
      within: '/supervision',
    },
    { to: '/admin/scenarios', icon: IconSitemap, label: t('app.scenarios'), isHere: may('publish-scenarios') },
    {
      to: '/admin',
      icon: IconAdjustmentsHorizontal,
      label: t('app.administration'),
      isHere: may('edit-configuration'),
    },
  ];
  return places.flatMap(({ isHere, ...place }) => (isHere ? [place] : []));
}

/** Whether a place is the nearest one above what is shown: scenarios have one of their own within administration. */
export function isCurrentPlace({ to }: Place, pathname: string): boolean {
  const tops = to === '/supervision' ? SUPERVISOR_TABS.map((tab) => tab.to) : [to];
  const isAbove = tops.some((top) => pathname === top || pathname.startsWith(`${top}/`));
  return isAbove && !(to === '/admin' && pathname.startsWith('/admin/scenarios'));
}
