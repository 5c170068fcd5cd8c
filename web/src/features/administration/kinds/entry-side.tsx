import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ofKind, useItems } from '../data/items.ts';
import { useWords } from '../form/words.ts';
import type { ExtraProps } from '../model/section.ts';

/** What an entry binds, in the guide's words, and who has which Page already. */
export function EntrySide({ item, values }: ExtraProps): ReactNode {
  const { word } = useWords();
  const items = useItems();
  const entries = ofKind(items, 'entry').filter(({ name }) => name !== item?.name);
  const accounts = ofKind(items, 'account');
  const account = accounts.find(({ name }) => name === values['account']);
  const username = account?.document.pageUsername;
  return (
    <>
      <h2>{word('entry.rule')}</h2>
      <p className="side-text">{word('entry.ruleText')}</p>
      <dl className="dl side-list">
        {accounts.map(({ name }) => {
          const holder = entries.find(({ document }) => document.account === name);
          return (
            <div key={name} className="pair">
              <dt className="clip">{name}</dt>
              <dd>
                {holder ? (
                  <Link to="/admin/$section/edit/$name" params={{ section: 'entries', name: holder.name }}>
                    {holder.name}
                  </Link>
                ) : name === values['account'] ? (
                  word('entry.thisOne')
                ) : (
                  word('entry.free')
                )}
              </dd>
            </div>
          );
        })}
      </dl>
      {username !== undefined && (
        <>
          <h2>{word('entry.link')}</h2>
          <p className="side-text mono">{`https://m.me/${username}`}</p>
        </>
      )}
      <h2>{word('entry.order')}</h2>
      <p className="side-text">{word('entry.orderText')}</p>
    </>
  );
}
