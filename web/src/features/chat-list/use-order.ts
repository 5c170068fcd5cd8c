import { useQueryClient } from '@tanstack/react-query';
import { useRef, useSyncExternalStore } from 'react';
import type { Chat } from '../../shared/data/chats.ts';
import { loadedMessages, waitingSince } from '../../shared/data/messages.ts';

export type Order = 'longest' | 'newest';

/** Chats in an order; while `isHeld` what is there stays where it is, and what is new comes last. */
export function useOrder(chats: Chat[], order: Order, isHeld: boolean): Chat[] {
  const queryClient = useQueryClient();
  const rankOf = ({ conversation, isOpen }: Chat): number => {
    if (order === 'newest') return -Date.parse(conversation.startedAt);
    if (!isOpen) return Number.MAX_SAFE_INTEGER;
    return waitingSince(loadedMessages(queryClient, conversation.id)) ?? Number.MAX_SAFE_INTEGER - 1;
  };
  // As text, so that what was loaded anew and says the same draws nothing anew.
  const wanted = useSyncExternalStore(
    (onChange) => queryClient.getQueryCache().subscribe(onChange),
    () =>
      chats
        .toSorted((one, other) => rankOf(one) - rankOf(other))
        .map(({ conversation }) => conversation.id)
        .join(' '),
  ).split(' ');
  const shown = useRef<string[]>([]);
  const kept = shown.current.filter((id) => wanted.includes(id));
  const ids = isHeld ? [...kept, ...wanted.filter((id) => !kept.includes(id))] : wanted;
  shown.current = ids;
  const byId = new Map(chats.map((chat) => [chat.conversation.id, chat]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
