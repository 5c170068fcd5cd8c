import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { keptForOwner, readsAnew } from '../../shared/data/own-storage.ts';

/** Columns of the list, in their order. The customer is always there. */
export const COLUMNS = [
  'startedAt',
  'service',
  'agents',
  'outcome',
  'dispositions',
  'wait',
  'length',
  'messages',
  'evaluation',
  'survey',
  'labels',
  'account',
  'entry',
  'scenario',
] as const;
export type Column = (typeof COLUMNS)[number];

const SHOWN: readonly Column[] = ['startedAt', 'service', 'agents', 'outcome', 'dispositions', 'wait', 'length'];

interface ColumnStore {
  shown: readonly Column[];
  toggle: (column: Column) => void;
}

/** Which columns somebody has chosen, in this browser. */
export const useColumns = create<ColumnStore>()(
  persist(
    (set) => ({
      shown: SHOWN,
      toggle: (column) =>
        set(({ shown }) => ({
          shown: COLUMNS.filter((each) => (each === column ? !shown.includes(each) : shown.includes(each))),
        })),
    }),
    keptForOwner<ColumnStore>('attendant.record-columns', { shown: SHOWN }),
  ),
);
readsAnew(useColumns);
