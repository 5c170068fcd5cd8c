import { infiniteQueryOptions, useInfiniteQuery, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { MessageView } from '../../../../contracts/conversation-view-schema.ts';
import type { DeliveryStatus } from '../../../../contracts/part.ts';
import { call, unwrap } from '../client/client.ts';

export type { MessageView };

/** How many messages are loaded at a time, from the end backwards. */
const PAGE = 200;

interface Page {
  /** Newest first, as the api gives them. */
  items: MessageView[];
  next: string | null;
}

/** The transcript of a conversation, from its end backwards. */
export const messagesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['messages', id],
    queryFn: async ({ pageParam }): Promise<Page> =>
      unwrap(
        await call('GET /api/v1/conversations/:id/messages', {
          params: { id },
          query: { order: 'newest', limit: PAGE, ...(pageParam !== '' && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page: Page) => page.next,
    staleTime: Infinity,
  });

type Transcript = InfiniteData<Page, string>;

/** The messages of a conversation, oldest first. */
export function useMessages(id: string): {
  messages: MessageView[];
  isLoading: boolean;
  error: Error | null;
  hasEarlier: boolean;
  isLoadingEarlier: boolean;
  loadEarlier: () => Promise<unknown>;
} {
  const query = useInfiniteQuery(messagesQuery(id));
  const messages = useMemo(() => (query.data?.pages ?? []).flatMap(({ items }) => items).toReversed(), [query.data]);
  return {
    messages,
    isLoading: query.isPending,
    error: query.error,
    hasEarlier: query.hasNextPage,
    isLoadingEarlier: query.isFetchingNextPage,
    loadEarlier: query.fetchNextPage,
  };
}

/** What is loaded of a transcript, oldest first. */
export function loadedMessages(queryClient: QueryClient, id: string): MessageView[] {
  const transcript = queryClient.getQueryData<Transcript>(messagesQuery(id).queryKey);
  return (transcript?.pages ?? []).flatMap(({ items }) => items).toReversed();
}

/** Puts a message into the transcript as it is now: in the place it has, or at the end. */
export function storeMessage(queryClient: QueryClient, conversationId: string, message: MessageView): void {
  change(queryClient, conversationId, (pages) => {
    const isKnown = pages.some(({ items }) => items.some(({ id }) => id === message.id));
    if (isKnown)
      return pages.map((page) => mapItems(page, (each) => (each.id === message.id ? newer(each, message) : each)));
    const [first, ...rest] = pages;
    return first ? [{ ...first, items: [message, ...first.items] }, ...rest] : pages;
  });
}

/** Everything that was sent up to then was delivered, or read. */
export function storeReceipt(
  queryClient: QueryClient,
  { conversationId, status, upTo }: { conversationId: string; status: 'delivered' | 'read'; upTo: string },
): void {
  const isMet = (message: MessageView): boolean =>
    message.direction === 'out' && message.at <= upTo && rankOf(message.status) < rankOf(status);
  change(queryClient, conversationId, (pages) =>
    pages.map((page) => mapItems(page, (message) => (isMet(message) ? { ...message, status } : message))),
  );
}

/** Statuses that only ever follow each other; a message that failed or is in doubt has none of these. */
const RANKS: readonly DeliveryStatus[] = ['accepted', 'delivered', 'read'];
const rankOf = (status: DeliveryStatus | undefined): number => {
  const rank = RANKS.indexOf(status ?? 'read');
  return rank === -1 ? RANKS.length : rank;
};

/** What is known of a message goes forward only: a receipt may have come before what it is of. */
function newer(known: MessageView, message: MessageView): MessageView {
  const ranks = [known.status, message.status].map((status) => RANKS.indexOf(status ?? 'queued'));
  const [before = -1, after = -1] = ranks;
  return before > after && after !== -1 && known.status ? { ...message, status: known.status } : message;
}

const mapItems = (page: Page, map: (message: MessageView) => MessageView): Page => ({
  ...page,
  items: page.items.map(map),
});

function change(queryClient: QueryClient, conversationId: string, edit: (pages: Page[]) => Page[]): void {
  queryClient.setQueryData<Transcript>(
    messagesQuery(conversationId).queryKey,
    (transcript) => transcript && { ...transcript, pages: edit(transcript.pages) },
  );
}

/** The customer's message that nobody of ours has answered yet, the first of them. */
export function waitingSince(messages: readonly MessageView[]): number | undefined {
  const lastAnswer = messages.findLastIndex(
    ({ direction, author }) => direction === 'out' && author.kind !== 'scenario',
  );
  const first = messages.slice(lastAnswer + 1).find(({ direction }) => direction === 'in');
  return first && Date.parse(first.at);
}
