import type { ReactNode } from 'react';
import { Field } from '../../shared/ui/field.tsx';

/** A field for some sentences, as long as the api takes them. */
export function LongText({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}): ReactNode {
  return (
    <Field label={label}>
      {(control) => (
        <span className="input area">
          <textarea
            {...control}
            rows={3}
            dir="auto"
            maxLength={4000}
            value={value}
            onChange={({ target }) => onChange(target.value)}
          />
        </span>
      )}
    </Field>
  );
}
