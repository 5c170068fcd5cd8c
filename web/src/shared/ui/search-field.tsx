import { IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** Words to look for. `isFirst`: a dialog begins here. */
export function SearchField({
  label,
  words,
  onChange,
  look = '',
  isFirst = false,
}: {
  label: string;
  words: string;
  onChange: (words: string) => void;
  look?: string;
  isFirst?: boolean;
}): ReactNode {
  return (
    <div className={`input ${look}`}>
      <Icon of={IconSearch} />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        {...(isFirst && { 'data-autofocus': true })}
        value={words}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
