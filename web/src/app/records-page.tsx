import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { readFilters } from '../features/records/record-filters.ts';
import { RecordsList } from '../features/records/records-list.tsx';

/** The search for conversations; its filters are the address. */
export function RecordsPage(): ReactNode {
  const navigate = useNavigate();
  const filter = readFilters(useSearch({ strict: false }));
  return (
    <RecordsList
      filter={filter}
      onFilter={(changed) => void navigate({ to: '/records', search: { ...changed }, replace: true })}
      onOpen={(id) => void navigate({ to: '/records/$id', params: { id }, search: { ...filter } })}
    />
  );
}
