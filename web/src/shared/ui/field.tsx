import { IconAlertCircle } from '@tabler/icons-react';
import { useId, type ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** What a field hands to the control inside it. */
export interface FieldControl {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

/** A control under its name, with what helps and what is wrong below it. */
export function Field({
  label,
  hint,
  error,
  extra,
  children,
}: {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** At the end of the name's line. */
  extra?: ReactNode;
  children: (control: FieldControl) => ReactNode;
}): ReactNode {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = error !== undefined || hint !== undefined;
  return (
    <div className="field">
      <span className="row">
        <label className="label" htmlFor={id}>
          {label}
        </label>
        {extra !== undefined && <span className="end">{extra}</span>}
      </span>
      {children({
        id,
        'aria-describedby': hasNote ? noteId : undefined,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {error === undefined ? (
        hint !== undefined && (
          <span className="hint" id={noteId}>
            {hint}
          </span>
        )
      ) : (
        <span className="err" id={noteId}>
          <Icon of={IconAlertCircle} size={12} />
          {error}
        </span>
      )}
    </div>
  );
}
