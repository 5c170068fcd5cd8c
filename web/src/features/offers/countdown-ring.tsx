import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../shared/lib/clock.ts';

const AROUND = 106.8;

/** Whole seconds until a moment, the last one included. */
export function useSecondsLeft(until: string): number {
  const now = useNow();
  return Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
}

/** The seconds that are left, in a ring that empties. */
export function CountdownRing({ left, isEnding }: { left: number; isEnding: boolean }): ReactNode {
  const { t } = useTranslation();
  // What was left when it was first seen is a full ring.
  const [all] = useState(() => Math.max(1, left));
  const share = Math.min(1, left / all);
  return (
    <span className="ring" role="timer" aria-label={t('offer.seconds', { count: left })}>
      <svg viewBox="0 0 40 40" fill="none" strokeWidth="3" aria-hidden="true">
        <circle cx="20" cy="20" r="17" stroke="var(--border)" />
        <circle
          cx="20"
          cy="20"
          r="17"
          stroke={isEnding ? 'var(--danger-mark)' : 'var(--accent)'}
          strokeLinecap="round"
          strokeDasharray={AROUND}
          strokeDashoffset={AROUND * (1 - share)}
        />
      </svg>
      <span aria-hidden="true">{left}</span>
    </span>
  );
}
