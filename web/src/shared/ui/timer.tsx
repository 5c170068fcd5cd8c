import { IconAlertCircle, IconClock, IconCornerUpLeft, IconHourglass, type TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useNow } from '../lib/clock.ts';
import { formatDuration } from '../lib/format.ts';
import { Icon } from './icon.tsx';

/** From this part of the target on a timer warns. */
const WARNS_AT = 0.6;

/** How long something lasts, without a target. */
export function Timer({
  since,
  title,
  icon = IconClock,
  className = '',
}: {
  since: number;
  title: string;
  icon?: TablerIcon;
  className?: string;
}): ReactNode {
  const now = useNow();
  return (
    <span className={`timer ${className}`} title={title}>
      <Icon of={icon} size={12} />
      <span className="visually-hidden">{title}: </span>
      {formatDuration(now - since)}
    </span>
  );
}

/** How long somebody waits, against a target: calm, warning from 60 % of it on, past it. */
export function WaitTimer({
  since,
  targetMs,
  title,
  calmIcon = IconCornerUpLeft,
}: {
  since: number;
  targetMs: number;
  title: string;
  calmIcon?: TablerIcon;
}): ReactNode {
  const now = useNow();
  const share = (now - since) / targetMs;
  const look =
    share >= 1
      ? { className: 'red', icon: IconAlertCircle }
      : share >= WARNS_AT
        ? { className: 'amber', icon: IconHourglass }
        : { className: '', icon: calmIcon };
  return (
    <span className={`timer ${look.className}`} title={title}>
      <Icon of={look.icon} size={12} />
      <span className="visually-hidden">{title}: </span>
      {formatDuration(now - since)}
    </span>
  );
}
