import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { BulkSurgery } from '../../../../../contracts/bulk-surgery.ts';
import type { BulkPreview, BulkSurgeryView, TimerView } from '../../../../../contracts/bulk-surgery-schema.ts';
import type { TimerKind } from '../../../../../contracts/conversation-timer.ts';
import { call, unwrap } from '../../../shared/client/client.ts';

export interface TimerFilters {
  kind?: TimerKind | undefined;
  scenario?: string | undefined;
  service?: string | undefined;
  account?: string | undefined;
}

/** What is done with timers. */
export type Turn = Extract<BulkSurgery, { kind: 'fire-timer' | 'put-off-timer' }>;

/** The first page. */
const NO_CURSOR: { cursor?: string } = {};
const REFRESH_MS = 15_000;
const PROGRESS_MS = 1000;

/** What conversations wait for, the soonest first; read anew as long as one page is shown. */
export const timersQuery = (filters: TimerFilters) =>
  infiniteQueryOptions({
    queryKey: ['timers', filters],
    queryFn: async ({ pageParam }) => unwrap(await call('GET /api/v1/timers', { query: { ...filters, ...pageParam } })),
    initialPageParam: NO_CURSOR,
    getNextPageParam: ({ next }) => (next === null ? undefined : { cursor: next }),
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) > 1 ? false : REFRESH_MS),
  });

/** How operations stand: looked at every second while one runs. */
export const surgeriesQuery = queryOptions({
  queryKey: ['surgeries'],
  queryFn: async () => unwrap(await call('GET /api/v1/surgeries')).items,
  refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'running') ? PROGRESS_MS : REFRESH_MS),
});

export const surgeryQuery = (id: string) =>
  queryOptions({
    queryKey: ['surgery', id],
    queryFn: async () => unwrap(await call('GET /api/v1/surgeries/:id', { params: { id } })),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? PROGRESS_MS : false),
    staleTime: 0,
  });

/** Names a timer among all. */
export const keyOf = ({ conversationId, timer }: Pick<TimerView, 'conversationId' | 'timer'>): string =>
  JSON.stringify([conversationId, timer]);

/** What it would come to for each; nothing is done. */
export async function previewTurn(surgery: Turn, timers: readonly TimerView[]): Promise<BulkPreview> {
  const items = timers.map(({ conversationId, timer, at }) => ({ conversationId, timer, at }));
  return unwrap(await call('POST /api/v1/surgeries/preview', { body: { surgery, items } }));
}

/** Begins it, for those that the preview names. `clientId`: of this order, however often it is sent. */
export async function beginTurn(
  surgery: Turn,
  { items, clientId }: { items: BulkPreview['items']; clientId: string },
): Promise<BulkSurgeryView> {
  return unwrap(await call('POST /api/v1/surgeries', { body: { clientId, surgery, items } }));
}

/** Nobody more is asked; what is done stays. */
export async function stopTurn(id: string): Promise<BulkSurgeryView> {
  return unwrap(await call('POST /api/v1/surgeries/:id/stop', { params: { id } }));
}
