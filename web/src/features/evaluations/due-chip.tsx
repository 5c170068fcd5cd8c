import { IconAlertTriangle, IconCalendarDue, IconCheck, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssignmentView } from '../../shared/data/assignments.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Icon } from '../../shared/ui/icon.tsx';

const LOOKS = {
  done: { icon: IconCheck, tone: 'success' },
  withdrawn: { icon: IconX, tone: '' },
  open: { icon: IconCalendarDue, tone: 'accent' },
  overdue: { icon: IconAlertTriangle, tone: 'danger' },
} as const;

/** Until when something is to be graded, or what became of it. */
export function DueChip({ assignment: { state, dueAt } }: { assignment: AssignmentView }): ReactNode {
  const { t } = useTranslation('evaluations');
  const formats = useFormats();
  const shown = state === 'open' && Date.parse(dueAt) < Date.now() ? 'overdue' : state;
  const { icon, tone } = LOOKS[shown];
  return (
    <span className={`chip ${tone}`}>
      <Icon of={icon} size={12} />
      {t(`due.${shown}`, { day: formats.day(dueAt) })}
    </span>
  );
}
