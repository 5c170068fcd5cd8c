import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { balanceQuery } from '../data/operations.ts';
import { ofKind, useItems } from '../data/items.ts';
import { useWords } from '../form/words.ts';

/** What came in and went out, by day and Page: a day that balances has handled all that came in. */
export function Balance(): ReactNode {
  const { word } = useWords();
  const formats = useFormats();
  const accounts = ofKind(useItems(), 'account');
  const balance = useQuery(balanceQuery).data;
  if (!balance) return null;
  const nameOf = (pageId: string): string =>
    accounts.find(({ document }) => document.pageId === pageId)?.name ?? pageId;
  return (
    <section>
      <h2>{word('balance.title')}</h2>
      <p className="xs muted">{word('balance.text')}</p>
      {balance.items.length === 0 && <p className="muted">{word('balance.none')}</p>}
      {balance.items.length > 0 && (
        <div className="scroll sideways" tabIndex={0} role="region" aria-label={word('balance.title')}>
          <table className="small-table">
            <thead>
              <tr>
                <th scope="col">{word('balance.day')}</th>
                <th scope="col">{word('columns.page')}</th>
                {['in', 'handled', 'waiting', 'parts', 'read', 'unknown', 'failed'].map((key) => (
                  <th key={key} scope="col" className="r">
                    {word(`balance.${key}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {balance.items.map((day) => (
                <tr key={`${day.pageId} ${day.day}`}>
                  <td className="num">{formats.day(day.day)}</td>
                  <td>{nameOf(day.pageId)}</td>
                  {[
                    day.in,
                    day.handled,
                    day.spooled + day.deadLettered,
                    day.parts,
                    day.out.delivered + day.out.read,
                    day.out.unknown,
                    day.out.failed,
                  ].map((value, index) => (
                    // Columns of one table: they never move.
                    // oxlint-disable-next-line react/no-array-index-key
                    <td key={index} className="r">
                      {formats.number(value)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
