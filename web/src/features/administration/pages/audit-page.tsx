import { IconChevronDown } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { AUDIT_ACTIONS, type AuditAction } from '../../../../../contracts/audit.ts';
import type { AuditEntryView } from '../../../../../contracts/audit-schema.ts';
import { call, unwrap } from '../../../shared/client/client.ts';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { Icon } from '../../../shared/ui/icon.tsx';
import { DifferenceTable } from '../form/difference-table.tsx';
import { useWords } from '../form/words.ts';
import { differencesOf } from '../model/values.ts';
import { PageHead } from './page-head.tsx';

interface Filters {
  action?: AuditAction | undefined;
  by?: string | undefined;
  name?: string | undefined;
  /** A day; from its beginning on. */
  from?: string | undefined;
}

/** The first page. */
const NO_CURSOR: { cursor?: string } = {};

/** Who did what when, with what it was before and after. */
export function AuditPage(): ReactNode {
  const { word } = useWords();
  const [filters, setFilters] = useState<Filters>({});
  const { data, error, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    queryKey: ['audit', filters],
    queryFn: async ({ pageParam }) =>
      unwrap(await call('GET /api/v1/audit', { query: { ...queryOf(filters), ...pageParam } })),
    initialPageParam: NO_CURSOR,
    getNextPageParam: ({ next }) => (next === null ? undefined : { cursor: next }),
  });
  const entries = data?.pages.flatMap(({ items }) => items);
  return (
    <main className="admin-main" id="main" data-region>
      <PageHead title={word('sections.audit.title')} />
      <AuditFilters filters={filters} onChange={(changed) => setFilters({ ...filters, ...changed })} />
      <div className="admin-scroll scroll">
        {error && (
          <div className="banner danger" role="alert">
            {error.message}
          </div>
        )}
        {entries?.length === 0 && <p className="admin-empty muted">{word('audit.nothing')}</p>}
        <ul className="entries-list">
          {entries?.map((entry) => (
            <AuditRow key={entry.id} entry={entry} />
          ))}
        </ul>
        {hasNextPage && (
          <button
            type="button"
            className="btn outline more-rows"
            aria-disabled={isFetching}
            onClick={() => void fetchNextPage()}
          >
            {word('audit.more')}
          </button>
        )}
      </div>
    </main>
  );
}

function queryOf({ from, ...filters }: Filters) {
  return { ...filters, ...(from !== undefined && { from: new Date(`${from}T00:00`).toISOString() }) };
}

const orNone = (text: string): string | undefined => (text === '' ? undefined : text);

function AuditFilters({ filters, onChange }: { filters: Filters; onChange: (changed: Filters) => void }): ReactNode {
  const { word } = useWords();
  return (
    <div className="admin-tools">
      <span className="input sm select">
        <select
          aria-label={word('audit.action')}
          value={filters.action ?? ''}
          onChange={(event) => onChange({ action: orNone(event.target.value) as AuditAction | undefined })}
        >
          <option value="">{word('audit.everything')}</option>
          {AUDIT_ACTIONS.map((action) => (
            <option key={action} value={action}>
              {word(`audit.actions.${action.replaceAll('.', '-')}`)}
            </option>
          ))}
        </select>
        <Icon of={IconChevronDown} />
      </span>
      {(['by', 'name'] as const).map((field) => (
        <span key={field} className="input sm">
          <input
            type="search"
            aria-label={word(`audit.${field}`)}
            placeholder={word(`audit.${field}`)}
            value={filters[field] ?? ''}
            onChange={(event) => onChange({ [field]: orNone(event.target.value) })}
          />
        </span>
      ))}
      <span className="input sm">
        <input
          type="date"
          aria-label={word('audit.from')}
          value={filters.from ?? ''}
          onChange={(event) => onChange({ from: orNone(event.target.value) })}
        />
      </span>
    </div>
  );
}

function AuditRow({ entry }: { entry: AuditEntryView }): ReactNode {
  const { word } = useWords();
  const formats = useFormats();
  const { at, action, by, address, subject, before, after } = entry;
  const { kind = '', name = '', account, ...others } = subject;
  const about = [kind, name, account, ...Object.values(others)].filter(Boolean).join(' · ');
  return (
    <li>
      <details>
        <summary>
          <span className="num muted">{formats.moment(at)}</span>
          <span className="med clip">{by}</span>
          <span className="clip">{word(`audit.actions.${action.replaceAll('.', '-')}`)}</span>
          <span className="muted clip">{about}</span>
        </summary>
        <div className="entry-more">
          <p className="xs muted">
            {about}
            {address !== null && ` · ${address}`}
          </p>
          {(before ?? after) && (
            <DifferenceTable
              kind={kind}
              differences={differencesOf(before ?? {}, after ?? {})}
              before={word('audit.before')}
              after={word('audit.after')}
            />
          )}
        </div>
      </details>
    </li>
  );
}
