import { queryOptions, useSuspenseQuery, type QueryClient } from '@tanstack/react-query';
import type { CurrentUser } from '../../../../contracts/own-chat-schema.ts';
import { call, isUnreachable, unwrap } from '../client/client.ts';

export type { CurrentUser };

/** Who is logged in; null where nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<CurrentUser | null> => {
    const response = await call('GET /api/v1/session');
    if (!response.ok && response.status === 401) return null;
    return unwrap(response);
  },
  staleTime: Infinity,
  retry: (count, error) => isUnreachable(error) && count < 2,
});

export interface LogInMethods {
  hasPasswords: boolean;
  provider?: { name: string } | undefined;
}

/** How one may log in here. */
export const logInMethodsQuery = queryOptions({
  queryKey: ['log-in-methods'],
  queryFn: async (): Promise<LogInMethods> => unwrap(await call('GET /api/v1/session/methods')),
  staleTime: 60_000,
});

/** The person at the desktop. Pages behind the log-in only. */
export function useMe(): CurrentUser & { username: string } {
  const { data } = useSuspenseQuery(sessionQuery);
  if (!data) throw new Error('Nobody is logged in here');
  return { ...data, username: data.username ?? '' };
}

/** Ends the log-in; what was loaded of it goes with it. */
export async function logOut(queryClient: QueryClient): Promise<void> {
  unwrap(await call('DELETE /api/v1/session'));
  forgetSession(queryClient);
}

/** What was loaded for somebody is nobody's any more. */
export function forgetSession(queryClient: QueryClient): void {
  queryClient.clear();
  queryClient.setQueryData(sessionQuery.queryKey, null);
}
