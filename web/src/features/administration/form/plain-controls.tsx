import { IconLock } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import { Icon } from '../../../shared/ui/icon.tsx';
import type { Field } from '../model/section.ts';
import { asText, orNothing, type ControlProps, type GroupProps } from './control.ts';
import { FieldNote } from './field-note.tsx';
import { SelectBox } from './select-box.tsx';
import { useWords } from './words.ts';

const look = (isBad: boolean, more = ''): string => `input ${isBad ? 'bad' : ''} ${more}`;

export function TextControl({
  control,
  value,
  onChange,
  isLocked,
  isBad,
  isMono,
}: ControlProps & { isMono: boolean }): ReactNode {
  return (
    <div className={look(isBad, isLocked ? 'locked' : '')}>
      <input
        {...control}
        className={isMono ? 'mono' : ''}
        dir="auto"
        readOnly={isLocked}
        autoComplete="off"
        value={asText(value)}
        onChange={(event) => onChange(orNothing(event.target.value))}
      />
      {isLocked && <Icon of={IconLock} size={14} />}
    </div>
  );
}

export function AreaControl({ control, value, onChange, isBad, rows }: ControlProps & { rows: number }): ReactNode {
  return (
    <div className={look(isBad, 'area')}>
      <textarea
        {...control}
        rows={rows}
        dir="auto"
        value={asText(value)}
        onChange={(event) => onChange(orNothing(event.target.value))}
      />
    </div>
  );
}

const read = (written: string): string[] =>
  written.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));

/** One text to a line; what is empty is none. */
export function LinesControl({ control, value, onChange, isBad, rows }: ControlProps & { rows: number }): ReactNode {
  const lines = Array.isArray(value) ? value.map(String) : [];
  const [text, setText] = useState(lines.join('\n'));
  // What others changed is shown; an empty line that one has just begun stays.
  const shown = read(text).join('\n') === lines.join('\n') ? text : lines.join('\n');
  return (
    <div className={look(isBad, 'area')}>
      <textarea
        {...control}
        rows={rows}
        dir="auto"
        value={shown}
        onChange={(event) => {
          setText(event.target.value);
          const next = read(event.target.value);
          onChange(next.length === 0 ? undefined : next);
        }}
      />
    </div>
  );
}

export function NumberControl({
  control,
  value,
  onChange,
  isBad,
  field,
}: ControlProps & { field: Extract<Field, { type: 'number' }> }): ReactNode {
  const { word } = useWords();
  return (
    <div className={look(isBad)}>
      <input
        {...control}
        inputMode="numeric"
        autoComplete="off"
        value={asText(value)}
        onChange={(event) => {
          const digits = event.target.value.replaceAll(/\D/g, '').slice(0, 6);
          onChange(digits === '' ? undefined : Number(digits));
        }}
      />
      {field.unit !== undefined && <span className="xs muted">{word(`units.${field.unit}`)}</span>}
    </div>
  );
}

export function ZoneControl({ control, value, onChange, isBad }: ControlProps): ReactNode {
  const { word } = useWords();
  return (
    <SelectBox
      {...control}
      isBad={isBad}
      value={asText(value)}
      unset={word('form.zoneOfDeployment')}
      choices={Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      onChoose={(zone) => onChange(orNothing(zone))}
    />
  );
}

/** Something that is on or off; what is as usual is not written down. */
export function SwitchControl({
  value,
  onChange,
  label,
  hint,
  problem,
  field,
}: GroupProps & { field: Extract<Field, { type: 'switch' }> }): ReactNode {
  const { whenAbsent } = field;
  const id = useId();
  const isOn = typeof value === 'boolean' ? value : whenAbsent;
  return (
    <div className="field wide">
      <label className="admin-switch">
        <input
          type="checkbox"
          role="switch"
          className="switch-input"
          checked={isOn}
          aria-describedby={`${id}-note`}
          onChange={(event) => onChange(event.target.checked === whenAbsent ? undefined : event.target.checked)}
        />
        <span>{label}</span>
      </label>
      <FieldNote id={`${id}-note`} hint={hint} problem={problem} />
    </div>
  );
}
