import './builder.css';
import { IconPencil, IconPlus, IconSitemap } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { SearchField } from '../../shared/ui/search-field.tsx';
import { draftsQuery, entriesQuery, scenariosQuery } from './model/scenario-data.ts';
import { NewScenarioDialog } from './new-scenario-dialog.tsx';
import { addBuilderTexts } from './texts.ts';

addBuilderTexts();

interface ScenarioRow {
  name: string;
  publishedAt: string | undefined;
  author: string | undefined;
  note: string | undefined;
  /** The part of the new conversations that another version has, in per cent. */
  canary: number | undefined;
  draftAt: string | undefined;
  entries: string[];
}

/** Every scenario: what is in force, what is being written, and which entries use it. */
export function ScenariosPage(): ReactNode {
  const { t } = useTranslation('builder');
  const rows = useRows();
  const [words, setWords] = useState('');
  const [isMaking, setIsMaking] = useState(false);
  const navigate = useNavigate();
  const found = rows?.filter(({ name }) => name.includes(words.trim().toLowerCase()));
  const isEmpty = rows?.length === 0;
  return (
    <main className="scenarios" id="main" data-region>
      <header className="scenarios-head">
        <h1>{t('scenarios')}</h1>
        <span className="end" />
        {!isEmpty && <SearchField label={t('findScenario')} words={words} onChange={setWords} look="sm" />}
        <button type="button" className="btn primary" onClick={() => setIsMaking(true)}>
          <Icon of={IconPlus} />
          {t('newScenario')}
        </button>
      </header>
      <div className="scenarios-body scroll">
        {isEmpty ? (
          <EmptyState icon={IconSitemap} title={t('noScenarios')}>
            {t('noScenariosMore')}
          </EmptyState>
        ) : (
          found && <ScenarioTable rows={found} />
        )}
        {found?.length === 0 && !isEmpty && <p className="muted none-found">{t('noScenarioFound', { words })}</p>}
      </div>
      <NewScenarioDialog
        isOpen={isMaking}
        onClose={() => setIsMaking(false)}
        onMade={(id) => void navigate({ to: '/admin/scenarios/$id', params: { id } })}
      />
    </main>
  );
}

function useRows(): ScenarioRow[] | undefined {
  const { data: published } = useQuery(scenariosQuery);
  const { data: drafts } = useQuery(draftsQuery);
  const { data: entries } = useQuery(entriesQuery);
  if (!published || !drafts) return undefined;
  const names = [...new Set([...published, ...drafts].map(({ name }) => name))].toSorted();
  return names.map((name) => {
    const head = published.find((each) => each.name === name);
    const draft = drafts.find((each) => each.name === name);
    return {
      name,
      publishedAt: head?.publishedAt,
      author: head?.author ?? draft?.author,
      note: head?.note ?? undefined,
      canary: head?.canary?.percent,
      draftAt: draft?.savedAt,
      entries: (entries ?? []).filter(({ scenario }) => scenario.split('@')[0] === name).map((entry) => entry.name),
    };
  });
}

function ScenarioTable({ rows }: { rows: readonly ScenarioRow[] }): ReactNode {
  const { t } = useTranslation('builder');
  const formats = useFormats();
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('column.name')}</th>
          <th scope="col">{t('column.state')}</th>
          <th scope="col">{t('column.published')}</th>
          <th scope="col">{t('column.author')}</th>
          <th scope="col">{t('column.entries')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <td>
              <Link to="/admin/scenarios/$id" params={{ id: row.name }} className="med">
                {row.name}
              </Link>
            </td>
            <td>
              <span className="row row-1">
                {row.publishedAt !== undefined && <span className="chip success">{t('inForce')}</span>}
                {row.canary !== undefined && (
                  <span className="chip accent">{t('canary.chip', { percent: row.canary })}</span>
                )}
                {row.draftAt !== undefined && (
                  <span className="chip warn" title={formats.moment(row.draftAt)}>
                    <Icon of={IconPencil} size={12} />
                    {t('draft')}
                  </span>
                )}
              </span>
            </td>
            <td className="num">{row.publishedAt === undefined ? '–' : formats.moment(row.publishedAt)}</td>
            <td>
              {row.author}
              {row.note !== undefined && <span className="muted xs block-line">{row.note}</span>}
            </td>
            <td>{row.entries.length === 0 ? <span className="muted">{t('unused')}</span> : row.entries.join(', ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
