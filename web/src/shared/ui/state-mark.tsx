import {
  IconBook,
  IconCircleCheck,
  IconCoffee,
  IconEye,
  IconHeadset,
  IconPencilMinus,
  IconPlayerPause,
  IconPower,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';

/** States as others see them. */
export type SeenState = 'ready' | 'not-ready' | 'supervising' | 'busy' | 'after-call-work' | 'logged-out';

const LOOKS: Readonly<Record<SeenState, { icon: TablerIcon; className: string }>> = {
  ready: { icon: IconCircleCheck, className: 'st-ready' },
  'not-ready': { icon: IconPlayerPause, className: 'st-not-ready' },
  supervising: { icon: IconEye, className: 'st-sup' },
  busy: { icon: IconHeadset, className: 'st-busy' },
  'after-call-work': { icon: IconPencilMinus, className: 'st-after' },
  'logged-out': { icon: IconPower, className: 'st-out' },
};

/** Reasons that have a picture of their own, by what they are usually called. */
const REASONS: readonly (readonly [RegExp, TablerIcon])[] = [
  [/break|pause|coffee|kaffee/i, IconCoffee],
  [/meeting|besprechung|team/i, IconUsers],
  [/training|schulung|course/i, IconBook],
];

export function lookOf(state: SeenState, reason?: string): { icon: TablerIcon; className: string } {
  const look = LOOKS[state];
  if (state !== 'not-ready' || reason === undefined) return look;
  return { ...look, icon: REASONS.find(([pattern]) => pattern.test(reason))?.[1] ?? look.icon };
}

/** The word of a state, or the reason in its place. */
export function useStateWord(): (state: SeenState, reason?: string) => string {
  const { t } = useTranslation();
  const words: Record<SeenState, string> = {
    ready: t('state.ready'),
    'not-ready': t('state.notReady'),
    supervising: t('state.supervising'),
    busy: t('state.busy'),
    'after-call-work': t('state.afterChat'),
    'logged-out': t('state.loggedOut'),
  };
  return (state, reason) => (state === 'not-ready' && reason ? reason : words[state]);
}

/** Icon, word and colour of a state, in that order of importance. */
export function StateMark({
  state,
  reason,
  className = '',
  size = 16,
}: {
  state: SeenState;
  reason?: string | undefined;
  className?: string;
  size?: 12 | 14 | 16;
}): ReactNode {
  const look = lookOf(state, reason);
  const wordOf = useStateWord();
  return (
    <span className={`state ${look.className} ${className}`}>
      <Icon of={look.icon} size={size} />
      <span className="clip">{wordOf(state, reason)}</span>
    </span>
  );
}
