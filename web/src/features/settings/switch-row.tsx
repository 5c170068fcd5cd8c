import type { ReactNode } from 'react';

/** Something that is on or off, at once. */
export function SwitchRow({
  label,
  hint,
  isOn,
  onChange,
}: {
  label: string;
  hint?: string | undefined;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}): ReactNode {
  return (
    <label className="switch-row">
      <input
        type="checkbox"
        role="switch"
        className="switch-input"
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {label}
        {hint !== undefined && <span className="hint">{hint}</span>}
      </span>
    </label>
  );
}
