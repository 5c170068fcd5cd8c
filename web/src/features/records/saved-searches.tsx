import { Menu } from '@mantine/core';
import { IconBookmark, IconTrash, IconUsers } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteSearch, saveSearch, savedSearchesQuery, type SavedSearch } from '../../shared/data/saved-searches.ts';
import type { RecordFilter } from '../../shared/data/records.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { OneLineForm } from './one-line-form.tsx';
import { beginOf, periodOf } from './record-filters.ts';

interface Props {
  filter: RecordFilter;
  onFilter: (filter: RecordFilter) => void;
}

/** Searches under a name: one's own and shared ones to choose from, the present one to keep. */
export function SavedSearches({ filter, onFilter }: Props): ReactNode {
  const { t } = useTranslation('records');
  const { data = [] } = useQuery(savedSearchesQuery);
  const [dialog, setDialog] = useState<'save' | 'delete'>();
  const own = data.filter(({ isOwn }) => isOwn);
  return (
    <>
      <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button type="button" className="btn outline recs-columns">
            <Icon of={IconBookmark} />
            {t('saved.title')}
          </button>
        </Menu.Target>
        <Menu.Dropdown aria-label={t('saved.title')} className="recs-saved">
          {data.length === 0 && <Menu.Label>{t('saved.none')}</Menu.Label>}
          {data.map((search) => (
            <Menu.Item key={`${search.owner.username} ${search.name}`} onClick={() => onFilter(filterOf(search))}>
              <span className="clip">{search.name}</span>
              {search.isShared && (
                <span className="xs muted clip">
                  <Icon of={IconUsers} size={12} /> {search.isOwn ? t('saved.shared') : search.owner.name}
                </span>
              )}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<Icon of={IconBookmark} size={14} />} onClick={() => setDialog('save')}>
            {t('saved.save')}
          </Menu.Item>
          {own.length > 0 && (
            <Menu.Item leftSection={<Icon of={IconTrash} size={14} />} onClick={() => setDialog('delete')}>
              {t('saved.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Dialog isOpen={dialog === 'save'} onClose={() => setDialog(undefined)} title={t('saved.save')} width={420}>
        <SaveForm filter={filter} own={own} onDone={() => setDialog(undefined)} />
      </Dialog>
      <Dialog isOpen={dialog === 'delete'} onClose={() => setDialog(undefined)} title={t('saved.delete')} width={420}>
        <DeleteList own={own} onLast={() => setDialog(undefined)} />
      </Dialog>
    </>
  );
}

/** A period begins anew each day. */
function filterOf({ filter, period }: SavedSearch): RecordFilter {
  const from = period && beginOf(period, Date.now());
  return from === undefined ? filter : { ...filter, from };
}

function SaveForm({
  filter,
  own,
  onDone,
}: {
  filter: RecordFilter;
  own: readonly SavedSearch[];
  onDone: () => void;
}): ReactNode {
  const { t } = useTranslation('records');
  const client = useQueryClient();
  async function save(name: string, isShared: boolean): Promise<string | undefined> {
    const period = periodOf(filter, Date.now());
    const { from: _from, to: _to, ...others } = filter;
    const kept = period === undefined ? { filter } : { filter: others, period };
    const refused = await saveSearch(name, { ...kept, isShared });
    if (refused !== undefined) return refused;
    await client.invalidateQueries(savedSearchesQuery);
    onDone();
    return undefined;
  }
  return (
    <OneLineForm
      label={t('saved.name')}
      hintFor={(name) => (own.some((search) => search.name === name) ? t('saved.replaces') : undefined)}
      maxLength={100}
      tick={t('saved.share')}
      submit={t('saved.keep')}
      onSubmit={save}
    />
  );
}

function DeleteList({ own, onLast }: { own: readonly SavedSearch[]; onLast: () => void }): ReactNode {
  const { t } = useTranslation('records');
  const client = useQueryClient();
  const [problem, setProblem] = useState<string>();
  async function remove(name: string): Promise<void> {
    const refused = await deleteSearch(name);
    setProblem(refused);
    await client.invalidateQueries(savedSearchesQuery);
    if (refused === undefined && own.length === 1) onLast();
  }
  return (
    <div className="dialog-text">
      {problem !== undefined && (
        <p className="t-danger xs" role="alert">
          {problem}
        </p>
      )}
      <ul className="recs-own">
        {own.map(({ name }) => (
          <li key={name}>
            <span className="clip">{name}</span>
            <button
              type="button"
              className="btn outline sm"
              aria-label={t('saved.deleteOne', { name })}
              onClick={() => void remove(name)}
            >
              {t('saved.deleteDo')}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
