/** The chunk of supervision: agents never load it. */
export { AlertsPage } from './alerts-page.tsx';
export { OverviewPage } from './overview-page.tsx';
export { WatchPage } from './watch-page.tsx';
