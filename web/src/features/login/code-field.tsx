import { useState, type ReactNode } from 'react';

export const CODE_LENGTH = 6;
const PLACES = Array.from({ length: CODE_LENGTH }, (_, place) => place);

/** Six digits, each in a place of its own: one field all the same, so that a code can be pasted, filled in and read out. */
export function CodeField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}): ReactNode {
  const [hasFocus, setHasFocus] = useState(false);
  const at = Math.min(value.length, CODE_LENGTH - 1);
  return (
    <div className="code-field">
      <input
        name="code"
        aria-label={label}
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        value={value}
        onChange={(event) => onChange(event.target.value.replaceAll(/\D/g, '').slice(0, CODE_LENGTH))}
        onFocus={() => setHasFocus(true)}
        onBlur={() => setHasFocus(false)}
      />
      {PLACES.map((place) => (
        <span key={place} className={hasFocus && place === at ? 'here' : ''} aria-hidden="true">
          {value[place]}
        </span>
      ))}
    </div>
  );
}
