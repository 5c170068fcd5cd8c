import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Icon } from '../../shared/ui/icon.tsx';

/** One of several, behind a button that says which. */
export function ChoiceMenu<Value extends string>({
  label,
  value,
  choices,
  className,
  onChange,
}: {
  /** What is chosen, for whoever hears the page. */
  label: string;
  value: Value;
  choices: readonly { value: Value; label: string }[];
  className: string;
  onChange: (value: Value) => void;
}): ReactNode {
  const chosen = choices.find((choice) => choice.value === value)?.label ?? value;
  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className={className} aria-label={`${label}: ${chosen}`}>
          <span className="clip">{chosen}</span>
          <Icon of={IconChevronDown} size={14} className="muted" />
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        <Menu.RadioGroup value={value} onChange={(chosenValue) => onChange(chosenValue as Value)}>
          {choices.map((choice) => (
            <Menu.RadioItem
              key={choice.value}
              value={choice.value}
              closeMenuOnClick
              checkIcon={<Icon of={IconCheck} size={14} />}
            >
              {choice.label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
