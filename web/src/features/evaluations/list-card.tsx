import { IconClipboardCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../shared/ui/empty-state.tsx';

/** A list that comes a page at a time. */
interface PagedQuery {
  isPending: boolean;
  isFetching: boolean;
  hasNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
}

/** The card around a list of evaluations or assignments: what stands there before it is known, where there is none, and what brings more. */
export function ListCard<Item>({
  query,
  items,
  empty,
  line,
}: {
  query: PagedQuery;
  items: readonly Item[];
  empty: { title: string; text: string };
  line: (item: Item) => ReactNode;
}): ReactNode {
  const { t } = useTranslation('evaluations');
  return (
    <section className="card evals-card" aria-busy={query.isFetching}>
      {query.isPending ? (
        <div className="skel evals-skeleton" />
      ) : items.length === 0 ? (
        <EmptyState icon={IconClipboardCheck} title={empty.title}>
          {empty.text}
        </EmptyState>
      ) : (
        <ul className="eval-list">{items.map(line)}</ul>
      )}
      {query.hasNextPage && (
        <button type="button" className="btn outline" onClick={() => void query.fetchNextPage()}>
          {t('loadMore')}
        </button>
      )}
    </section>
  );
}
