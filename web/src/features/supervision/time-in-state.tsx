import { IconClock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentLine } from '../../shared/data/overview.ts';
import { Timer, WaitTimer } from '../../shared/ui/timer.tsx';

/** Whoever is not ready for so long is marked; a warning comes before. */
const LONG_BREAK_MS = 30 * 60_000;

/** How long an agent has been in their state. */
export function TimeInState({ agent: { state, since } }: { agent: AgentLine }): ReactNode {
  const { t } = useTranslation();
  const title = t('supervision.timeInState');
  if (state !== 'not-ready') return <Timer since={Date.parse(since)} title={title} />;
  return <WaitTimer since={Date.parse(since)} targetMs={LONG_BREAK_MS} title={title} calmIcon={IconClock} />;
}
