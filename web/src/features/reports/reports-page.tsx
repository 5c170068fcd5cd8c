import './reports.css';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportName } from '../../../../contracts/report.ts';
import { machineTimeZone, useSettings } from '../../shared/data/settings.ts';
import { formatsOf } from '../../shared/lib/format.ts';
import { LoadFailed } from '../../shared/ui/load-failed.tsx';
import { SupervisorTabs } from '../../shared/ui/supervisor-tabs.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { BehindDrawer } from './behind-drawer.tsx';
import { HowCounted } from './how-counted.tsx';
import {
  csvAddress,
  reportQuery,
  reportsQuery,
  type Asked,
  type Definition,
  type Picked,
  type Reports,
} from './report-data.ts';
import { ReportFilters } from './report-filters.tsx';
import { ReportList } from './report-list.tsx';
import { lastDays, readName, type ReportSearch } from './report-search.ts';
import { ReportView } from './report-view.tsx';
import { addReportTexts } from './texts.ts';
import { useWordsOfReports } from './use-words-of-reports.ts';

addReportTexts();

/** Days that are shown where the address names none. */
const USUAL_DAYS = 7;

interface Address {
  name: ReportName;
  search: ReportSearch;
}

/** Figures over the history: which report, of what, and when stands in the address. */
export function ReportsPage({
  name: named,
  search,
  onGo,
}: {
  name: string | undefined;
  search: ReportSearch;
  onGo: (address: Address) => void;
}): ReactNode {
  const { t } = useTranslation('reports');
  const name = readName(named);
  const asked = useAsked(search);
  const { data: reports, error, refetch } = useQuery(reportsQuery);
  const definition = reports?.items.find((each) => each.name === name);
  return (
    <main className="reports" id="main" data-region aria-label={t('title')} aria-busy={!definition}>
      <header className="reports-head">
        <h1 className="visually-hidden">{t('title')}</h1>
        <SupervisorTabs />
        <span className="end row">
          <a className="btn outline" href={csvAddress(name, asked)} download={`${name}.csv`}>
            <Icon of={IconDownload} />
            {t('csv')}
          </a>
          <button type="button" className="btn outline hide-phone" onClick={() => window.print()}>
            <Icon of={IconPrinter} />
            {t('print')}
          </button>
        </span>
      </header>
      <ReportList current={name} search={search} onChoose={(chosen) => onGo({ name: chosen, search })} />
      <div className="reports-body scroll" tabIndex={0} role="group" aria-label={t(`names.${name}`)}>
        {definition && reports ? (
          <Shown
            key={name}
            reports={reports}
            definition={definition}
            asked={asked}
            onChange={(changed) => onGo({ name, search: { ...search, ...changed } })}
          />
        ) : (
          error && <LoadFailed title={t('failedTitle')} message={error.message} onRetry={() => void refetch()} />
        )}
      </div>
    </main>
  );
}

/** What is asked, where the address leaves something out: the last week by days, by the reader's own clock. */
function useAsked({ from, to, zone, bucket = 'day', ...filters }: ReportSearch): Asked {
  const { timeZone } = useSettings();
  const clock = zone ?? (timeZone === 'auto' ? machineTimeZone() : timeZone);
  const usual = lastDays(formatsOf('en-GB', clock).dayKey(Date.now()), USUAL_DAYS);
  return { from: from ?? usual.from, to: to ?? usual.to, zone: clock, bucket, ...filters };
}

function Shown({
  reports,
  definition,
  asked,
  onChange,
}: {
  reports: Reports;
  definition: Definition;
  asked: Asked;
  onChange: (changed: ReportSearch) => void;
}): ReactNode {
  const { t } = useTranslation('reports');
  const words = useWordsOfReports(asked, reports.choices);
  const { name } = definition;
  const {
    data: report,
    error,
    refetch,
    isPlaceholderData,
  } = useQuery({ ...reportQuery(name, asked), placeholderData: keepPreviousData });
  const [picked, setPicked] = useState<Picked>();
  return (
    <>
      <div className="report-title">
        <h2>{t(`names.${name}`)}</h2>
        <p className="muted">{t(`abouts.${name}`)}</p>
      </div>
      <ReportFilters asked={asked} choices={reports.choices} onChange={onChange} />
      {error ? (
        <LoadFailed title={t('failedTitle')} message={error.message} onRetry={() => void refetch()} />
      ) : report ? (
        <div className={isPlaceholderData ? 'report-stale' : ''} aria-busy={isPlaceholderData}>
          <ReportView definition={definition} report={report} words={words} onPick={setPicked} />
          <p className="xs muted report-foot">
            {t('zone', { zone: report.zone })} · {t('readAt', { time: words.clock(report.at) })} ·{' '}
            {t('version', { version: report.version })}
          </p>
        </div>
      ) : (
        <div className="card skel report-skeleton" />
      )}
      <HowCounted definition={definition} />
      <BehindDrawer
        definition={definition}
        asked={asked}
        picked={picked}
        words={words}
        onClose={() => setPicked(undefined)}
      />
    </>
  );
}
