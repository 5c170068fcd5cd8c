import { IconChartBar } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import type { Definition, Picked, Report } from './report-data.ts';
import { ReportChart } from './report-chart.tsx';
import { ReportTable } from './report-table.tsx';
import type { WordsOfReports } from './use-words-of-reports.ts';

/** A report drawn and as a table. */
export function ReportView({
  definition,
  report,
  words,
  onPick,
}: {
  definition: Definition;
  report: Report;
  words: WordsOfReports;
  onPick: (picked: Picked) => void;
}): ReactNode {
  const { t } = useTranslation('reports');
  if (report.rows.length === 0) {
    return (
      <div className="card report-nothing">
        <EmptyState icon={IconChartBar} title={t('nothingTitle')}>
          {t('nothingText')}
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="report-view">
      <ReportChart definition={definition} report={report} words={words} />
      <ReportTable definition={definition} report={report} words={words} onPick={onPick} />
    </div>
  );
}
