import { useNow } from '../../../shared/lib/clock.ts';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { useWords } from '../form/words.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long ago something was, as people say it; beyond a day the day and the time. */
export function useAgo(): (at: string | number) => string {
  const { word } = useWords();
  const formats = useFormats();
  const now = useNow();
  return (at) => {
    const ms = Math.max(0, now - new Date(at).getTime());
    if (ms < MINUTE_MS) return word('ago.seconds', { count: Math.floor(ms / 1000) });
    if (ms < HOUR_MS) return word('ago.minutes', { count: Math.floor(ms / MINUTE_MS) });
    if (ms < 24 * HOUR_MS) return word('ago.hours', { count: Math.floor(ms / HOUR_MS) });
    return formats.moment(at);
  };
}
