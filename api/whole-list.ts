import type { ListPage } from '../contracts/conversation-queries.ts';

/** A list that is short enough to be given in one page, in the form of those that are not. */
export function wholeList<Item>(items: Item[]): ListPage<Item> {
  return { items, next: null };
}
