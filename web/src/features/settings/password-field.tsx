import type { ReactNode } from 'react';
import { Field } from '../../shared/ui/field.tsx';

/** A password that is typed. `isOwn`: the one that is in force, which browsers fill in; else a new one. */
export function PasswordField({
  label,
  hint,
  isOwn,
  isFirst = false,
  value,
  error,
  onChange,
}: {
  label: string;
  hint?: string;
  isOwn: boolean;
  /** Of a dialog or a page: it has the focus when that opens. */
  isFirst?: boolean;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}): ReactNode {
  return (
    <Field label={label} error={error} {...(hint !== undefined && { hint })}>
      {(control) => (
        <div className="input">
          <input
            {...control}
            type="password"
            autoComplete={isOwn ? 'current-password' : 'new-password'}
            {...(isFirst && { 'data-autofocus': true, autoFocus: true })}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        </div>
      )}
    </Field>
  );
}
