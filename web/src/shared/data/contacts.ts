import { keepPreviousData, queryOptions, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ContactChangeRequest, ContactView } from '../../../../contracts/people-schema.ts';
import { call, unwrap } from '../client/client.ts';

export type { ContactChangeRequest, ContactView };

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact', id],
    queryFn: async () => unwrap(await call('GET /api/v1/contacts/:id', { params: { id } })),
    staleTime: 60_000,
  });

/** How many conversations are loaded at a time. */
const PAGE = 50;

/** Conversations with a person over all Pages, newest first, as far as they are loaded. None of nobody. */
export function useContactConversations(id: string | undefined) {
  const query = useInfiniteQuery({
    queryKey: ['contact-conversations', id],
    queryFn: async ({ pageParam }) =>
      unwrap(
        await call('GET /api/v1/contacts/:id/conversations', {
          params: { id: id ?? '' },
          query: { limit: PAGE, ...(pageParam !== '' && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    staleTime: 60_000,
    enabled: id !== undefined,
  });
  const conversations = query.data?.pages.flatMap(({ items }) => items);
  return {
    conversations,
    error: query.error,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
  };
}

/** People by the beginnings of what is known of them; the newest without words. */
export const contactSearchQuery = (words: string) =>
  queryOptions({
    queryKey: ['contact-search', words],
    queryFn: async () =>
      unwrap(await call('GET /api/v1/contacts', { query: { limit: 30, ...(words !== '' && { query: words }) } })).items,
    staleTime: 30_000,
    placeholderData: keepPreviousData,
  });

/** Changes what is named of a contact. */
export function useChangeContact(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (body: ContactChangeRequest) =>
      unwrap(await call('PATCH /api/v1/contacts/:id', { params: { id }, body })),
    onSuccess: (contact) => keepContact(queryClient, contact),
  });
}

/** Serves a person no more, or again. */
export function useBlockContact(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (reason: string | null) =>
      reason === null
        ? unwrap(await call('DELETE /api/v1/contacts/:id/block', { params: { id } }))
        : unwrap(
            await call('PUT /api/v1/contacts/:id/block', {
              params: { id },
              body: { ...(reason !== '' && { reason }) },
            }),
          ),
    onSuccess: (contact) => keepContact(queryClient, contact),
  });
}

function keepContact(queryClient: ReturnType<typeof useQueryClient>, contact: ContactView): void {
  queryClient.setQueryData(contactQuery(contact.id).queryKey, contact);
  // Their names stand in lists and heads.
  void queryClient.invalidateQueries({ queryKey: ['conversation'] });
  void queryClient.invalidateQueries({ queryKey: ['chats'] });
}
