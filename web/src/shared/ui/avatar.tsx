import type { ReactNode } from 'react';

const GROUNDS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

/** One or two letters of a name in any script: its first and its last word's, one of a name in Han or Hangul. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = firstLetter(words[0]);
  if (isWide(first) || words.length < 2) return first.toUpperCase();
  return `${first}${firstLetter(words.at(-1))}`.toUpperCase();
}

const firstLetter = (word = ''): string => /\p{L}|\p{N}/u.exec(word)?.[0] ?? '';
const isWide = (letter: string): boolean => /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}/u.test(letter);

/** The same ground for the same person, wherever they are shown. */
function groundOf(name: string): (typeof GROUNDS)[number] {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997;
  return GROUNDS[sum % GROUNDS.length] ?? 'a';
}

/** A person's initials on one of six quiet grounds; the name stands beside it. */
export function Avatar({
  name,
  size = 32,
  children,
}: {
  name: string;
  size?: 24 | 28 | 32 | 36 | 40 | 48;
  children?: ReactNode;
}): ReactNode {
  const sizeClass = size === 32 ? '' : `s${size}`;
  return (
    <span className={`av ${groundOf(name)} ${sizeClass}`} aria-hidden="true">
      {initialsOf(name)}
      {children}
    </span>
  );
}
