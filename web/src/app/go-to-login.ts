import type { QueryClient } from '@tanstack/react-query';
import { forgetSession } from '../shared/data/session.ts';

/** Where one goes, and how one comes back. */
interface LoginTarget {
  to: '/login';
  search: { ended: true; to: string };
}

/**
 * The log-in is over: what was loaded is forgotten, and the page is left without being loaded anew, so that what is half
 * written stays. Several calls may be refused at once: the first one knows where the person was.
 */
export function goToLogin(queryClient: QueryClient, navigate: (target: LoginTarget) => Promise<void>): void {
  forgetSession(queryClient);
  const { pathname, search } = location;
  if (pathname !== '/login') void navigate({ to: '/login', search: { ended: true, to: `${pathname}${search}` } });
}
