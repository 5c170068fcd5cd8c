import { queryOptions } from '@tanstack/react-query';
import type { SavedSearchBody, SavedSearchView } from '../../../../contracts/saved-search-schema.ts';
import { call, unwrap } from '../client/client.ts';

export type SavedSearch = SavedSearchView;

/** Searches that one keeps, and those that others share. */
export const savedSearchesQuery = queryOptions({
  queryKey: ['saved-searches'],
  queryFn: async () => unwrap(await call('GET /api/v1/saved-searches')).items,
  staleTime: 60_000,
});

/** Keeps a search; gives what stands against it. */
export async function saveSearch(name: string, body: SavedSearchBody): Promise<string | undefined> {
  const response = await call('PUT /api/v1/saved-searches/:name', { params: { name }, body });
  return response.ok ? undefined : response.error.message;
}

/** Deletes one of one's own; gives what stands against it. */
export async function deleteSearch(name: string): Promise<string | undefined> {
  const response = await call('DELETE /api/v1/saved-searches/:name', { params: { name } });
  return response.ok || response.status === 404 ? undefined : response.error.message;
}
