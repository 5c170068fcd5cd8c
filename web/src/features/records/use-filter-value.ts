import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RECORD_OUTCOMES } from '../../../../contracts/record-outcome.ts';
import { recordChoicesQuery } from '../../shared/data/records.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import type { FilterName } from './record-filters.ts';

/** A filter's value as people read it. */
export function useFilterValue(): (name: FilterName, value: string) => string {
  const { t } = useTranslation('records');
  const formats = useFormats();
  const choices = useQuery(recordChoicesQuery).data;
  return (name, value) => {
    if (name === 'from' || name === 'to') {
      const at = /^\d+$/.test(value) ? Number(value) : Date.parse(value);
      return Number.isNaN(at) ? value : formats.moment(at);
    }
    if (name === 'agent') return choices?.agents.find(({ username }) => username === value)?.name ?? value;
    if (name === 'evaluated') return t(`evaluated.${value === 'yes' ? 'yes' : 'no'}`);
    if (name === 'version') return value.slice(0, 12);
    return name === 'ended' ? t(endedKey(value), { defaultValue: value }) : value;
  };
}

const endedKey = (value: string): 'outcomes.open' =>
  `${(RECORD_OUTCOMES as readonly string[]).includes(value) ? 'outcomes' : 'reasons'}.${value}` as 'outcomes.open';
