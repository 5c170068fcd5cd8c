import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { Fragment, useRef, type ReactNode } from 'react';
import { Icon } from '../../../shared/ui/icon.tsx';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import type { Field } from '../model/section.ts';
import { withValue, type Values } from '../model/values.ts';
import type { GroupProps } from './control.ts';
import { FieldNote } from './field-note.tsx';
import { useRowKeys } from './use-row-keys.ts';
import { useWords } from './words.ts';

/** A field of one row. */
export interface RowField {
  field: Field;
  kind: string;
  values: Values;
  onChange: (value: unknown) => void;
}

/** A list of rows, each with a few fields; they keep the order in which they stand. */
export function RowsControl({
  value,
  onChange,
  label,
  hint,
  problem,
  field,
  kind,
  show,
}: GroupProps & {
  field: Extract<Field, { type: 'rows' }>;
  kind: string;
  /** Draws one field of a row. */
  show: (field: RowField) => ReactNode;
}): ReactNode {
  const { word } = useWords();
  const rows = Array.isArray(value) ? (value as Values[]) : [];
  const row = useRowKeys(rows.length);
  const list = useRef<HTMLOListElement>(null);
  const write = (next: Values[]): void => onChange(next.length === 0 && field.isOptional ? undefined : next);

  function move(from: number, to: number): void {
    const next = [...rows];
    const [one, other] = [next[from], next[to]];
    if (!one || !other) return;
    [next[from], next[to]] = [other, one];
    row.swap(from, to);
    write(next);
  }
  function add(): void {
    row.insert();
    write([...rows, {}]);
    // The first field of what was added is what one writes into next.
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>('li:last-child input, li:last-child select')?.focus(),
    );
  }

  return (
    <div className="field wide" role="group" aria-label={label}>
      <span className="label">{label}</span>
      <ol className="field-rows" ref={list}>
        {rows.map((values, index) => (
          <li key={row.keys[index]}>
            <div className="row-fields">
              {field.columns.map((column) => (
                <Fragment key={column.name}>
                  {show({
                    field: column,
                    kind: `${kind}-${field.name}`,
                    values,
                    onChange: (changed) =>
                      write(rows.map((each, at) => (at === index ? withValue(each, column.name, changed) : each))),
                  })}
                </Fragment>
              ))}
            </div>
            <span className="row-tools">
              <IconButton
                icon={IconArrowUp}
                label={word('form.moveUp', { row: index + 1 })}
                disabled={index === 0}
                onClick={() => move(index, index - 1)}
              />
              <IconButton
                icon={IconArrowDown}
                label={word('form.moveDown', { row: index + 1 })}
                disabled={index === rows.length - 1}
                onClick={() => move(index, index + 1)}
              />
              <IconButton
                icon={IconTrash}
                label={word('form.removeRow', { row: index + 1 })}
                onClick={() => {
                  row.remove(index);
                  write(rows.filter((_row, at) => at !== index));
                }}
              />
            </span>
          </li>
        ))}
      </ol>
      <button type="button" className="btn sm outline add-row" onClick={add}>
        <Icon of={IconPlus} />
        {word(`fields.${kind}.${field.name}.add`)}
      </button>
      <FieldNote hint={hint} problem={problem} />
    </div>
  );
}
