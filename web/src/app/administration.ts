/** The chunk of administration. */
export { AdminPage } from '../features/administration/admin-page.tsx';
export { HomePage } from '../features/administration/pages/home-page.tsx';
export { ItemPage, SectionPage } from '../features/administration/section-page.tsx';
