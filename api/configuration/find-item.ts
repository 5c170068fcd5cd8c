import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { AppError } from '../../contracts/app-error.ts';
import { kindOf, type ItemNoun } from './nouns.ts';

/** Any item of these lists. */
export type ConfigurationItem = ReturnType<ConfigurationSnapshot[ItemNoun]>[number];

/** What an item is called in files: a user by their user name. */
export const nameOf = (item: ConfigurationItem): string => ('username' in item ? item.username : item.name);

/** One item of a list by its name; undefined where there is none. */
export function findItem(stored: ConfigurationSnapshot, noun: ItemNoun, name: string): ConfigurationItem | undefined {
  const items: readonly ConfigurationItem[] = stored[noun]();
  return items.find((candidate) => nameOf(candidate) === name);
}

/** One item of a list by its name. @throws AppError NOT_FOUND */
export function getItem(stored: ConfigurationSnapshot, noun: ItemNoun, name: string): ConfigurationItem {
  const item = findItem(stored, noun, name);
  if (!item) throw new AppError('NOT_FOUND', { message: `There is no ${kindOf[noun]} "${name}".` });
  return item;
}

/** The key under which an item is stored. */
export function keyOf(item: ConfigurationItem): string {
  return 'pageId' in item ? item.pageId : nameOf(item);
}
