import { Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../../contracts/privileges.ts';
import {
  isSettledExport,
  RECORD_EXPORT_FORMATS,
  type RecordExportFormat,
} from '../../../../contracts/record-export.ts';
import {
  askRecordExport,
  deleteRecordExport,
  exportAddress,
  recordExportsQuery,
  type RecordExport,
} from '../../shared/data/record-exports.ts';
import type { RecordFilter } from '../../shared/data/records.ts';
import { useMe } from '../../shared/data/session.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { LoadFailed } from '../../shared/ui/load-failed.tsx';
import { FILTER_NAMES } from './record-filters.ts';
import { useFilterValue } from './use-filter-value.ts';

/** Takes what is found out as a file, of any size: begun here, followed and saved in a dialog, which lists the earlier ones too. */
export function Exports({ filter, isEmpty }: { filter: RecordFilter; isEmpty: boolean }): ReactNode {
  const { t } = useTranslation('records');
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [problem, setProblem] = useState<string>();
  const me = useMe();
  if (!mayDo(me, 'export-records')) return null;
  async function begin(format: RecordExportFormat): Promise<void> {
    setProblem(await askRecordExport(filter, format));
    await client.invalidateQueries(recordExportsQuery);
    setIsOpen(true);
  }
  return (
    <>
      <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button type="button" className="btn outline sm">
            <Icon of={IconDownload} size={14} />
            {t('exports.title')}
          </button>
        </Menu.Target>
        <Menu.Dropdown aria-label={t('exports.title')}>
          {RECORD_EXPORT_FORMATS.map((format) => (
            <Menu.Item key={format} disabled={isEmpty} onClick={() => void begin(format)}>
              {t(`exports.${format}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            onClick={() => {
              setProblem(undefined);
              setIsOpen(true);
            }}
          >
            {t('exports.own')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Dialog isOpen={isOpen} onClose={() => setIsOpen(false)} title={t('exports.dialog')} width={560}>
        <ExportList problem={problem} onProblem={setProblem} />
      </Dialog>
    </>
  );
}

function ExportList({
  problem,
  onProblem,
}: {
  /** What stands against what was asked last. */
  problem: string | undefined;
  onProblem: (problem: string | undefined) => void;
}): ReactNode {
  const { t } = useTranslation('records');
  const client = useQueryClient();
  const { data: exports, error, refetch } = useQuery(recordExportsQuery);
  async function remove(id: string): Promise<void> {
    onProblem(await deleteRecordExport(id));
    await client.invalidateQueries(recordExportsQuery);
  }
  return (
    <div className="dialog-text">
      {problem !== undefined && (
        <p className="t-danger xs" role="alert">
          {problem}
        </p>
      )}
      {error && !exports ? (
        <LoadFailed title={t('exports.failedTitle')} message={error.message} onRetry={() => void refetch()} />
      ) : exports?.length === 0 ? (
        <p className="muted">{t('exports.none')}</p>
      ) : (
        <ul className="recs-exports" aria-busy={!exports}>
          {exports?.map((each) => (
            <Line key={each.id} of={each} onRemove={() => void remove(each.id)} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Line({ of, onRemove }: { of: RecordExport; onRemove: () => void }): ReactNode {
  const { t } = useTranslation('records');
  const formats = useFormats();
  const name = t('exports.begun', { format: t(`exports.formats.${of.format}`), time: formats.moment(of.createdAt) });
  const action = isSettledExport(of.state) ? 'delete' : 'cancel';
  return (
    <li>
      <div className="recs-export">
        <span>{name}</span>
        <span className="recs-export-of xs muted">
          <bdi>{useSearchText(of.filter)}</bdi>
        </span>
        <Outcome of={of} name={name} />
      </div>
      {of.state === 'done' && (
        <a className="btn primary sm" href={exportAddress(of.id)} download aria-label={t('exports.saveOne', { name })}>
          {t('exports.save')}
        </a>
      )}
      <button
        type="button"
        className="btn outline sm"
        aria-label={t(`exports.${action}One`, { name })}
        onClick={onRemove}
      >
        {t(`exports.${action}`)}
      </button>
    </li>
  );
}

/** How far it is, or what became of it; told as it changes. */
function Outcome({ of, name }: { of: RecordExport; name: string }): ReactNode {
  const { t } = useTranslation('records');
  const formats = useFormats();
  const { state, done, total, failure = 'gave-up' } = of;
  const isOnItsWay = state === 'running' && total !== undefined;
  const [shownDone, shownTotal] = [formats.number(done), formats.number(Math.max(total ?? 0, done))];
  const texts = {
    waiting: t('exports.waiting'),
    running: isOnItsWay ? t('exports.progress', { done: shownDone, total: shownTotal }) : t('exports.waiting'),
    done: t('exports.held', { count: done, number: shownDone, time: formats.moment(of.expiresAt) }),
    failed: t(`exports.failures.${failure}`),
    cancelled: t('exports.cancelled'),
  };
  return (
    <>
      {isOnItsWay && (
        <progress value={done} max={Math.max(total, 1)} aria-label={t('exports.progressLabel', { name })} />
      )}
      <span className={`xs num ${state === 'failed' ? 't-danger' : 'muted'}`} role="status">
        {texts[state]}
      </span>
    </>
  );
}

/** What was looked for, in a line. */
function useSearchText(filter: RecordFilter): string {
  const { t } = useTranslation('records');
  const showOf = useFilterValue();
  const parts = FILTER_NAMES.flatMap((name) => {
    const value = filter[name];
    return value === undefined ? [] : [t('exports.part', { name: t(`fields.${name}`), value: showOf(name, value) })];
  });
  return parts.length > 0 ? parts.join(', ') : t('exports.everything');
}
