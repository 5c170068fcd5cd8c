import { queryOptions, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { ConversationView } from '../../../../contracts/conversation-view-schema.ts';
import type { WrapUpView } from '../../../../contracts/wrap-up-schema.ts';
import { call, Refusal, unwrap } from '../client/client.ts';
import { keptForOwner, readsAnew } from './own-storage.ts';
import { useMe } from './session.ts';

export type { ConversationView };

/** The chats that I am in, and those whose paper work I am doing. */
export const chatsQuery = queryOptions({
  queryKey: ['chats'],
  queryFn: async () => unwrap(await call('GET /api/v1/agents/me/chats')).items,
  staleTime: Infinity,
});

export const wrapUpsQuery = queryOptions({
  queryKey: ['wrap-ups'],
  queryFn: async () => unwrap(await call('GET /api/v1/agents/me/wrap-ups')).items,
  staleTime: Infinity,
});

/** One conversation, as the api gives it. */
export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversation', id],
    queryFn: async () => unwrap(await call('GET /api/v1/conversations/:id', { params: { id } })),
    staleTime: Infinity,
    retry: (count, error) => !(error instanceof Refusal && error.status < 500) && count < 3,
  });

interface EndedStore {
  /** Chats that have ended for me and that I have not put away. */
  ended: Record<string, true>;
  keep: (id: string) => void;
  putAway: (id: string) => void;
}

/** Ended chats stay in the list, marked, until they are wrapped up. */
const useEndedChats = create<EndedStore>()(
  persist(
    (set) => ({
      ended: {},
      keep: (id) => set(({ ended }) => ({ ended: { ...ended, [id]: true } })),
      putAway: (id) => set(({ ended: { [id]: _gone, ...ended } }) => ({ ended })),
    }),
    keptForOwner<EndedStore>('attendant.ended', { ended: {} }),
  ),
);
readsAnew(useEndedChats);

/** Whether somebody talks, or is consulted, in a conversation. */
export function isInChat({ state, agent, participants = [] }: ConversationView, username: string): boolean {
  if (state !== 'connected') return false;
  return agent?.username === username || participants.some((each) => each.agent.username === username);
}

/** What the scenario has asked and noted: names and values, as they are shown. */
export function answersOf({ annotations, answers = [] }: ConversationView): (readonly [string, string])[] {
  const { attachedData, reportingFields } = annotations ?? {};
  return [
    ...answers.map(({ name, value }) => [name, value] as const),
    ...Object.entries({ ...reportingFields, ...attachedData }),
  ];
}

/** A chat of mine as the list shows it. */
export interface Chat {
  conversation: ConversationView;
  /** I am in it; else it has ended for me. */
  isOpen: boolean;
  /** The paper work of mine that is going on. */
  wrapUp: WrapUpView | undefined;
}

/** My chats: open ones, and those that have ended and are not put away. None of who takes none. */
export function useMyChats(): { chats: Chat[]; isLoading: boolean; error: Error | null } {
  const { username, takesChats } = useMe();
  const chats = useQuery({ ...chatsQuery, enabled: takesChats });
  const wrapUps = useQuery({ ...wrapUpsQuery, enabled: takesChats });
  const ended = useEndedChats((store) => store.ended);
  const list = useMemo(() => {
    return (chats.data ?? [])
      .map((conversation): Chat => {
        const isOpen = isInChat(conversation, username);
        const wrapUp = wrapUps.data?.find(({ conversationId }) => conversationId === conversation.id);
        return { conversation, isOpen, wrapUp };
      })
      .filter(({ conversation, isOpen, wrapUp }) => isOpen || wrapUp !== undefined || ended[conversation.id]);
  }, [chats.data, wrapUps.data, ended, username]);
  return { chats: list, isLoading: chats.isPending, error: chats.error };
}

/** What the api says of a conversation now: wherever it is shown it is that. */
export function storeConversation(queryClient: QueryClient, changed: ConversationView, username: string): void {
  const { queryKey } = conversationQuery(changed.id);
  // The event does not know the cases of whom it is with.
  const merged = { ...withKnown(queryClient.getQueryData(queryKey)), ...changed };
  queryClient.setQueryData(queryKey, merged);
  // Whom it is with is known a moment after it began, and no event tells it.
  if (!merged.contact) void queryClient.invalidateQueries({ queryKey });
  const before = queryClient.getQueryData(chatsQuery.queryKey)?.find(({ id }) => id === changed.id);
  // What was said while somebody was not in the chat no event has told them.
  if ((before !== undefined && isInChat(before, username)) !== isInChat(changed, username))
    void queryClient.invalidateQueries({ queryKey: ['messages', changed.id] });
  queryClient.setQueryData(chatsQuery.queryKey, (chats: ConversationView[] | undefined) => {
    if (!chats) return chats;
    const known = chats.find(({ id }) => id === changed.id);
    const wasOpen = known !== undefined && isInChat(known, username);
    const isOpen = isInChat(changed, username);
    if (wasOpen && !isOpen) useEndedChats.getState().keep(changed.id);
    if (known) return chats.map((chat) => (chat.id === changed.id ? { ...withKnown(chat), ...changed } : chat));
    return isOpen ? [...chats, merged] : chats;
  });
}

const withKnown = ({ contact, cases }: Partial<ConversationView> = {}): Partial<ConversationView> => ({
  ...(contact && { contact }),
  ...(cases && { cases }),
});

/** Takes an ended chat out of the list. */
export function useCloseChat(): (id: string) => void {
  const queryClient = useQueryClient();
  return (id) => {
    useEndedChats.getState().putAway(id);
    queryClient.setQueryData(wrapUpsQuery.queryKey, (wrapUps) =>
      wrapUps?.filter(({ conversationId }) => conversationId !== id),
    );
  };
}
