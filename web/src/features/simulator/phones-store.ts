import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Parties } from './simulator-api.ts';

/** A phone on the page. */
export interface Phone extends Parties {
  id: string;
  /** Messages are read as they come. */
  readsAtOnce: boolean;
}

interface PhonesStore {
  phones: Phone[];
  add: (parties: Parties) => void;
  change: (id: string, changes: Partial<Phone>) => void;
  remove: (id: string) => void;
}

/** The phones side by side, kept in this browser. */
export const usePhones = create<PhonesStore>()(
  persist(
    (set) => ({
      phones: [],
      add: (parties) =>
        set(({ phones }) => ({ phones: [...phones, { ...parties, id: crypto.randomUUID(), readsAtOnce: true }] })),
      change: (id, changes) =>
        set(({ phones }) => ({ phones: phones.map((phone) => (phone.id === id ? { ...phone, ...changes } : phone)) })),
      remove: (id) => set(({ phones }) => ({ phones: phones.filter((phone) => phone.id !== id) })),
    }),
    { name: 'attendant.simulator.phones' },
  ),
);
