import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, unwrap } from '../shared/client/client.ts';
import { formatDuration } from '../shared/lib/format.ts';

/** Since when it is today here. */
function beginningOfDay(): string {
  const day = new Date();
  day.setHours(0, 0, 0, 0);
  return day.toISOString();
}

const dayQuery = queryOptions({
  queryKey: ['my-day'],
  queryFn: async () => unwrap(await call('GET /api/v1/agents/me/day', { query: { since: beginningOfDay() } })),
  staleTime: 60_000,
  refetchInterval: 5 * 60_000,
});

/** How many chats one has had today, and how long they took on average. */
export function TodayFigures(): ReactNode {
  const { t } = useTranslation();
  const day = useQuery(dayQuery).data;
  if (!day) return null;
  return (
    <span className="end num">
      {t('home.today', { count: day.chats })}
      {day.averageMs !== undefined && ` · ${t('home.average', { time: formatDuration(day.averageMs) })}`}
    </span>
  );
}
