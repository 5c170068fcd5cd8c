import type { ReactNode } from 'react';
import { parse } from './describe-call.ts';

const TOKENS = /("(?:\\.|[^"\\])*")(\s*:)?/g;

/** JSON in lines, with names and texts told apart; anything else as it stands. */
export function JsonText({ text }: { text: string }): ReactNode {
  const pretty = prettyJson(text);
  const parts: ReactNode[] = [];
  let from = 0;
  for (const match of pretty.matchAll(TOKENS)) {
    const [whole, quoted, colon] = match;
    parts.push(pretty.slice(from, match.index));
    parts.push(colon === undefined ? <i key={match.index}>{quoted}</i> : <b key={match.index}>{quoted}</b>, colon);
    from = match.index + whole.length;
  }
  return (
    <pre className="json-text">
      {parts}
      {pretty.slice(from)}
    </pre>
  );
}

export function prettyJson(text: string): string {
  const value = parse(text);
  return value === undefined ? text : JSON.stringify(value, undefined, 2);
}
