/** The chunk of supervision: agents never load it. */
export { OverviewPage } from './overview-page.tsx';
export { WatchPage } from './watch-page.tsx';
