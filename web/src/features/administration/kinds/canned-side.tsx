import type { ReactNode } from 'react';
import { useWords } from '../form/words.ts';

const PLACEHOLDERS = ['customer.firstName', 'customer.lastName', 'agent.name', 'page.name'];

/** What a canned response may leave to be filled. */
export function CannedSide(): ReactNode {
  const { word } = useWords();
  return (
    <>
      <h2>{word('canned.placeholders')}</h2>
      <p className="side-text">{word('canned.placeholdersText')}</p>
      <ul className="side-text mono">
        {PLACEHOLDERS.map((name) => (
          <li key={name}>{`$(${name})`}</li>
        ))}
      </ul>
    </>
  );
}
