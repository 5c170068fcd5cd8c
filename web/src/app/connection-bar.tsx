import { IconCheck, IconRefresh, IconWifiOff } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../shared/i18n/i18n.ts';
import { useNow } from '../shared/lib/clock.ts';
import { formatDuration } from '../shared/lib/format.ts';
import { useLive } from '../shared/live/live-store.ts';
import { Icon } from '../shared/ui/icon.tsx';

/** Shorter breaks are not worth a word. */
const UNTOLD_MS = 1500;

/** One bar while the socket is away, and a word when it is back. */
export function ConnectionBar(): ReactNode {
  const { lostAt, backAfterMs } = useLive();
  const now = useNow();
  if (backAfterMs !== undefined && backAfterMs > UNTOLD_MS) return <BackBar ms={backAfterMs} />;
  if (lostAt === undefined || now - lostAt < UNTOLD_MS) return null;
  return <AwayBar lostAt={lostAt} />;
}

function BackBar({ ms }: { ms: number }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="banner neutral" role="status">
      <Icon of={IconCheck} />
      <span className="grow">{t('live.back', { time: formatDuration(ms) })}</span>
    </div>
  );
}

function AwayBar({ lostAt }: { lostAt: number }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { tries, nextAt, tryNow } = useLive();
  const now = useNow();
  const isOnline = useIsOnline();
  if (!isOnline) {
    return (
      <div className="banner" role="status">
        <Icon of={IconWifiOff} />
        <span className="grow">{t('live.offlineSince', { time: formats.time(lostAt) })}</span>
      </div>
    );
  }
  const seconds = nextAt === undefined ? undefined : Math.max(0, Math.ceil((nextAt - now) / 1000));
  return (
    <div className="banner">
      <Icon of={IconRefresh} />
      <span className="grow" role="status">
        {t('live.reconnecting', { count: tries })}
      </span>
      {seconds !== undefined && <span className="xs num">{t('live.nextIn', { seconds })}</span>}
      <button type="button" className="btn sm outline" onClick={tryNow}>
        {t('live.now')}
      </button>
    </div>
  );
}

function useIsOnline(): boolean {
  const [isOnline, setIsOnline] = useState(navigator.onLine);
  useEffect(() => {
    const update = (): void => setIsOnline(navigator.onLine);
    window.addEventListener('online', update);
    window.addEventListener('offline', update);
    return () => {
      window.removeEventListener('online', update);
      window.removeEventListener('offline', update);
    };
  }, []);
  return isOnline;
}
