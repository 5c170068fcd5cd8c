import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { LoginPage } from '../features/login/login-page.tsx';
import { readSearch } from '../features/reports/report-search.ts';
import { SettingsPage } from '../features/settings/settings-page.tsx';
import { keepFor } from '../shared/data/own-storage.ts';
import { sessionQuery, type CurrentUser } from '../shared/data/session.ts';
import { ChatsPage } from './chats-page.tsx';
import { ContactsPage } from './contacts-page.tsx';
import { CrashPage, NotFoundPage, WaitingPage } from './error-pages.tsx';
import { isAdministrationOpenTo, isOpenTo, startOf, type PlaceAddress } from './places.ts';
import { queryClient } from './query-client.ts';
import { Shell } from './shell.tsx';
import { WorkPage } from './work-page.tsx';

const rootRoute = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: CrashPage,
});

/**
 * Where somebody goes on to: an address within the console, and nowhere else. Said also where there is none, because the router
 * keeps what an address holds and nobody names.
 */
const readTo = ({ to }: Record<string, unknown>): { to?: string | undefined } => ({
  to: typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : undefined,
});

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { ended?: boolean; to?: string | undefined; sso?: string } => ({
    ...(search['ended'] === true && { ended: true }),
    ...readTo(search),
    ...(typeof search['sso'] === 'string' && { sso: search['sso'] }),
  }),
  component: LoginPage,
});

/** Where somebody sets a second factor up whose role requires one, before anything else. */
const setUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/second-factor',
  validateSearch: readTo,
  beforeLoad: async ({ search: { to = '/' } }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: '/login', search: { to } });
    if (!session.needsSecondFactor) throw redirect({ href: to });
  },
  pendingComponent: WaitingPage,
  component: lazyRouteComponent(() => import('./set-up-page.tsx'), 'SetUpPage'),
});

/** Pages behind the log-in. */
const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: '/login', search: location.href === '/' ? {} : { to: location.href } });
    if (session.needsSecondFactor)
      throw redirect({ to: '/second-factor', search: location.href === '/' ? {} : { to: location.href } });
    keepFor(session.username ?? '');
  },
  pendingComponent: WaitingPage,
  component: Shell,
});

const startRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: async () => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    throw redirect({ to: session ? startOf(session) : '/chats' });
  },
});

/** Whoever may not is sent where their work is; the api refuses them in any case. */
function onlyWhere(isOpen: (me: CurrentUser) => boolean): () => Promise<void> {
  return async () => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!session || !isOpen(session)) throw redirect({ to: '/' });
  };
}

const onlyAt = (to: PlaceAddress): (() => Promise<void>) => onlyWhere((me) => isOpenTo(me, to));

const chatsRoute = createRoute({ getParentRoute: () => shellRoute, path: '/chats', component: ChatsPage });
const chatRoute = createRoute({ getParentRoute: () => shellRoute, path: '/chats/$id', component: ChatsPage });
const contactsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/contacts',
  beforeLoad: onlyAt('/contacts'),
  component: ContactsPage,
});
const contactRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/contacts/$id',
  beforeLoad: onlyAt('/contacts'),
  component: ContactsPage,
});
const workRoute = createRoute({ getParentRoute: () => shellRoute, path: '/work', component: WorkPage });
const settingsRoute = createRoute({ getParentRoute: () => shellRoute, path: '/settings', component: SettingsPage });

