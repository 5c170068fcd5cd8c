import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { call, unwrap } from '../client/client.ts';

const LOOK_EVERY_MS = 15_000;

/** What is the matter, or was, with services whom one looks after; newest first. */
export const serviceAlertsQuery = (state: 'open' | 'resolved') =>
  queryOptions({
    queryKey: ['alerts', 'services', state],
    queryFn: async () => unwrap(await call('GET /api/v1/alerts', { query: { about: 'services', state } })).items,
    refetchInterval: LOOK_EVERY_MS,
  });

export type ServiceAlert = Awaited<ReturnType<NonNullable<ReturnType<typeof serviceAlertsQuery>['queryFn']>>>[number];

/** Something has become the matter, or is over. */
export function refreshAlerts(queryClient: QueryClient): void {
  void queryClient.invalidateQueries({ queryKey: ['alerts'] });
}
