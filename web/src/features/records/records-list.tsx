import './records.css';
import { IconFileSearch, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { recordsQuery, type RecordFilter } from '../../shared/data/records.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { useLater } from '../../shared/lib/use-later.ts';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { LoadFailed } from '../../shared/ui/load-failed.tsx';
import { SupervisorTabs } from '../../shared/ui/supervisor-tabs.tsx';
import { SearchField } from '../../shared/ui/search-field.tsx';
import { ColumnMenu } from './column-menu.tsx';
import { Exports } from './exports.tsx';
import { FilterBar } from './filter-bar.tsx';
import { RecordTable } from './record-table.tsx';
import { SavedSearches } from './saved-searches.tsx';

/** Conversations by what was said in them and what became of them. */
export function RecordsList({
  filter,
  onFilter,
  onOpen,
}: {
  filter: RecordFilter;
  onFilter: (filter: RecordFilter) => void;
  onOpen: (id: string) => void;
}): ReactNode {
  const { t } = useTranslation('records');
  const query = useInfiniteQuery(recordsQuery(filter));
  const records = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const total = query.data?.pages[0]?.total;
  return (
    <main className="recs" id="main" data-region aria-label={t('title')} aria-busy={query.isFetching}>
      <header className="sbar">
        <h1 className="visually-hidden">{t('title')}</h1>
        <SupervisorTabs />
        <Words filter={filter} onFilter={onFilter} />
        <SavedSearches filter={filter} onFilter={onFilter} />
        <ColumnMenu />
      </header>
      <FilterBar filter={filter} onFilter={onFilter} />
      <section className="card recs-card">
        <div className="recs-card-head">
          <p className="recs-count num" role="status">
            {total && <Count {...total} />}
          </p>
          <Exports filter={filter} isEmpty={total?.count === 0} />
        </div>
        {query.error ? (
          <LoadFailed title={t('failedTitle')} message={query.error.message} onRetry={() => void query.refetch()} />
        ) : query.isPending ? (
          <div className="skel recs-skeleton" />
        ) : records.length === 0 ? (
          <Nothing isFiltered={Object.keys(filter).length > 0} onClear={() => onFilter({})} />
        ) : (
          <RecordTable
            records={records}
            words={filter.words}
            isStale={query.isPlaceholderData}
            onOpen={onOpen}
            foot={
              query.hasNextPage && (
                <button
                  type="button"
                  className="btn outline"
                  aria-disabled={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  {t('loadMore')}
                </button>
              )
            }
          />
        )}
      </section>
    </main>
  );
}

function Count({ count, isMore }: { count: number; isMore: boolean }): ReactNode {
  const { t } = useTranslation('records');
  const formats = useFormats();
  if (isMore) return t('more', { count: formats.number(count) as unknown as number });
  return t('count', { count });
}

/** Words are looked for as they are typed; `/` leads here. */
function Words({ filter, onFilter }: { filter: RecordFilter; onFilter: (filter: RecordFilter) => void }): ReactNode {
  const { t } = useTranslation('records');
  const place = useRef<HTMLDivElement>(null);
  const [words, setWords] = useState(filter.words ?? '');
  const asked = useLater(words.trim());
  const latest = useRef({ filter, onFilter });
  latest.current = { filter, onFilter };
  useEffect(() => setWords((typed) => (filter.words === typed.trim() ? typed : (filter.words ?? ''))), [filter.words]);
  useEffect(() => {
    const { words: before = '', ...others } = latest.current.filter;
    if (asked !== before) latest.current.onFilter(asked === '' ? others : { ...others, words: asked });
  }, [asked]);
  useEffect(() => {
    const focus = (event: KeyboardEvent): void => {
      const isWriting = (event.target as HTMLElement).matches('input, textarea, select');
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isWriting) return;
      event.preventDefault();
      place.current?.querySelector('input')?.focus();
    };
    document.addEventListener('keydown', focus);
    return () => document.removeEventListener('keydown', focus);
  }, []);
  return (
    <div className="recs-words" ref={place}>
      <SearchField label={t('words')} words={words} onChange={setWords} />
    </div>
  );
}

function Nothing({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }): ReactNode {
  const { t } = useTranslation('records');
  if (!isFiltered) {
    return (
      <EmptyState icon={IconFileSearch} title={t('emptyTitle')}>
        {t('emptyText')}
      </EmptyState>
    );
  }
  const clear = (
    <button type="button" className="btn outline" onClick={onClear}>
      {t('clear')}
    </button>
  );
  return (
    <EmptyState icon={IconSearchOff} title={t('noneTitle')} action={clear}>
      {t('noneText')}
    </EmptyState>
  );
}
