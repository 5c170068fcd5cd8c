import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { readSearch } from '../features/reports/report-search.ts';
import { ReportsPage } from '../features/reports/reports-page.tsx';

/** Reports, with what is asked in the address. */
export function ReportsRoute(): ReactNode {
  const navigate = useNavigate();
  const { name } = useParams({ strict: false });
  const search = readSearch(useSearch({ strict: false }));
  return (
    <ReportsPage
      name={name}
      search={search}
      onGo={(address) =>
        void navigate({ to: '/reports/$name', params: { name: address.name }, search: address.search })
      }
    />
  );
}
