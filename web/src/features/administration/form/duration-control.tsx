import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Icon } from '../../../shared/ui/icon.tsx';
import { joinDuration, splitDuration, UNITS, type Unit } from '../model/durations.ts';
import { asText, type ControlProps } from './control.ts';
import { useWords } from './words.ts';

/** A length of time: a number and its unit, or off. */
export function DurationControl({
  control,
  value,
  onChange,
  isBad,
  label,
  canBeOff,
}: ControlProps & { canBeOff: boolean }): ReactNode {
  const { word } = useWords();
  const isOff = value === 'off';
  const { amount, unit } = splitDuration(isOff ? '' : asText(value));
  return (
    <div className={`input ${isBad ? 'bad' : ''} duration`}>
      <input
        {...control}
        inputMode="numeric"
        autoComplete="off"
        readOnly={isOff}
        placeholder={isOff ? '' : '–'}
        value={amount}
        onChange={(event) => onChange(joinDuration(event.target.value, unit))}
      />
      <span className="select unit">
        <select
          aria-label={word('form.unitOf', { label })}
          value={isOff ? 'off' : unit}
          onChange={(event) => {
            const chosen = event.target.value;
            if (chosen === 'off') onChange('off');
            else onChange(joinDuration(amount, chosen as Unit));
          }}
        >
          {UNITS.map((each) => (
            <option key={each} value={each}>
              {word(`units.${each}`)}
            </option>
          ))}
          {canBeOff && <option value="off">{word('units.off')}</option>}
        </select>
        <Icon of={IconChevronDown} />
      </span>
    </div>
  );
}