/** For supervisors and admins: a chunk of its own. */
const supervisionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/supervision',
  beforeLoad: onlyAt('/supervision'),
  pendingComponent: WaitingPage,
});
const overviewRoute = createRoute({
  getParentRoute: () => supervisionRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./supervision.ts'), 'OverviewPage'),
});
const watchRoute = createRoute({
  getParentRoute: () => supervisionRoute,
  path: '/$id',
  component: lazyRouteComponent(() => import('./supervision.ts'), 'WatchPage'),
});
const alertsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/alerts',
  beforeLoad: onlyAt('/alerts'),
  component: lazyRouteComponent(() => import('./supervision.ts'), 'AlertsPage'),
  pendingComponent: WaitingPage,
});
const reportsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports',
  beforeLoad: onlyAt('/reports'),
  validateSearch: readSearch,
  pendingComponent: WaitingPage,
});
const reportListRoute = createRoute({
  getParentRoute: () => reportsRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./reports.tsx'), 'ReportsRoute'),
});
const reportRoute = createRoute({
  getParentRoute: () => reportsRoute,
  path: '/$name',
  component: lazyRouteComponent(() => import('./reports.tsx'), 'ReportsRoute'),
});
/** Records: a chunk of its own, too. The filters are in the address; what else is there is left out. */
const recordsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/records',
  beforeLoad: onlyAt('/records'),
  validateSearch: (search: Record<string, unknown>): Record<string, string | undefined> =>
    Object.fromEntries(
      Object.entries(search).flatMap(([name, value]) =>
        typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
      ),
    ),
  pendingComponent: WaitingPage,
});
const recordListRoute = createRoute({
  getParentRoute: () => recordsRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./records.ts'), 'RecordsPage'),
});
const recordRoute = createRoute({
  getParentRoute: () => recordsRoute,
  path: '/$id',
  component: lazyRouteComponent(() => import('./records.ts'), 'RecordPage'),
});
/** Evaluations: of graders and graded. */
const evaluationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/evaluations',
  pendingComponent: WaitingPage,
});
const evaluationListRoute = createRoute({
  getParentRoute: () => evaluationsRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./evaluations.tsx'), 'EvaluationsPage'),
});
const evaluationRoute = createRoute({
  getParentRoute: () => evaluationsRoute,
  path: '/$id',
  component: lazyRouteComponent(() => import('./evaluations.tsx'), 'EvaluationPage'),
});
/** Pages that agents never load come in parts of their own. */
const scenarioRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/admin/scenarios/$id',
  beforeLoad: onlyAt('/admin/scenarios'),
  component: lazyRouteComponent(() => import('./scenario-page.tsx'), 'ScenarioPage'),
});

/** Administration: a chunk of its own, that agents never load. */
const adminRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/admin',
  beforeLoad: onlyWhere(isAdministrationOpenTo),
  pendingComponent: WaitingPage,
  component: lazyRouteComponent(() => import('./administration.ts'), 'AdminPage'),
});
const adminHomeRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./administration.ts'), 'HomePage'),
});
/** The list of scenarios stands in administration; the builder has the whole page. */
const scenariosRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/scenarios',
  component: lazyRouteComponent(() => import('../features/builder/scenarios-page.tsx'), 'ScenariosPage'),
});
const adminSectionRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/$section',
  component: lazyRouteComponent(() => import('./administration.ts'), 'SectionPage'),
});
const adminNewRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/$section/new',
  component: lazyRouteComponent(() => import('./administration.ts'), 'ItemPage'),
});
const adminItemRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/$section/edit/$name',
  component: lazyRouteComponent(() => import('./administration.ts'), 'ItemPage'),
});

const routeTree = rootRoute.addChildren([
  loginRoute,
  setUpRoute,
  shellRoute.addChildren([
    startRoute,
    chatsRoute,
    chatRoute,
    workRoute,
    contactsRoute,
    contactRoute,
    settingsRoute,
    scenarioRoute,
    supervisionRoute.addChildren([overviewRoute, watchRoute]),
    alertsRoute,
    reportsRoute.addChildren([reportListRoute, reportRoute]),
    recordsRoute.addChildren([recordListRoute, recordRoute]),
    evaluationsRoute.addChildren([evaluationListRoute, evaluationRoute]),
    adminRoute.addChildren([adminHomeRoute, scenariosRoute, adminSectionRoute, adminNewRoute, adminItemRoute]),
  ]),
]);

export const router = createRouter({ routeTree, defaultNotFoundComponent: NotFoundPage });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
