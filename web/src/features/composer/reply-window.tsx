import { IconClock, IconHourglass, IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../shared/data/chats.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { useNow } from '../../shared/lib/clock.ts';
import { Icon } from '../../shared/ui/icon.tsx';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Who may write: anybody, people only, or nobody. */
export function useReplyWindow({ window }: Pick<ConversationView, 'window'>): {
  state: 'open' | 'human-only' | 'closed';
} {
  const now = useNow();
  if (!window || now < Date.parse(window.until)) return { state: 'open' };
  return { state: now < Date.parse(window.humanUntil) ? 'human-only' : 'closed' };
}

/** How long Messenger lets one answer. */
export function ReplyWindow({ conversation }: { conversation: ConversationView }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const { window } = conversation;
  if (!window) return null;
  const left = Date.parse(window.until) - now;
  if (left <= 0) {
    return (
      <span className="timer amber end">
        <Icon of={IconLock} size={12} />
        {t('composer.closedSince', { time: formats.time(window.until) })}
      </span>
    );
  }
  const isClosing = left < HOUR;
  return (
    <span
      className={`timer end ${isClosing ? 'amber' : ''}`}
      title={t('composer.windowUntil', { time: formats.moment(window.until) })}
    >
      <Icon of={isClosing ? IconHourglass : IconClock} size={12} />
      <span className="hide-phone">{t('composer.window')}&nbsp;</span>
      <TimeLeft ms={left} />
    </span>
  );
}

function TimeLeft({ ms }: { ms: number }): ReactNode {
  const { t } = useTranslation();
  if (ms >= 2 * DAY) return t('composer.days', { count: Math.floor(ms / DAY) });
  if (ms >= HOUR)
    return t('composer.hours', { hours: Math.floor(ms / HOUR), minutes: Math.floor((ms % HOUR) / MINUTE) });
  return t('composer.minutes', { minutes: Math.floor(ms / MINUTE), seconds: Math.floor((ms % MINUTE) / SECOND) });
}
