import type { KeyboardEvent, ReactNode } from 'react';

export interface Tab<Value extends string> {
  value: Value;
  label: ReactNode;
}

/** The tabs of a pane. Arrow keys go from one to the next. */
export function TabList<Value extends string>({
  id,
  label,
  value,
  tabs,
  onChange,
  className = '',
}: {
  /** What the panels' ids begin with: the panel of a tab is `<id>-<value>`. */
  id: string;
  label: string;
  value: Value;
  tabs: readonly Tab<Value>[];
  onChange: (value: Value) => void;
  className?: string;
}): ReactNode {
  function onKeyDown(event: KeyboardEvent<HTMLButtonElement>): void {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const index = (tabs.findIndex((tab) => tab.value === value) + by + tabs.length) % tabs.length;
    const next = tabs[index];
    if (next) onChange(next.value);
    event.currentTarget.parentElement?.querySelectorAll('button')[index]?.focus();
  }
  return (
    <div className={`tabs ${className}`} role="tablist" aria-label={label}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          id={`${id}-${tab.value}-tab`}
          aria-controls={`${id}-panel`}
          aria-selected={tab.value === value}
          tabIndex={tab.value === value ? 0 : -1}
          className={tab.value === value ? 'on' : ''}
          onClick={() => onChange(tab.value)}
          onKeyDown={onKeyDown}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
