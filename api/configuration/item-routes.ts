import type { ItemSource } from '../../adapters/mongo/configuration/item-sources-repository.ts';
import { loadConfiguration } from '../../adapters/mongo/configuration/load-configuration.ts';
import type { ConfigurationItemView } from '../../contracts/configuration-item-schema.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { mayDo } from '../../contracts/privileges.ts';
import { getPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { documentOf } from './describe-configuration.ts';
import { keyOf, type ConfigurationItem } from './find-item.ts';
import { listItems } from './item-version.ts';

/** Four characters of a secret so long tell nobody the rest. */
const SHOWN_CHARACTERS = 4;
const SHOWN_FROM_LENGTH = 16;
const SHOWN_SECRETS = ['pageToken', 'appSecret', 'verifyToken', 'value'] as const;

/** Items of configuration for the screens that edit them. */
export function registerItemRoutes(app: App, { store }: AppDependencies): void {
  registerRoute(app, httpRoutes.listConfigurationItems, async (request) => {
    const seesAll = mayDo(getPrincipal(request), 'edit-configuration');
    const [stored, sources] = await Promise.all([loadConfiguration(store), store.itemSources.list()]);
    const sourceOf = new Map(sources.map((source) => [`${source.kind} ${source.key}`, source]));
    const all = Object.keys(documentOf) as (keyof typeof documentOf)[];
    const kinds = all.filter((kind) => seesAll || kind === 'user' || kind === 'role');
    const items = kinds.flatMap((kind) =>
      listItems(stored, kind).map(({ item, ...shown }): ConfigurationItemView => ({
        kind,
        ...shown,
        ...showEnds(item),
        ...showSource(sourceOf.get(`${kind} ${keyOf(item)}`)),
      })),
    );
    return { revision: stored.revision, items };
  });
}

function showSource(known: ItemSource | undefined): Pick<ConfigurationItemView, 'source' | 'changedAt' | 'changedBy'> {
  if (!known) return {};
  const { source, at, by } = known;
  return {
    source,
    ...(at !== undefined && { changedAt: new Date(at).toISOString() }),
    ...(by !== undefined && { changedBy: by }),
  };
}

function showEnds(item: ConfigurationItem): Pick<ConfigurationItemView, 'secretEnds'> {
  const ends = SHOWN_SECRETS.flatMap((field) => {
    const value: unknown = Reflect.get(item, field);
    const isLong = typeof value === 'string' && value.length >= SHOWN_FROM_LENGTH;
    return isLong ? [[field, value.slice(-SHOWN_CHARACTERS)] as const] : [];
  });
  return ends.length === 0 ? {} : { secretEnds: Object.fromEntries(ends) };
}
