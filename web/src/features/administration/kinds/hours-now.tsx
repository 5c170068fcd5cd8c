import { IconClock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { machineTimeZone } from '../../../shared/data/settings.ts';
import { useNow } from '../../../shared/lib/clock.ts';
import { Icon } from '../../../shared/ui/icon.tsx';
import { ofKind, useItems } from '../data/items.ts';
import { useWords } from '../form/words.ts';
import { openNow, timeOf } from '../model/week.ts';

const DAY = 24 * 60;
const SOON = 12 * 60;

/** Whether hours are open, and until when. No hours: always. */
export function HoursNow({ name }: { name: string }): ReactNode {
  const { word } = useWords();
  const now = useNow();
  const hours = ofKind(useItems(), 'hours').find((item) => item.name === name)?.document;
  if (!hours)
    return (
      <span className="row row-1 muted">
        <Icon of={IconClock} size={14} />
        {word('hours.always')}
      </span>
    );
  const { isOpen, changesAt } = openNow(hours, { at: now, timeZone: hours.timeZone ?? machineTimeZone() });
  const time = changesAt === undefined ? '' : timeOf(changesAt);
  const key = isOpen
    ? changesAt === undefined
      ? 'openAlways'
      : 'openUntil'
    : changesAt === undefined
      ? 'neverOpen'
      : changesAt >= DAY
        ? 'closedUntilDay'
        : 'opensAt';
  const isSoon = !isOpen && changesAt !== undefined && changesAt < SOON + DAY && changesAt < DAY;
  return (
    <span className={`row row-1 ${isOpen ? 'secondary' : isSoon ? 't-warn' : 'muted'}`}>
      <Icon of={IconClock} size={14} />
      {word(`hours.${key}`, { time, count: Math.floor((changesAt ?? 0) / DAY) })}
    </span>
  );
}
