import { MESSENGER_LIMITS } from '../../contracts/messenger-limits.ts';
import { EACH } from '../expression/expression.ts';
import { evaluate } from '../expression/evaluate.ts';
import { getNamedExpression } from '../expression/value-expression.ts';
import { toList } from '../expression/values.ts';
import type { Fill } from './compile-texts.ts';

/** What a tap on "more" comes back as; parentheses keep it apart from what authors are likely to write. */
export const MORE = '(more)';

/** So many items are looked at; in pages, because Messenger takes few at once. */
const MAX_ITEMS = 100;

/** Fills something in for each item of a list, which is `$(each)` there. */
export function compileItems<Value>(each: string, fill: Fill<Value>): Fill<Value[]> {
  const list = getNamedExpression(each);
  return (variables) =>
    toList(evaluate(list, variables))
      .slice(0, MAX_ITEMS)
      .map((item) => fill({ ...variables, [EACH]: item }));
}

/** Made for each item of a list, rather than written one by one. */
export function isEachList<Fields extends { each: string }>(fields: readonly unknown[] | Fields): fields is Fields {
  return !Array.isArray(fields);
}

export interface QuickReply {
  title: string;
  payload: string;
}

/** As many quick replies as Messenger takes; with `more` the last of them shows the next page. */
export function showPage(
  replies: readonly QuickReply[],
  { page, more }: { page: number; more: string | undefined },
): QuickReply[] {
  const size = MESSENGER_LIMITS.quickReplies;
  if (more === undefined || replies.length <= size) return replies.slice(0, size);
  return [...getPage(replies, { page, size: size - 1 }), { title: more, payload: MORE }];
}

/** How many pages a list can have at most. */
export function countMostPages(size: number): number {
  return Math.ceil(MAX_ITEMS / size);
}

/** The items of a page, which begin anew behind the last one. */
export function getPage<Item>(items: readonly Item[], { page, size }: { page: number; size: number }): Item[] {
  const pages = Math.max(1, Math.ceil(items.length / size));
  const from = (page % pages) * size;
  return items.slice(from, from + size);
}
