import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** What is being loaded just now may be older than what was told meanwhile: it is asked for once more when it has come. */
export function askAgain(queryClient: QueryClient, queryKey: QueryKey): void {
  const query = queryClient.getQueryCache().find({ queryKey, exact: true });
  if (query?.state.fetchStatus !== 'fetching') return;
  // Joins what is on its way; several that were told meanwhile are one question.
  const ask = (): void => void queryClient.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: false });
  query.fetch().then(ask, ask);
}
