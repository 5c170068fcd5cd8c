import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { surgeriesQuery } from '../data/timers.ts';
import { useWords } from '../form/words.ts';
import { Counts } from './turn-dialog.tsx';

/** What was done to many conversations lately, by whom, and what it came to. */
export function LatestTurns(): ReactNode {
  const { word } = useWords();
  const formats = useFormats();
  const operations = useQuery(surgeriesQuery).data ?? [];
  if (operations.length === 0) return null;
  return (
    <section>
      <h2>{word('timers.latest')}</h2>
      <ul className="cards">
        {operations.map((operation) => {
          const { id, by, surgery, state, startedAt } = operation;
          return (
            <li key={id} className="trouble">
              <span className="grow">
                <span className="block med">{word(`timers.surgeries.${surgery.kind}`)}</span>
                <Counts operation={operation} />
                <span className="xs muted num">
                  {word('timers.by.person', { name: by, time: formats.moment(startedAt) })}
                </span>
              </span>
              <span className="chip">{word(`timers.states.${state}`)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
