import { queryOptions } from '@tanstack/react-query';
import type { CanaryView, PublicationReportView } from '../../../../../contracts/publication-schema.ts';
import { call, unwrap } from '../../../shared/client/client.ts';

const LOOK_AGAIN_MS = 10_000;

/** The canary that runs, or the last one; `null` where there was none. One that runs is looked at again and again. */
export const canaryQuery = (name: string) =>
  queryOptions({
    queryKey: ['scenario-canary', name],
    queryFn: async (): Promise<CanaryView | null> => {
      const response = await call('GET /api/v1/scenarios/:name/canary', { params: { name } });
      return !response.ok && response.status === 404 ? null : unwrap(response);
    },
    refetchInterval: ({ state }) => (state.data && !state.data.end ? LOOK_AGAIN_MS : false),
  });

/** What was known of a publication as it was made. */
export const reportQuery = (name: string, number: number) =>
  queryOptions({
    queryKey: ['publication-report', name, number],
    queryFn: async (): Promise<PublicationReportView> =>
      unwrap(await call('GET /api/v1/scenarios/:name/publications/:number', { params: { name, number } })),
  });
