import { IconDownload, IconPlus, IconX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { tell } from '../../../shared/data/toasts.ts';
import { Icon } from '../../../shared/ui/icon.tsx';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import { SearchField } from '../../../shared/ui/search-field.tsx';
import { itemsQuery, showAnew, type Item } from '../data/items.ts';
import { DeleteDialog } from '../form/delete-dialog.tsx';
import { useWords } from '../form/words.ts';
import type { ItemSection } from '../model/section.ts';
import { CsvButtons } from './csv-buttons.tsx';
import { downloadItems } from './download.ts';
import { ItemTable } from './item-table.tsx';
import { ListNotice } from './list-notice.tsx';

/** The items of a section: found, sorted, chosen, exported, deleted. */
export function ListPage({ section }: { section: ItemSection }): ReactNode {
  const { word } = useWords();
  const { data: items, error, refetch } = useQuery(itemsQuery);
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const all = items?.filter(({ kind }) => kind === section.kind) ?? [];
  const context = { items: items ?? [] };
  const found = all.filter((item) =>
    section.columns.some((column) => column.text(item, context).toLowerCase().includes(words.trim().toLowerCase())),
  );
  const search = useSlashKey();
  const Foot = section.extras?.foot;
  return (
    <main className="admin-main" id="main" data-region>
      <header className="admin-head">
        <h1 className="clip">{word(`sections.${section.path}.title`)}</h1>
        <span className="muted num">{items ? all.length : ''}</span>
        <span className="end row">
          {section.path === 'users' && <CsvButtons users={all} />}
          <button
            type="button"
            className="btn quiet hide-phone"
            aria-disabled={all.length === 0}
            onClick={() => all.length > 0 && void downloadItems(all, section.path)}
          >
            <Icon of={IconDownload} />
            {word('list.export')}
          </button>
          {!section.isPart && <NewLink section={section} />}
        </span>
      </header>
      {all.length > 0 && (
        <div className="admin-tools" ref={search}>
          <SearchField look="sm list-search" label={word('list.search')} words={words} onChange={setWords} />
          {words !== '' && (
            <button type="button" className="btn sm quiet" onClick={() => setWords('')}>
              {word('list.clear')}
            </button>
          )}
          <span className="end xs muted num" role="status">
            {words === '' ? '' : word('list.found', { found: found.length, count: all.length })}
          </span>
        </div>
      )}
      {error && (
        <div className="banner danger" role="alert">
          <span className="grow">{word('list.failed')}</span>
          <button type="button" className="btn sm outline" onClick={() => void refetch()}>
            {word('list.retry')}
          </button>
        </div>
      )}
      <ListNotice section={section} items={items ?? []} />
      <div className="admin-scroll scroll">
        <Contents
          section={section}
          found={found}
          isLoading={items === undefined && !error}
          isEmpty={all.length === 0}
          words={words}
          onClear={() => setWords('')}
          context={context}
          chosen={chosen}
          setChosen={setChosen}
        />
        {Foot && <Foot />}
      </div>
      <SelectionBar
        section={section}
        items={all.filter(({ name }) => chosen.has(name))}
        clear={() => setChosen(new Set())}
      />
    </main>
  );
}

/** `/` leads to the search, unless one is writing. */
function useSlashKey() {
  const tools = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isWriting = event.target instanceof HTMLElement && event.target.closest('input, textarea, select') !== null;
      if (event.key !== '/' || isWriting || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      tools.current?.querySelector('input')?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return tools;
}

function NewLink({ section }: { section: ItemSection }): ReactNode {
  const { word } = useWords();
  return (
    <Link to="/admin/$section/new" params={{ section: section.path }} className="btn primary">
      <Icon of={IconPlus} />
      {word(`sections.${section.path}.new`)}
    </Link>
  );
}

function Contents({
  section,
  found,
  isLoading,
  isEmpty,
  words,
  onClear,
  ...table
}: {
  section: ItemSection;
  found: Item[];
  isLoading: boolean;
  isEmpty: boolean;
  words: string;
  onClear: () => void;
} & Omit<Parameters<typeof ItemTable>[0], 'section' | 'items'>): ReactNode {
  const { word } = useWords();
  if (isLoading) return <TableSkeleton />;
  if (isEmpty)
    return (
      <div className="admin-empty">
        <EmptyState
          icon={section.icon}
          title={word(`sections.${section.path}.emptyTitle`)}
          action={
            section.isPart && section.kind !== 'group' ? undefined : (
              <Link to="/admin/$section/new" params={{ section: section.path }} className="btn primary">
                {word(`sections.${section.path}.new`)}
              </Link>
            )
          }
        >
          {word(`sections.${section.path}.emptyText`)}
        </EmptyState>
      </div>
    );
  if (found.length === 0)
    return (
      <div className="admin-empty">
        <EmptyState
          icon={section.icon}
          title={word('list.nothing', { words })}
          action={
            <button type="button" className="btn outline" onClick={onClear}>
              {word('list.clearLong')}
            </button>
          }
        />
      </div>
    );
  return <ItemTable section={section} items={found} {...table} />;
}

function TableSkeleton(): ReactNode {
  return (
    <div className="table-skeleton" aria-busy="true">
      {['w80', 'w60', 'w80', 'w46'].map((width, index) => (
        <span key={`${width}-${String(index)}`} className={`skel ${width}`} />
      ))}
    </div>
  );
}

function SelectionBar({
  section,
  items,
  clear,
}: {
  section: ItemSection;
  items: Item[];
  clear: () => void;
}): ReactNode {
  const { word } = useWords();
  const queryClient = useQueryClient();
  const [isDeleting, setIsDeleting] = useState(false);
  if (items.length === 0) return null;
  return (
    <div className="selection-bar" role="region" aria-label={word('list.selection')}>
      <span className="med num">{word('list.selected', { count: items.length })}</span>
      <button type="button" className="btn sm outline" onClick={() => void downloadItems(items, section.path)}>
        {word('list.export')}
      </button>
      <button type="button" className="btn sm danger-outline" onClick={() => setIsDeleting(true)}>
        {word('form.delete')}
      </button>
      <IconButton icon={IconX} label={word('list.unselect')} onClick={clear} />
      <DeleteDialog
        items={isDeleting ? items : []}
        onClose={() => setIsDeleting(false)}
        onDeleted={async () => {
          setIsDeleting(false);
          clear();
          await showAnew(queryClient);
          tell({ kind: 'success', title: word('list.deletedSome', { count: items.length }) });
        }}
      />
    </div>
  );
}
