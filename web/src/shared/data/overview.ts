import { queryOptions, type QueryClient } from '@tanstack/react-query';
import type { LiveOverview } from '../../../../contracts/supervision-view-schema.ts';
import { call, unwrap } from '../client/client.ts';

export type { LiveOverview };
export type ServiceFigures = LiveOverview['services'][number];
export type AgentLine = LiveOverview['agents'][number];
export type QueueLine = LiveOverview['queue'][number];

/** Asked anew as things happen, no oftener than so, and now and then in any case. */
const AT_MOST_EVERY_MS = 1000;
const AT_LEAST_EVERY_MS = 5000;

function startOfToday(): string {
  const at = new Date();
  at.setHours(0, 0, 0, 0);
  return at.toISOString();
}

/** Services, agents and the queue; the figures of the day begin at midnight here. */
export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: async () => unwrap(await call('GET /api/v1/live-overview', { query: { since: startOfToday() } })),
  refetchInterval: AT_LEAST_EVERY_MS,
});

/** Chats that an agent is in. */
export const chatsOfAgentQuery = (username: string) =>
  queryOptions({
    queryKey: ['overview', 'chats', username],
    queryFn: async () => unwrap(await call('GET /api/v1/agents/:username/chats', { params: { username } })).items,
    refetchInterval: AT_LEAST_EVERY_MS,
  });

let due: ReturnType<typeof setTimeout> | undefined;

/** Something has happened that the overview shows; nothing is asked where nobody looks at it. */
export function refreshOverview(queryClient: QueryClient): void {
  due ??= setTimeout(() => {
    due = undefined;
    void queryClient.invalidateQueries({ queryKey: overviewQuery.queryKey });
  }, AT_MOST_EVERY_MS);
}
