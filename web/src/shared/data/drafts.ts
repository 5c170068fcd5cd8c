import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { CannedUse } from '../../../../contracts/canned-response-schema.ts';
import { keptForOwner, readsAnew } from './own-storage.ts';

export type WritingMode = 'reply' | 'note' | 'inner';

/** What is being written in a conversation, and in which way. */
export interface Draft {
  mode: WritingMode;
  reply: string;
  note: string;
  inner: string;
  /** The canned response that the reply was begun with. */
  canned?: CannedUse | undefined;
  /** Id of the suggestion that the reply was begun with. */
  suggestion?: string | undefined;
}

const EMPTY: Draft = { mode: 'reply', reply: '', note: '', inner: '' };

interface DraftStore {
  drafts: Record<string, Draft>;
  write: (id: string, changes: Partial<Draft>) => void;
  discard: (id: string) => void;
}

/** Drafts, kept for each conversation and person in this browser. */
export const useDrafts = create<DraftStore>()(
  persist(
    (set) => ({
      drafts: {},
      write: (id, changes) =>
        set(({ drafts }) => ({ drafts: { ...drafts, [id]: { ...EMPTY, ...drafts[id], ...changes } } })),
      discard: (id) => set(({ drafts: { [id]: _gone, ...drafts } }) => ({ drafts })),
    }),
    keptForOwner<DraftStore>('attendant.drafts', { drafts: {} }),
  ),
);
readsAnew(useDrafts);

export const useDraft = (id: string): Draft => useDrafts(({ drafts }) => drafts[id]) ?? EMPTY;
