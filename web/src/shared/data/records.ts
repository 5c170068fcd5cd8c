import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { RecordFilter, RecordView } from '../../../../contracts/record-schema.ts';
import type { Surgery } from '../../../../contracts/surgery.ts';
import type { SurgeryPreviewView } from '../../../../contracts/surgery-schema.ts';
import { call, newClientId, unwrap } from '../client/client.ts';
import { learnColleagues } from './colleagues.ts';

export type { RecordFilter, RecordView };

/** How many are loaded at a time. */
const PAGE = 50;
const FRESH_MS = 15_000;

/** Conversations that a filter takes, newest first. */
export const recordsQuery = (filter: RecordFilter) =>
  infiniteQueryOptions({
    queryKey: ['records', filter],
    queryFn: async ({ pageParam }) =>
      unwrap(
        await call('GET /api/v1/records', {
          query: { ...filter, limit: PAGE, ...(pageParam !== '' && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
  });

/** What can be chosen to look by. */
export const recordChoicesQuery = queryOptions({
  queryKey: ['record-choices'],
  queryFn: async () => {
    const choices = unwrap(await call('GET /api/v1/records/choices'));
    learnColleagues(choices.agents);
    return choices;
  },
  staleTime: 60_000,
});

/** What agents said that a conversation came to. */
export const wrapUpsOfQuery = (id: string) =>
  queryOptions({
    queryKey: ['wrap-ups-of', id],
    queryFn: async () => unwrap(await call('GET /api/v1/conversations/:id/wrap-up', { params: { id } })).wrapUps,
    staleTime: FRESH_MS,
  });

/** How a conversation was routed. */
export const routingOfQuery = (id: string) =>
  queryOptions({
    queryKey: ['routing-of', id],
    queryFn: async () => unwrap(await call('GET /api/v1/conversations/:id/routing', { params: { id } })),
    staleTime: FRESH_MS,
  });

/** Everything that happened in a conversation, as far as it is loaded. */
export const allEventsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['all-events', id],
    queryFn: async ({ pageParam }) =>
      unwrap(
        await call('GET /api/v1/conversations/:id/events', {
          params: { id },
          query: { limit: 200, ...(pageParam !== '' && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    staleTime: FRESH_MS,
  });

/** Where a conversation stood at each moment. */
export const replayOfQuery = (id: string) =>
  queryOptions({
    queryKey: ['replay-of', id],
    queryFn: async () => unwrap(await call('GET /api/v1/conversations/:id/replay', { params: { id } })),
    staleTime: FRESH_MS,
  });

/** A conversation as a scenario test. */
export async function fetchSavedTest(id: string): Promise<{ source: string | null; problem: string | null }> {
  return unwrap(await call('GET /api/v1/conversations/:id/test', { params: { id } }));
}

/** A running conversation as it is now, as itself says. */
export const surgeryStateQuery = (id: string) =>
  queryOptions({
    queryKey: ['surgery-state', id],
    queryFn: async () => unwrap(await call('GET /api/v1/conversations/:id/surgery', { params: { id } })),
    staleTime: 0,
  });

/** What something would come to there; nothing is done. */
export async function previewSurgery(id: string, surgery: Surgery): Promise<SurgeryPreviewView> {
  return unwrap(await call('POST /api/v1/conversations/:id/surgery/preview', { params: { id }, body: { surgery } }));
}

/** Does it, unless the conversation has gone on since it was previewed. */
export async function operateConversation(
  id: string,
  { revision, surgery }: { revision: string; surgery: Surgery },
): Promise<{ to: string }> {
  const body = { clientId: newClientId(), revision, surgery };
  return unwrap(await call('POST /api/v1/conversations/:id/surgery', { params: { id }, body }));
}
