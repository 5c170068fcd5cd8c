import { useTranslation } from 'react-i18next';
import { REPORT_FIGURES, type FigureName, type ReportDimension } from '../../../../contracts/report.ts';
import { languageOf } from '../../shared/i18n/i18n.ts';
import { useSettings } from '../../shared/data/settings.ts';
import { formatDuration, formatsOf } from '../../shared/lib/format.ts';
import type { Asked, ReportLine, Reports } from './report-data.ts';

/** How values, keys and times of a report are written for this reader; times by the clock of the report's zone. */
export function useWordsOfReports({ zone, bucket }: Pick<Asked, 'zone' | 'bucket'>, choices: Reports['choices']) {
  const { t } = useTranslation('reports');
  const { language } = useSettings();
  const locale = languageOf(language) === 'de' ? 'de-DE' : 'en-GB';
  const formats = formatsOf(locale, zone);
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  return {
    figure(name: FigureName, value: number | null | undefined): string {
      if (value === null || value === undefined) return t('none');
      const { unit } = REPORT_FIGURES[name];
      if (unit === 'ms') return formatDuration(value);
      return unit === 'percent' ? `${numbers.format(value)} %` : numbers.format(value);
    },
    time({ from }: Pick<ReportLine, 'from'>): string {
      if (bucket === 'hour') return `${formats.shortDay(from)}, ${formats.time(from)}`;
      if (bucket === 'month')
        return new Intl.DateTimeFormat(locale, { timeZone: zone, month: 'long', year: 'numeric' }).format(
          new Date(from),
        );
      return bucket === 'week' ? t('weekOf', { day: formats.shortDay(from) }) : formats.shortDay(from);
    },
    clock: (at: string): string => formats.time(at),
    key(dimension: string, value: string | undefined): string {
      if (value === undefined || value === '') return t('none');
      if (dimension === 'agent') return choices.agent.find((each) => each.value === value)?.label ?? value;
      if (dimension === 'activity') return t(`activities.${value as 'ready'}`);
      return dimension === 'author' ? t(`authors.${value as 'agent'}`) : value;
    },
    dimension: (name: ReportDimension): string => t(`dimensions.${name}`),
  };
}

export type WordsOfReports = ReturnType<typeof useWordsOfReports>;
