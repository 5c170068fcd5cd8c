import { queryOptions, useQuery } from '@tanstack/react-query';
import { call, unwrap } from '../../shared/client/client.ts';
import { SHOWN_EVENTS } from './event-row.tsx';
import type { TranscriptEvent } from './group-messages.ts';

/** More than a chat has; the rest is not shown. */
const LIMIT = 200;

const NONE: TranscriptEvent[] = [];

const eventsQuery = (id: string) =>
  queryOptions({
    queryKey: ['events', id],
    queryFn: async () =>
      unwrap(await call('GET /api/v1/conversations/:id/events', { params: { id }, query: { limit: LIMIT } })).items,
    select: (events) => events.filter(({ type }) => SHOWN_EVENTS.includes(type)),
    staleTime: 60_000,
  });

/** What happened in a conversation, as far as its transcript shows it. */
export const useEvents = (id: string): TranscriptEvent[] => useQuery(eventsQuery(id)).data ?? NONE;
