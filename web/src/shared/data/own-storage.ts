import { createJSONStorage, type PersistOptions } from 'zustand/middleware';

/** Whose things are read and written; nobody's before somebody is known. */
let owner = '';
const stores: { persist: { rehydrate: () => Promise<void> | void } }[] = [];

/** Keeps what a person has begun in this browser apart from what others have, who log in here too. */
export function keptForOwner<State extends object>(name: string, empty: Partial<State>): PersistOptions<State> {
  return {
    name,
    storage: createJSONStorage(() => ({
      getItem: (key) => (owner === '' ? null : localStorage.getItem(`${key}.${owner}`)),
      setItem: (key, value) => owner !== '' && localStorage.setItem(`${key}.${owner}`, value),
      removeItem: (key) => localStorage.removeItem(`${key}.${owner}`),
    }))!,
    // Of who has nothing yet nothing is left of whoever was here before.
    merge: (stored, current) => ({ ...current, ...empty, ...(stored as Partial<State> | undefined) }),
  };
}

/** The store is read anew when somebody else is here. */
export function readsAnew(store: (typeof stores)[number]): void {
  stores.push(store);
}

/** From now on it is this person who is here. */
export function keepFor(username: string): void {
  if (owner === username) return;
  owner = username;
  for (const { persist } of stores) void persist.rehydrate();
}
