import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { keptForOwner, readsAnew } from '../../shared/data/own-storage.ts';

/** What was filled in of the paper work, and is not saved yet. */
export interface WrapUpDraft {
  disposition?: string;
  note?: string;
  /** A day, as `2026-12-01`; empty: none. */
  followUp?: string;
}

interface WrapUpStore {
  drafts: Record<string, WrapUpDraft>;
}

const useStore = create<WrapUpStore>()(
  persist((): WrapUpStore => ({ drafts: {} }), keptForOwner<WrapUpStore>('attendant.wrap-up', { drafts: {} })),
);
readsAnew(useStore);

const EMPTY: WrapUpDraft = {};

/** The paper work of a chat as far as it was filled in, kept for them in this browser. */
export function useWrapUpDraft(id: string): {
  draft: WrapUpDraft;
  change: (changes: Partial<WrapUpDraft>) => void;
  clear: () => void;
} {
  const draft = useStore(({ drafts }) => drafts[id]) ?? EMPTY;
  return {
    draft,
    change: (changes) =>
      useStore.setState(({ drafts }) => ({ drafts: { ...drafts, [id]: { ...drafts[id], ...changes } } })),
    clear: () => useStore.setState(({ drafts: { [id]: _gone, ...drafts } }) => ({ drafts })),
  };
}
