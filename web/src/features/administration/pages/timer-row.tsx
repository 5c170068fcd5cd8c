import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { TimerView } from '../../../../../contracts/bulk-surgery-schema.ts';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import type { Turn } from '../data/timers.ts';
import { useWords } from '../form/words.ts';

/** What is going to happen, when and for whom; and what can be done about it. */
export function TimerRow({
  timer,
  isTicked,
  onTick,
  onAsk,
}: {
  timer: TimerView;
  isTicked: boolean;
  onTick: (isTicked: boolean) => void;
  onAsk: (what: { kind: Turn['kind']; isSkipped: boolean }) => void;
}): ReactNode {
  const { word } = useWords();
  const formats = useFormats();
  const { conversationId, kind, at, customer, blockTitle, block, scenario, service, account, agent } = timer;
  const who = customer.name === '' ? word('timers.nameless') : customer.name;
  const of = { what: word(`timers.kinds.${kind}`), who };
  const place = [blockTitle ?? block, scenario, service, account, agent].filter((each) => each !== null).join(' · ');
  const actions = [
    { key: 'fire', isOpen: timer.canFire, kind: 'fire-timer', isSkipped: false },
    { key: 'skip', isOpen: timer.canPutOff, kind: 'put-off-timer', isSkipped: true },
    { key: 'putOff', isOpen: timer.canPutOff, kind: 'put-off-timer', isSkipped: false },
  ] as const;
  return (
    <li className="trouble timer-row">
      <input
        type="checkbox"
        className="check-input"
        aria-label={word('timers.choose', of)}
        checked={isTicked}
        onChange={(event) => onTick(event.target.checked)}
      />
      <span className="grow">
        <span className="block">
          <time className="num med" dateTime={at}>
            {formats.moment(at)}
          </time>
          {' · '}
          <span className="med">{of.what}</span>
        </span>
        <span className="block">
          <Link to="/records/$id" params={{ id: conversationId }} search={{}}>
            <bdi>{who}</bdi>
          </Link>
        </span>
        <span className="block xs muted" dir="auto">
          {place}
        </span>
      </span>
      <span className="row timer-actions">
        {actions.map(({ key, isOpen, ...what }) => (
          <button
            key={key}
            type="button"
            className="btn sm outline"
            disabled={!isOpen}
            aria-label={word(`timers.doOne.${key}`, of)}
            onClick={() => onAsk(what)}
          >
            {word(`timers.do.${key}`)}
          </button>
        ))}
      </span>
    </li>
  );
}
