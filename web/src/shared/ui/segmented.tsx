import type { ReactNode } from 'react';

export interface Choice<Value extends string> {
  value: Value;
  label: ReactNode;
}

/** One of a few, all of them in view. Arrow keys choose, as in any group of radio buttons. */
export function Segmented<Value extends string>({
  label,
  value,
  choices,
  onChange,
}: {
  label: string;
  value: Value;
  choices: readonly Choice<Value>[];
  onChange: (value: Value) => void;
}): ReactNode {
  function move(by: number): void {
    const index = choices.findIndex((choice) => choice.value === value);
    const next = choices[(index + by + choices.length) % choices.length];
    if (next) onChange(next.value);
  }
  // Where nothing is chosen yet the first is where the keyboard comes in.
  const entry = choices.some((choice) => choice.value === value) ? value : choices[0]?.value;
  return (
    <span className="seg" role="radiogroup" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          role="radio"
          aria-checked={choice.value === value}
          className={choice.value === value ? 'on' : ''}
          tabIndex={choice.value === entry ? 0 : -1}
          onClick={() => onChange(choice.value)}
          onKeyDown={(event) => {
            const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
            if (by === undefined) return;
            event.preventDefault();
            move(by);
            const buttons = event.currentTarget.parentElement?.querySelectorAll('button');
            const index = choices.findIndex((each) => each.value === value);
            buttons?.[(index + by + choices.length) % choices.length]?.focus();
          }}
        >
          {choice.label}
        </button>
      ))}
    </span>
  );
}
