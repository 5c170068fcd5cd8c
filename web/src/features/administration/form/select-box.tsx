import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode, SelectHTMLAttributes } from 'react';
import { Icon } from '../../../shared/ui/icon.tsx';

/** One of several: a browser's own select in the console's look. `unset`: what stands first, for nothing. */
export function SelectBox({
  isBad,
  unset,
  choices,
  onChoose,
  ...select
}: Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange'> & {
  isBad: boolean;
  unset?: string | undefined;
  choices: readonly { value: string; label: string }[];
  onChoose: (value: string) => void;
}): ReactNode {
  return (
    <div className={`input select ${isBad ? 'bad' : ''}`}>
      <select {...select} onChange={(event) => onChoose(event.target.value)}>
        {unset !== undefined && <option value="">{unset}</option>}
        {choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Icon of={IconChevronDown} />
    </div>
  );
}

/** Names as choices. */
export const toChoices = (names: readonly string[]): { value: string; label: string }[] =>
  names.map((name) => ({ value: name, label: name }));
