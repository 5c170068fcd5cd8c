import type { ReactNode } from 'react';
import { attempt } from './attempt.ts';
import { phoneOf, type Button, type Parties } from './simulator-api.ts';

/** A button of the Page: it tells the Page, leads elsewhere, or calls. */
export function TapButton({ button, parties }: { button: Button; parties: Parties }): ReactNode {
  const { title, payload = '', type, url } = button;
  if (type === 'web_url') {
    return (
      <a href={url} target="_blank" rel="noopener noreferrer">
        {title}
      </a>
    );
  }
  if (type === 'phone_number') return <a href={`tel:${payload}`}>{title}</a>;
  return (
    <button type="button" onClick={() => attempt(() => phoneOf(parties).press(title, payload))}>
      {title}
    </button>
  );
}
