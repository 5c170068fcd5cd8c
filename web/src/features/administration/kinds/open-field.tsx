import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { WEEKDAYS } from '../../../../../contracts/hours.ts';
import { Icon } from '../../../shared/ui/icon.tsx';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import { FieldNote } from '../form/field-note.tsx';
import { useRowKeys } from '../form/use-row-keys.ts';
import { useWords } from '../form/words.ts';
import type { CustomFieldProps } from '../model/section.ts';
import type { WrittenOpening } from '../model/week.ts';
import { WeekView } from './week-view.tsx';

/** Opening times: which days, from when to when; below them the week that comes of it. */
export function OpenField({ value, onChange, problem }: CustomFieldProps): ReactNode {
  const { word } = useWords();
  const open = Array.isArray(value) ? (value as WrittenOpening[]) : [];
  const { keys, insert, remove } = useRowKeys(open.length);
  const change = (index: number, changed: Partial<WrittenOpening>): void =>
    onChange(open.map((each, at) => (at === index ? { ...each, ...changed } : each)));
  return (
    <div className="stack-16">
      <ul className="openings">
        {open.map((opening, index) => (
          <li key={keys[index]}>
            <OpeningRow
              opening={opening}
              row={index + 1}
              onChange={(changed) => change(index, changed)}
              onRemove={() => {
                remove(index);
                onChange(open.filter((_each, at) => at !== index));
              }}
            />
          </li>
        ))}
      </ul>
      {open.length === 0 && <p className="muted">{word('hours.never')}</p>}
      <FieldNote hint={undefined} problem={problem} />
      <button
        type="button"
        className="btn sm outline add-row"
        onClick={() => {
          insert();
          onChange([...open, { days: ['mon'], from: '09:00', to: '17:00' }]);
        }}
      >
        <Icon of={IconPlus} />
        {word('hours.addOpening')}
      </button>
      <WeekView open={open} />
    </div>
  );
}

function OpeningRow({
  opening: { days, from, to },
  row,
  onChange,
  onRemove,
}: {
  opening: WrittenOpening;
  row: number;
  onChange: (changed: Partial<WrittenOpening>) => void;
  onRemove: () => void;
}): ReactNode {
  const { word } = useWords();
  return (
    <div className="opening" role="group" aria-label={word('hours.opening', { row })}>
      <span className="days">
        {WEEKDAYS.map((day) => (
          <button
            key={day}
            type="button"
            className={days.includes(day) ? 'day-toggle on' : 'day-toggle'}
            aria-pressed={days.includes(day)}
            aria-label={word(`hours.days.${day}`)}
            onClick={() =>
              onChange({ days: WEEKDAYS.filter((each) => (each === day ? !days.includes(day) : days.includes(each))) })
            }
          >
            {word(`hours.short.${day}`)}
          </button>
        ))}
      </span>
      <TimeInput label={word('hours.from')} time={from} onChange={(time) => onChange({ from: time })} />
      <span className="muted" aria-hidden="true">
        –
      </span>
      <TimeInput label={word('hours.to')} time={to} onChange={(time) => onChange({ to: time })} />
      {to <= from && <span className="xs muted">{word('hours.nextDay')}</span>}
      <IconButton icon={IconTrash} className="end" label={word('hours.removeOpening', { row })} onClick={onRemove} />
    </div>
  );
}

/** A time of day as it is written, in whatever way the browser's own language shows times. */
export function TimeInput({
  label,
  time,
  onChange,
}: {
  label: string;
  time: string;
  onChange: (time: string) => void;
}): ReactNode {
  return (
    <span className="input sm time">
      <input type="time" aria-label={label} value={time} onChange={(event) => onChange(event.target.value)} />
    </span>
  );
}
