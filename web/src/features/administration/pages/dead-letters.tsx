import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { call } from '../../../shared/client/client.ts';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { deadLettersQuery } from '../data/operations.ts';
import { useWords } from '../form/words.ts';
import { TroubleList } from './trouble-list.tsx';
import { useAction } from './use-action.ts';

/** Webhook bodies that could not be handled; handling them again handles nothing twice. */
export function DeadLetters(): ReactNode {
  const { word } = useWords();
  const formats = useFormats();
  const act = useAction();
  const letters = useQuery(deadLettersQuery).data;
  if (!letters) return null;
  const kept = letters.filter(({ state }) => state === 'kept');
  const cards = kept.map(({ id, reason, cause, events, bytes, failedAt, replays }) => (
    <li key={id} className="trouble">
      <span className={`chip ${cause === 'failed' ? 'danger' : 'warn'}`}>{word(`letters.causes.${cause}`)}</span>
      <span className="grow">
        <span className="block">{reason}</span>
        <span className="xs muted num">
          {formats.moment(failedAt)} · {word('letters.events', { count: events })} · {formats.bytes(bytes)}
          {replays > 0 && ` · ${word('letters.replays', { count: replays })}`}
        </span>
      </span>
      <button
        type="button"
        className="btn sm outline"
        onClick={() =>
          void act(() => call('POST /api/v1/dead-letters/:id/replay', { params: { id } }), {
            done: word('letters.replayed'),
            shows: ['dead-letters', 'ledger-balance'],
          })
        }
      >
        {word('letters.replay')}
      </button>
    </li>
  ));
  return <TroubleList title={word('letters.title')} none={word('letters.none')} cards={cards} />;
}
