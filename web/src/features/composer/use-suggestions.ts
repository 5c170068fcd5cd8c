import { useEffect, useId, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { CannedUse } from '../../../../contracts/canned-response-schema.ts';
import type { ConversationView } from '../../shared/data/chats.ts';
import { useColleagues } from '../../shared/data/colleagues.ts';
import type { WritingMode } from '../../shared/data/drafts.ts';
import { useMe } from '../../shared/data/session.ts';
import { findBegun, suggestFor, type Begun, type Suggestion } from './begun.ts';

export interface SuggestionsState {
  suggestions: Suggestion[];
  title: string;
  active: number;
  listId: string;
  choose: (index: number) => void;
  /** Looks at what is before the caret. */
  look: () => void;
  /** True: the key was meant for the list. */
  onKeyDown: (event: KeyboardEvent) => boolean;
  fieldProps: object;
  /** User names of those who are named in a note. */
  mentionsIn: (text: string) => string[];
}

/** In which way of writing each sign means something. */
const MEANT_FOR: Readonly<Record<Begun['sign'], readonly WritingMode[]>> = {
  ':': ['reply', 'note', 'inner'],
  '@': ['note'],
  '/': ['reply'],
};

/** What was begun before the caret, and what may stand for it. */
function useBegun({
  box,
  text,
  mode,
  conversationId,
}: {
  box: RefObject<HTMLTextAreaElement | null>;
  text: string;
  mode: WritingMode;
  conversationId: string;
}) {
  const { username } = useMe();
  const names = useColleagues((store) => store.names);
  const [begun, setBegun] = useState<Begun>();
  const [suggestions, setSuggestions] = useState<Suggestion[]>([]);
  const [active, setActive] = useState(0);

  function look(): void {
    const caret = box.current?.selectionStart;
    const found = caret === undefined ? undefined : findBegun(box.current?.value ?? '', caret);
    setBegun((before) =>
      before?.sign === found?.sign && before?.words === found?.words && before?.start === found?.start ? before : found,
    );
  }
  useEffect(look, [text, box]);
  useEffect(() => {
    let isWanted = true;
    setActive(0);
    const isMeant = begun !== undefined && MEANT_FOR[begun.sign].includes(mode);
    const suggesting = isMeant ? suggestFor(begun, { names, me: username, conversationId }) : Promise.resolve([]);
    suggesting.then(
      (found) => {
        if (isWanted) setSuggestions(found);
      },
      () => setSuggestions([]),
    );
    return () => {
      isWanted = false;
    };
  }, [begun, mode, names, username, conversationId]);

  return { begun, setBegun, look, suggestions, active, setActive };
}

/** What is suggested while one writes, and the keys that choose from it. */
export function useSuggestions({
  box,
  text,
  mode,
  conversation,
  onChange,
  onCanned,
}: {
  box: RefObject<HTMLTextAreaElement | null>;
  text: string;
  mode: WritingMode;
  conversation: ConversationView;
  onChange: (text: string) => void;
  /** A canned response was put in. */
  onCanned: (canned: CannedUse) => void;
}): SuggestionsState {
  const { t } = useTranslation();
  const listId = useId();
  const names = useColleagues((store) => store.names);
  const { begun, setBegun, look, suggestions, active, setActive } = useBegun({
    box,
    text,
    mode,
    conversationId: conversation.id,
  });

  function choose(index: number): void {
    const suggestion = suggestions[index];
    const field = box.current;
    if (!suggestion || !begun || !field) return;
    const end = begun.start + begun.words.length + 1;
    const inserted = `${suggestion.inserted} `;
    onChange(text.slice(0, begun.start) + inserted + text.slice(end));
    if (suggestion.canned) onCanned(suggestion.canned);
    setBegun(undefined);
    const caret = begun.start + inserted.length;
    requestAnimationFrame(() => {
      field.focus();
      field.setSelectionRange(caret, caret);
    });
  }

  function onKeyDown(event: KeyboardEvent): boolean {
    if (suggestions.length === 0) return false;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) setActive((active + by + suggestions.length) % suggestions.length);
    else if (event.key === 'Enter' || event.key === 'Tab') choose(active);
    else if (event.key === 'Escape') setBegun(undefined);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  const isOpen = suggestions.length > 0;
  return {
    suggestions,
    title: {
      '@': t('composer.colleagues'),
      ':': t('composer.emojiFor', { words: begun?.words ?? '' }),
      '/': begun?.words ? t('composer.cannedFor', { words: begun.words }) : t('composer.canned'),
    }[begun?.sign ?? ':'],
    active,
    listId,
    choose,
    look,
    onKeyDown,
    fieldProps: isOpen
      ? {
          role: 'combobox',
          'aria-expanded': true,
          'aria-controls': listId,
          'aria-activedescendant': `${listId}-${active}`,
          'aria-autocomplete': 'list',
        }
      : {},
    mentionsIn: (written) =>
      Object.entries(names)
        .filter(([, name]) => written.includes(`@${name}`))
        .map(([each]) => each),
  };
}
