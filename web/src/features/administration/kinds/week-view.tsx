import type { ReactNode } from 'react';
import { WEEKDAYS } from '../../../../../contracts/hours.ts';
import { useWords } from '../form/words.ts';
import { stretchesOf, timeOf, type WrittenOpening } from '../model/week.ts';

const DAY = 24 * 60;
const MARKS = [0, 6, 12, 18, 24];

/** A week as seven bars; each says in words what it shows. */
export function WeekView({ open }: { open: readonly WrittenOpening[] }): ReactNode {
  const { word } = useWords();
  return (
    <div className="week" role="group" aria-label={word('hours.week')}>
      {WEEKDAYS.map((day) => {
        const stretches = stretchesOf(open, day);
        const words = stretches
          .map(({ from, to }) => `${timeOf(from)}–${to === DAY ? '24:00' : timeOf(to)}`)
          .join(', ');
        return (
          <div key={day} className="week-day">
            <span className="xs muted">{word(`hours.short.${day}`)}</span>
            <svg viewBox={`0 0 ${DAY} 20`} preserveAspectRatio="none" aria-hidden="true">
              <rect className="week-track" x="0" y="0" width={DAY} height="20" rx="4" />
              {stretches.map(({ from, to }) => (
                <rect key={from} className="week-open" x={from} y="0" width={to - from} height="20" />
              ))}
            </svg>
            <span className="xs num week-words">{words === '' ? word('hours.closed') : words}</span>
          </div>
        );
      })}
      <div className="week-day" aria-hidden="true">
        <span />
        <span className="week-marks xs muted num">
          {MARKS.map((hour) => (
            <span key={hour}>{hour}</span>
          ))}
        </span>
        <span />
      </div>
    </div>
  );
}
