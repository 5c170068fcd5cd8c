import {
  IconCircleCheck,
  IconCircleDashed,
  IconDoorExit,
  IconMessageCircle,
  IconRobot,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordOutcome } from '../../../../contracts/record-outcome.ts';
import { Icon } from '../../shared/ui/icon.tsx';

const LOOKS: Readonly<Record<RecordOutcome, { icon: TablerIcon; tone: string }>> = {
  open: { icon: IconMessageCircle, tone: 'accent' },
  handled: { icon: IconCircleCheck, tone: 'success' },
  abandoned: { icon: IconDoorExit, tone: 'warn' },
  unassisted: { icon: IconRobot, tone: '' },
  unrouted: { icon: IconCircleDashed, tone: '' },
};

/** What became of a conversation; why it ended, where that is told, on hovering. */
export function OutcomeMark({ outcome, reason }: { outcome: RecordOutcome; reason?: string | undefined }): ReactNode {
  const { t } = useTranslation('records');
  const { icon, tone } = LOOKS[outcome];
  const why = reason === undefined ? undefined : t(`reasons.${reason}` as 'reasons.exit', { defaultValue: reason });
  return (
    <span className={`chip ${tone}`} title={why}>
      <Icon of={icon} size={12} />
      {t(`outcomes.${outcome}`)}
    </span>
  );
}
