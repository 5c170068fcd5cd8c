import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { AppError } from '../../contracts/app-error.ts';

/** The kind of each item that can be changed and deleted by itself, by the noun of its list. */
export const kindOf = {
  accounts: 'account',
  services: 'service',
  entries: 'entry',
  users: 'user',
  hours: 'hours',
  secrets: 'secret',
  bots: 'bot',
  models: 'model',
  contactFields: 'contact-field',
  caseStatuses: 'case-status',
  groups: 'group',
  teams: 'team',
} as const;

export type ItemNoun = keyof typeof kindOf;
/** Any item of these lists. */
export type ConfigurationItem = ReturnType<ConfigurationSnapshot[ItemNoun]>[number];

const nameOf = (item: ConfigurationItem): string => ('username' in item ? item.username : item.name);

/** One item of a list by its name, a user by their user name. @throws AppError NOT_FOUND */
export function getItem(stored: ConfigurationSnapshot, noun: ItemNoun, name: string): ConfigurationItem {
  const items: readonly ConfigurationItem[] = stored[noun]();
  const item = items.find((candidate) => nameOf(candidate) === name);
  if (!item) throw new AppError('NOT_FOUND', { message: `There is no ${kindOf[noun]} "${name}".` });
  return item;
}

/** The key under which an item is stored. */
export function keyOf(item: ConfigurationItem): string {
  return 'pageId' in item ? item.pageId : nameOf(item);
}
