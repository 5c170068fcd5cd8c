import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { RouteBody } from '../../../../../contracts/http-client.ts';
import { call } from '../../../shared/client/client.ts';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { partsQuery } from '../data/operations.ts';
import { useWords } from '../form/words.ts';
import { TroubleList } from './trouble-list.tsx';
import { useAction } from './use-action.ts';

type Part = RouteBody<'GET /api/v1/ledger/parts'>['items'][number];

/** Messages whose fate a person decides: of unknown delivery, or waiting for one. */
export function PartsInNeed(): ReactNode {
  const { word } = useWords();
  const queries = useQueries({ queries: [partsQuery('unknown'), partsQuery('parked')] });
  const parts = queries.flatMap(({ data = [] }) => data);
  if (queries.some(({ data }) => data === undefined)) return null;
  const cards = parts.map((part) => <PartCard key={part.id} part={part} />);
  return <TroubleList title={word('parts.title')} none={word('parts.none')} cards={cards} />;
}

function PartCard({ part: { id, status, reason, parked, at, author } }: { part: Part }): ReactNode {
  const { word } = useWords();
  const formats = useFormats();
  const act = useAction();
  return (
    <li className="trouble">
      <span className="chip warn">{word(parked ? `parts.by.${parked.by}` : `parts.states.${status}`)}</span>
      <span className="grow">
        <span className="block">{parked?.reason ?? reason ?? word('parts.noReason')}</span>
        <span className="xs muted num">
          {formats.moment(at)} · {word(`parts.authors.${author}`)}
        </span>
      </span>
      {(['retry', 'discard'] as const).map((what) => (
        <button
          key={what}
          type="button"
          className="btn sm outline"
          onClick={() =>
            void act(() => call(`POST /api/v1/ledger/parts/:id/${what}`, { params: { id } }), {
              done: word(`parts.done.${what}`),
              shows: ['ledger-parts', 'ledger-balance'],
            })
          }
        >
          {word(`parts.do.${what}`)}
        </button>
      ))}
    </li>
  );
}
