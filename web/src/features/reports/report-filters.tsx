import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { REPORT_BUCKETS, REPORT_FILTERS, type ReportFilter } from '../../../../contracts/report.ts';
import { formatsOf } from '../../shared/lib/format.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { Segmented } from '../../shared/ui/segmented.tsx';
import type { Asked, Reports } from './report-data.ts';
import { lastDays, shiftDay, type ReportSearch } from './report-search.ts';

const SHORTCUTS = ['1', '7', '30'] as const;

/** Of when, in which steps, and of what. The last day is shown as people say it; the address has the day behind it. */
export function ReportFilters({
  asked,
  choices,
  onChange,
}: {
  asked: Asked;
  choices: Reports['choices'];
  onChange: (changed: ReportSearch) => void;
}): ReactNode {
  const { t } = useTranslation('reports');
  const { from, to, zone, bucket } = asked;
  const today = formatsOf('en-GB', zone).dayKey(Date.now());
  const shortcut = SHORTCUTS.find((days) => {
    const range = lastDays(today, Number(days));
    return range.from === from && range.to === to;
  });
  return (
    <div className="report-filters">
      <Segmented
        label={t('last')}
        value={shortcut ?? ''}
        choices={SHORTCUTS.map((days) => ({ value: days as string, label: t(`lastDays.${days}`) }))}
        onChange={(days) => onChange(lastDays(today, Number(days)))}
      />
      <span className="report-range">
        <DayField label={t('from')} value={from} max={shiftDay(to, -1)} onChange={(day) => onChange({ from: day })} />
        <span aria-hidden="true">–</span>
        <DayField
          label={t('until')}
          value={shiftDay(to, -1)}
          min={from}
          onChange={(day) => onChange({ to: shiftDay(day, 1) })}
        />
      </span>
      <Segmented
        label={t('bucket')}
        value={bucket}
        choices={REPORT_BUCKETS.map((value) => ({ value, label: t(`buckets.${value}`) }))}
        onChange={(value) => onChange({ bucket: value })}
      />
      {REPORT_FILTERS.map((filter) => (
        <FilterBox
          key={filter}
          filter={filter}
          value={asked[filter]}
          choices={choices[filter]}
          onChange={(value) => onChange(changeOf(filter, value))}
        />
      ))}
    </div>
  );
}

/** A filter that is taken away goes from the address. */
function changeOf(filter: ReportFilter, value: string): ReportSearch {
  return { [filter]: value === '' ? undefined : value };
}

function DayField({
  label,
  value,
  onChange,
  ...limits
}: {
  label: string;
  value: string;
  min?: string;
  max?: string;
  onChange: (day: string) => void;
}): ReactNode {
  return (
    <span className="input sm">
      <input
        type="date"
        aria-label={label}
        value={value}
        required
        {...limits}
        onChange={(event) => {
          if (event.target.validity.valid) onChange(event.target.value);
        }}
      />
    </span>
  );
}

function FilterBox({
  filter,
  value = '',
  choices,
  onChange,
}: {
  filter: ReportFilter;
  value: string | undefined;
  choices: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}): ReactNode {
  const { t } = useTranslation('reports');
  if (choices.length === 0 && value === '') return null;
  const isGone = value !== '' && !choices.some((choice) => choice.value === value);
  return (
    <span className={`input sm select ${value === '' ? '' : 'chosen'}`}>
      <select aria-label={t(`dimensions.${filter}`)} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t(`all.${filter}`)}</option>
        {isGone && <option value={value}>{value}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      <Icon of={IconChevronDown} />
    </span>
  );
}
