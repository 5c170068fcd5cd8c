import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { Values } from './values.ts';

/** What somebody has begun to write and not applied. */
export interface FormDraft {
  /** The item as it was when they began; null for a new one. */
  base: Values | null;
  /** Its version then. */
  version: string | null;
  values: Values;
}

interface DraftStore {
  drafts: Readonly<Record<string, FormDraft>>;
  keep: (key: string, draft: FormDraft) => void;
  discard: (key: string) => void;
}

/** Fields that are not written into the browser's storage: they live as long as the page. */
const SECRETS = ['pageToken', 'appSecret', 'verifyToken', 'password', 'value'];

function withoutSecrets({ values, ...draft }: FormDraft): FormDraft {
  return { ...draft, values: Object.fromEntries(Object.entries(values).filter(([key]) => !SECRETS.includes(key))) };
}

/** Unapplied changes of this tab: a log-in that ends, a reload or a crash loses none of them, only secrets after a reload. */
export const useFormDrafts = create<DraftStore>()(
  persist(
    (set) => ({
      drafts: {},
      keep: (key, draft) => set(({ drafts }) => ({ drafts: { ...drafts, [key]: draft } })),
      discard: (key) => set(({ drafts: { [key]: _gone, ...drafts } }) => ({ drafts })),
    }),
    {
      name: 'attendant.admin-drafts',
      storage: createJSONStorage(() => sessionStorage),
      partialize: ({ drafts }) => ({
        drafts: Object.fromEntries(Object.entries(drafts).map(([key, draft]) => [key, withoutSecrets(draft)])),
      }),
    },
  ),
);

/** One draft for each person, kind and item. */
export const draftKey = (username: string, kind: string, name: string | undefined): string =>
  [username, kind, name ?? ''].join('\n');
