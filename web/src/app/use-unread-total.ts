import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useMyChats } from '../shared/data/chats.ts';
import { loadedMessages } from '../shared/data/messages.ts';
import { offersQuery } from '../shared/data/offers.ts';
import { unseenOf, useSeen } from '../shared/data/seen.ts';
import { useMe } from '../shared/data/session.ts';

/** How many messages of customers in my chats were not seen yet. */
export function useUnreadTotal(): number {
  const queryClient = useQueryClient();
  const { chats } = useMyChats();
  const seen = useSeen((store) => store.seen);
  const open = chats.filter(({ isOpen }) => isOpen).map(({ conversation }) => conversation.id);
  return useSyncExternalStore(
    (onChange) => queryClient.getQueryCache().subscribe(onChange),
    () => open.reduce((sum, id) => sum + unseenOf(loadedMessages(queryClient, id), seen[id]).length, 0),
  );
}

/** What asks for attention: unseen messages and offers. */
export function useAttentionCount(): number {
  const unread = useUnreadTotal();
  const { takesChats } = useMe();
  const offers = useQuery({ ...offersQuery, enabled: takesChats }).data ?? [];
  return unread + offers.length;
}
