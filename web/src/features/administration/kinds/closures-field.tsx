import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Icon } from '../../../shared/ui/icon.tsx';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import { FieldNote } from '../form/field-note.tsx';
import { useRowKeys } from '../form/use-row-keys.ts';
import { useWords } from '../form/words.ts';
import type { CustomFieldProps } from '../model/section.ts';
import type { WrittenClosure } from '../model/week.ts';
import { TimeInput } from './open-field.tsx';

interface Closed {
  date: string;
  from?: string | undefined;
  to?: string | undefined;
}

const asClosed = (closure: WrittenClosure): Closed => (typeof closure === 'string' ? { date: closure } : closure);

/** As a file writes it: a day alone where it is closed from its beginning to its end. */
function write({ date, from, to }: Closed): WrittenClosure {
  if (!from && !to) return date;
  return { date, ...(from && { from }), ...(to && { to }) };
}

/** Days, and parts of days, that are closed although the week says otherwise. */
export function ClosuresField({ value, onChange, problem }: CustomFieldProps): ReactNode {
  const { word } = useWords();
  const closures = (Array.isArray(value) ? (value as WrittenClosure[]) : []).map(asClosed);
  const { keys, insert, remove } = useRowKeys(closures.length);
  const keep = (next: Closed[]): void => onChange(next.map(write));
  const change = (index: number, changed: Closed): void =>
    keep(closures.map((each, at) => (at === index ? { ...each, ...changed } : each)));
  return (
    <div className="stack-12">
      <ul className="openings">
        {closures.map((closed, index) => (
          <li key={keys[index]} className="opening">
            <span className="input sm date">
              <input
                type="date"
                aria-label={word('hours.date')}
                value={closed.date}
                onChange={(event) => change(index, { ...closed, date: event.target.value })}
              />
            </span>
            <TimeInput
              label={word('hours.closedFrom')}
              time={closed.from ?? ''}
              onChange={(from) => change(index, { ...closed, from })}
            />
            <span className="muted" aria-hidden="true">
              –
            </span>
            <TimeInput
              label={word('hours.closedTo')}
              time={closed.to ?? ''}
              onChange={(to) => change(index, { ...closed, to })}
            />
            {!closed.from && !closed.to && <span className="xs muted">{word('hours.wholeDay')}</span>}
            <IconButton
              icon={IconTrash}
              className="end"
              label={word('hours.removeClosure', { date: closed.date })}
              onClick={() => {
                remove(index);
                keep(closures.filter((_each, at) => at !== index));
              }}
            />
          </li>
        ))}
      </ul>
      <FieldNote hint={undefined} problem={problem} />
      <button
        type="button"
        className="btn sm outline add-row"
        onClick={() => {
          insert();
          keep([...closures, { date: new Date().toISOString().slice(0, 10) }]);
        }}
      >
        <Icon of={IconPlus} />
        {word('hours.addClosure')}
      </button>
    </div>
  );
}
