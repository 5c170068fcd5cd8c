import type { SavedSearch } from '../../adapters/mongo/saved-searches-repository.ts';
import { AppError } from '../../contracts/app-error.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { SavedSearchView } from '../../contracts/saved-search-schema.ts';
import { getDeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import { wholeList } from '../whole-list.ts';
import type { App } from '../zod-provider.ts';

/** Searches that one person keeps. */
const MOST_OWN = 100;

/** Searches for records under a name: one's own, and those that others share. */
export function registerSavedSearchRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.listSavedSearches, async (request) => {
    const { userId } = getDeskPrincipal(request);
    const [configuration, found] = await Promise.all([deps.configuration.get(), deps.savedSearches.list(userId)]);
    const nameOf = (username: string): string => configuration.user(username)?.name ?? username;
    return wholeList(found.map((search) => present(search, { userId, nameOf })));
  });

  registerRoute(app, httpRoutes.putSavedSearch, async (request) => {
    const { userId, username, name: ownName } = getDeskPrincipal(request);
    const search: SavedSearch = {
      ...request.body,
      name: request.params.name,
      userId,
      username,
      updatedAt: deps.now(),
    };
    if (!(await deps.savedSearches.put(search, MOST_OWN))) throw new AppError('TOO_MANY_SAVED_SEARCHES');
    return present(search, { userId, nameOf: () => ownName });
  });

  registerRoute(app, httpRoutes.deleteSavedSearch, async (request) => {
    const { name } = request.params;
    if (!(await deps.savedSearches.delete(getDeskPrincipal(request).userId, name)))
      throw new AppError('NOT_FOUND', { message: `You keep no search “${name}”.` });
    return null;
  });
}

function present(
  { name, filter, period, isShared, userId, username, updatedAt }: SavedSearch,
  reader: { userId: string; nameOf: (username: string) => string },
): SavedSearchView {
  return {
    name,
    filter,
    ...(period !== undefined && { period }),
    isShared,
    owner: { username, name: reader.nameOf(username) },
    isOwn: userId === reader.userId,
    updatedAt: new Date(updatedAt).toISOString(),
  };
}
