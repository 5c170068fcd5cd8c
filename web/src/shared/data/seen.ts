import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { MessageView } from './messages.ts';

interface SeenStore {
  /** Time of the newest message that was seen, by conversation. */
  seen: Record<string, string>;
  mark: (id: string, at: string) => void;
}

/** What was seen of each conversation, in this browser. */
export const useSeen = create<SeenStore>()(
  persist(
    (set) => ({
      seen: {},
      mark: (id, at) => set(({ seen }) => ((seen[id] ?? '') >= at ? {} : { seen: { ...seen, [id]: at } })),
    }),
    { name: 'attendant.seen' },
  ),
);

/** The customer's messages that were not seen yet: those behind the newest seen one, and behind the last answer. */
export function unseenOf(messages: readonly MessageView[], seenAt: string | undefined): MessageView[] {
  const lastAnswer = messages.findLastIndex(({ direction, author }) => direction === 'out' && author.kind === 'agent');
  return messages.slice(lastAnswer + 1).filter(({ direction, at }) => direction === 'in' && at > (seenAt ?? ''));
}
