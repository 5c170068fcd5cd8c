import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** An icon beside words that say the same; it is hidden from screen readers. */
export function Icon({
  of: Drawing,
  size = 16,
  className = '',
}: {
  of: TablerIcon;
  size?: 12 | 14 | 16 | 18 | 20 | 24;
  className?: string;
}): ReactNode {
  return <Drawing className={`i ${className}`} size={size} stroke={1.75} aria-hidden="true" />;
}
