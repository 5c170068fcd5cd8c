import { mayDo, type Privilege } from '../../../contracts/privileges.ts';
import type { CurrentUser } from '../shared/data/session.ts';

/** Where one goes to in the console, in the order in which the places stand, and the privileges of which one opens each. */
const OPENS = {
  '/chats': ['answer-chats', 'see-team-chats', 'see-all-chats'],
  '/work': [],
  '/contacts': ['see-contacts'],
  '/supervision': ['see-live-overview'],
  '/records': ['read-records'],
  '/evaluations': ['grade-chats'],
  '/reports': ['read-reports'],
  '/alerts': ['handle-alerts'],
  '/admin/scenarios': ['publish-scenarios'],
  '/admin': [
    'edit-configuration',
    'manage-users',
    'manage-tokens',
    'manage-legal-holds',
    'read-audit',
    'operate',
    'operate-conversations',
  ],
} as const satisfies Record<string, readonly Privilege[]>;

export type PlaceAddress = keyof typeof OPENS;

/** Those of agents open to whom chats are offered, too. */
const OF_AGENTS: readonly PlaceAddress[] = ['/work', '/evaluations'];

type Caller = Pick<CurrentUser, 'privileges' | 'takesChats'>;

/** Whether a place is there for somebody. */
export function isOpenTo(me: Caller, to: PlaceAddress): boolean {
  return mayDo(me, ...OPENS[to]) || (OF_AGENTS.includes(to) && me.takesChats);
}

/** Whether somebody may see administration at all: the list of scenarios stands within it. */
export function isAdministrationOpenTo(me: Caller): boolean {
  return isOpenTo(me, '/admin') || isOpenTo(me, '/admin/scenarios');
}

/** Where somebody's work is; their own settings, where no place is there for them. */
export function startOf(me: Caller): PlaceAddress | '/settings' {
  if (mayDo(me, 'edit-configuration')) return '/admin';
  if (me.takesChats) return '/chats';
  if (isOpenTo(me, '/supervision')) return '/supervision';
  const places = (Object.keys(OPENS) as PlaceAddress[]).filter((to) => isOpenTo(me, to));
  return places.find((to) => to !== '/chats') ?? places[0] ?? '/settings';
}
