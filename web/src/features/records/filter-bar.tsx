import { IconAdjustmentsHorizontal, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RECORD_OUTCOMES } from '../../../../contracts/record-outcome.ts';
import { RECORD_PERIODS } from '../../../../contracts/record-period.ts';
import { recordChoicesQuery, type RecordFilter } from '../../shared/data/records.ts';
import { Field } from '../../shared/ui/field.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { Segmented } from '../../shared/ui/segmented.tsx';
import { beginOf, FILTER_NAMES, fromDateField, periodOf, toDateField, type FilterName } from './record-filters.ts';
import { useFilterValue } from './use-filter-value.ts';

const REASONS = ['exit', 'cancelled', 'blocked', 'other-app', 'scenario-failed', 'terminated'] as const;

/** Of 100. */
const SCORES = ['0-49', '50-69', '70-84', '85-100'] as const;

interface Choice {
  value: string;
  label: string;
}

interface Props {
  filter: RecordFilter;
  onFilter: (filter: RecordFilter) => void;
}

/** By what is looked for beside words: the time in view, the rest behind a button, each that is set as a chip. */
export function FilterBar({ filter, onFilter }: Props): ReactNode {
  const { t } = useTranslation('records');
  const [isOpen, setIsOpen] = useState(false);
  const period = periodOf(filter, Date.now());
  const { from: _from, to: _to, ...others } = filter;
  const set = Object.keys(filter).filter((name) => name !== 'words' && name !== 'from' && name !== 'to').length;
  return (
    <div className="recs-filters" data-region>
      <div className="recs-filter-line">
        <Segmented
          label={t('period')}
          value={period ?? ('none' as 'all')}
          choices={RECORD_PERIODS.map((value) => ({ value, label: t(`periods.${value}`) }))}
          onChange={(chosen) => {
            const from = beginOf(chosen, Date.now());
            onFilter(from === undefined ? others : { ...others, from });
          }}
        />
        <button
          type="button"
          className="btn outline sm"
          aria-expanded={isOpen}
          aria-controls="record-filters"
          onClick={() => setIsOpen(!isOpen)}
        >
          <Icon of={IconAdjustmentsHorizontal} size={14} />
          {set > 0 ? t('filtersOn', { count: set }) : t('filters')}
        </button>
        <Chips filter={filter} onFilter={onFilter} />
      </div>
      {isOpen && (
        <div className="recs-fields" id="record-filters">
          <Fields filter={filter} onFilter={onFilter} />
        </div>
      )}
    </div>
  );
}

function Chips({ filter, onFilter }: Props): ReactNode {
  const { t } = useTranslation('records');
  const showOf = useFilterValue();
  const isWholePeriod = periodOf(filter, Date.now()) !== undefined;
  const shown = FILTER_NAMES.filter(
    (name) => filter[name] !== undefined && name !== 'words' && !((name === 'from' || name === 'to') && isWholePeriod),
  );
  if (shown.length === 0) return null;
  return (
    <ul className="recs-chips">
      {shown.map((name) => {
        const value = showOf(name, filter[name] ?? '');
        const { [name]: _gone, ...rest } = filter;
        return (
          <li key={name}>
            <button
              type="button"
              className="chip accent"
              aria-label={t('remove', { name: t(`fields.${name}`), value })}
              onClick={() => onFilter(rest)}
            >
              <span className="clip">
                {t(`fields.${name}`)}: <bdi>{value}</bdi>
              </span>
              <Icon of={IconX} size={12} />
            </button>
          </li>
        );
      })}
      <li>
        <button type="button" className="btn sm quiet" onClick={() => onFilter({})}>
          {t('clear')}
        </button>
      </li>
    </ul>
  );
}

const plain = (values: readonly string[] = []): Choice[] => values.map((value) => ({ value, label: value }));

function Fields({ filter, onFilter }: Props): ReactNode {
  const { t } = useTranslation('records');
  const choices = useQuery(recordChoicesQuery).data;
  const change = (name: FilterName, value: string | undefined): void => {
    const { [name]: _before, ...rest } = filter;
    onFilter(value === undefined || value === '' ? rest : { ...rest, [name]: value });
  };
  const ended = [
    ...RECORD_OUTCOMES.map((value) => ({ value, label: t(`outcomes.${value}`) })),
    ...REASONS.map((value) => ({ value, label: t(`reasons.${value}`) })),
  ];
  const agents = choices?.agents.map(({ username, name }) => ({ value: username, label: name }));
  const lists: [FilterName, Choice[]][] = [
    ['service', plain(choices?.services)],
    ['agent', agents ?? []],
    ['team', plain(choices?.teams)],
    ['ended', ended],
    ['disposition', plain(choices?.dispositions)],
    ['label', plain(choices?.labels)],
    ['account', plain(choices?.accounts)],
    ['entry', plain(choices?.entries)],
    ['scenario', plain(choices?.scenarios)],
    ['evaluated', (['yes', 'no'] as const).map((value) => ({ value, label: t(`evaluated.${value}`) }))],
    ['evaluationScore', plain(SCORES)],
    ['surveyScore', plain(SCORES)],
  ];
  return (
    <>
      <Field label={t('fields.from')}>
        {(control) => (
          <span className="input">
            <input
              {...control}
              type="date"
              value={toDateField(filter.from)}
              onChange={(event) => change('from', fromDateField(event.target.value))}
            />
          </span>
        )}
      </Field>
      <Field label={t('fields.to')}>
        {(control) => (
          <span className="input">
            <input
              {...control}
              type="date"
              value={toDateField(filter.to, true)}
              onChange={(event) => change('to', fromDateField(event.target.value, true))}
            />
          </span>
        )}
      </Field>
      {lists.map(([name, options]) => (
        <SelectField key={name} name={name} options={options} value={filter[name] ?? ''} onChange={change} />
      ))}
      <TextField name="customer" value={filter.customer ?? ''} onChange={change} />
      <TextField name="case" value={filter.case ?? ''} onChange={change} />
    </>
  );
}

function SelectField({
  name,
  value,
  options,
  onChange,
}: {
  name: FilterName;
  value: string;
  options: readonly Choice[];
  onChange: (name: FilterName, value: string) => void;
}): ReactNode {
  const { t } = useTranslation('records');
  const isKnown = value === '' || options.some((option) => option.value === value);
  return (
    <Field label={t(`fields.${name}`)}>
      {(control) => (
        <span className="input">
          <select {...control} value={value} onChange={(event) => onChange(name, event.target.value)}>
            <option value="">{t('any')}</option>
            {!isKnown && <option value={value}>{value}</option>}
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        </span>
      )}
    </Field>
  );
}

/** Takes what is typed when one leaves it, or with Enter. */
function TextField({
  name,
  value,
  onChange,
}: {
  name: 'customer' | 'case';
  value: string;
  onChange: (name: FilterName, value: string) => void;
}): ReactNode {
  const { t } = useTranslation('records');
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return (
    <Field label={t(`fields.${name}`)} hint={name === 'customer' ? t('customer') : undefined}>
      {(control) => (
        <span className="input">
          <input
            {...control}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onBlur={() => text.trim() !== value && onChange(name, text.trim())}
            onKeyDown={(event) => event.key === 'Enter' && onChange(name, text.trim())}
          />
        </span>
      )}
    </Field>
  );
}
