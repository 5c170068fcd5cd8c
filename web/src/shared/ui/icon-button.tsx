import type { TablerIcon } from '@tabler/icons-react';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon } from './icon.tsx';

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label' | 'title'> {
  icon: TablerIcon;
  /** What it does: its name, and what is shown at the pointer. */
  label: string;
  size?: 12 | 14 | 16 | 18 | 20;
  /** The keys that do the same, for the pointer's hint. */
  keys?: string;
}

/** A button that is an icon, with a name. */
export function IconButton({ icon, label, size = 16, keys, className = '', ...rest }: Props): ReactNode {
  const hint = keys === undefined ? label : `${label} (${keys})`;
  return (
    <button type="button" className={`icon-btn ${className}`} aria-label={label} title={hint} {...rest}>
      <Icon of={icon} size={size} />
    </button>
  );
}
