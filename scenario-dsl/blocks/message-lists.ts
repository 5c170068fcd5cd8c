// Cards and quick replies of a Send Message that are made for each item of a list, page by page.
import { MESSENGER_LIMITS } from '../../contracts/messenger-limits.ts';
import type { SaidText } from '../expression/said-text.ts';
import type { Variables } from '../expression/variables.ts';
import { asText, compileTexts, type Fill } from './compile-texts.ts';
import { compileItems, countMostPages, getPage, isEachList, MORE, showPage, type QuickReply } from './list-items.ts';
import type { CardFields, CardsFields, QuickRepliesFields } from './message-parts-schema.ts';
import type { SendMessageFields } from './send-message-schema.ts';

/** Fills something of which there may be pages. */
export type FillPage<Value> = (variables: Variables, page: number) => Value;

type ListFields = Pick<SendMessageFields, 'quickReplies' | 'cards'>;
type EachList = Extract<CardsFields | QuickRepliesFields, { each: string }>;

const CARDS = MESSENGER_LIMITS.template.elements;
const REPLIES = MESSENGER_LIMITS.quickReplies;

/** The cards of a page. */
export function compileCards<Card>(cards: CardsFields, toCard: (fields: CardFields) => Card): FillPage<Card[]> {
  if (!isEachList(cards)) return compileTexts(cards.map(toCard));
  const fill = compileItems(cards.each, compileTexts(toCard(cards)));
  return (variables, page) => getPage(fill(variables), { page, size: CARDS });
}

/** The quick replies of a page; the last one shows the next page, where there is one. */
export function compileQuickReplies({ quickReplies = [], cards }: SendMessageFields): FillPage<QuickReply[]> {
  const fill = isEachList(quickReplies)
    ? compileItems(quickReplies.each, compileTexts(toQuickReply(quickReplies)))
    : compileTexts(quickReplies.map(toQuickReply));
  const fillMore = compileMore({ quickReplies, cards });
  return (variables, page) => {
    const more = fillMore?.(variables);
    if (isEachList(quickReplies)) return showPage(fill(variables), { page, more });
    return [...fill(variables), ...(more === undefined ? [] : [{ title: more, payload: MORE }])].slice(0, REPLIES);
  };
}

function toQuickReply({ title, payload }: { title: SaidText; payload?: string | undefined }): QuickReply {
  return { title: asText(title), payload: payload ?? asText(title) };
}

/** The title of "more", where there are more items than fit; nothing in a message that has no pages. */
export function compileMore(fields: ListFields): Fill<string | undefined> | undefined {
  const [list, size] = findPaged(fields);
  if (!list) return undefined;
  const fillTitle = compileTexts(asText(list.more ?? ''));
  const items = compileItems(list.each, () => true);
  return (variables) => (items(variables).length > size ? fillTitle(variables) : undefined);
}

/** What has pages in a message, and how many fit on one. */
function findPaged({ quickReplies = [], cards = [] }: ListFields): [EachList | undefined, number] {
  if (isEachList(cards) && cards.more !== undefined) return [cards, CARDS];
  return [isEachList(quickReplies) && quickReplies.more !== undefined ? quickReplies : undefined, REPLIES];
}

/** How many pages there can be. */
export function countPages(fields: SendMessageFields): number {
  const [list, size] = findPaged(fields);
  return list ? countMostPages(size - 1) : 1;
}

/** Cards and quick replies that are made for each item of a list. */
export function listEachOf({ quickReplies = [], cards = [] }: ListFields): EachList[] {
  return [cards, quickReplies].flatMap((fields) => (isEachList(fields) ? [fields] : []));
}

/** Whether none of the lists of a message has anything to show. */
export function compileHasNoItems(fields: ListFields): Fill<boolean> {
  const lists = listEachOf(fields).map(({ each, title }) => compileItems(each, compileTexts(asText(title))));
  return (variables) => lists.every((fill) => fill(variables).every((title) => title.trim() === ''));
}
