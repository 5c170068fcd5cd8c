import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ofKind, useItems } from '../data/items.ts';
import { useWords } from '../form/words.ts';

const NAMES = [
  'inactivityTimeout',
  'inactivityWarning',
  'inactivityClosing',
  'agentSilence',
  'onAgentSilence',
  'readReceipts',
  'onError',
] as const;

/** In which order settings hold, and which accounts and entries say something else. */
export function ChatSettingsSide(): ReactNode {
  const { word } = useWords();
  const items = useItems();
  const accounts = ofKind(items, 'account').map(({ name, document }) => ({ name, said: document.chat ?? {} }));
  const entries = ofKind(items, 'entry').map(({ name, document }) => ({ name, said: document }));
  return (
    <>
      <h2>{word('entry.order')}</h2>
      <p className="side-text">{word('entry.orderText')}</p>
      <h2>{word('chat.otherwise')}</h2>
      <ul className="side-text others">
        {(
          [
            ['accounts', accounts],
            ['entries', entries],
          ] as const
        ).flatMap(([section, all]) =>
          all.flatMap(({ name, said }) => {
            const names = NAMES.filter((key) => said[key] !== undefined);
            if (names.length === 0) return [];
            return [
              <li key={`${section} ${name}`}>
                <Link to="/admin/$section/edit/$name" params={{ section, name }}>
                  {name}
                </Link>
                <span className="block">
                  {names.map((key) => word(`fields.chat-settings.${key}.label`)).join(', ')}
                </span>
              </li>,
            ];
          }),
        )}
      </ul>
    </>
  );
}
