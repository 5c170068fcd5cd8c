import { useEffect, useRef } from 'react';

/** What keys can do, wherever the focus is. */
export type Command =
  | 'accept'
  | 'reject'
  | 'previous-chat'
  | 'next-chat'
  | 'longest-waiting'
  | 'transfer'
  | 'note'
  | 'wrap-up'
  | 'state'
  | 'composer'
  | 'suggest'
  | 'suggestion-1'
  | 'suggestion-2'
  | 'suggestion-3'
  | 'next-region'
  | 'palette'
  | 'help';

/** Keys by their place on the keyboard: with Alt a Mac types letters. */
const KEYS: Readonly<Record<string, Command>> = {
  'Alt+KeyA': 'accept',
  'Alt+KeyR': 'reject',
  'Ctrl+ArrowUp': 'previous-chat',
  'Ctrl+ArrowDown': 'next-chat',
  'Ctrl+Shift+ArrowDown': 'longest-waiting',
  'Alt+KeyT': 'transfer',
  'Alt+KeyN': 'note',
  'Alt+KeyW': 'wrap-up',
  'Alt+KeyS': 'state',
  'Alt+KeyG': 'suggest',
  'Alt+Digit1': 'suggestion-1',
  'Alt+Digit2': 'suggestion-2',
  'Alt+Digit3': 'suggestion-3',
  Escape: 'composer',
  F6: 'next-region',
  'Ctrl+KeyK': 'palette',
  'Ctrl+Slash': 'help',
};

/** The keys as a person reads them. */
export const KEY_NAMES: Readonly<Record<Command, string>> = {
  accept: 'Alt A',
  reject: 'Alt R',
  'previous-chat': 'Ctrl ↑',
  'next-chat': 'Ctrl ↓',
  'longest-waiting': 'Ctrl Shift ↓',
  transfer: 'Alt T',
  note: 'Alt N',
  'wrap-up': 'Alt W',
  state: 'Alt S',
  composer: 'Esc',
  suggest: 'Alt G',
  'suggestion-1': 'Alt 1',
  'suggestion-2': 'Alt 2',
  'suggestion-3': 'Alt 3',
  'next-region': 'F6',
  palette: 'Ctrl K',
  help: 'Ctrl /',
};

const handlers = new Map<Command, (() => void)[]>();

/** Says what a command does while this component is shown; of several the one that came last. */
export function useCommand(command: Command, act: (() => void) | undefined): void {
  const latest = useRef(act);
  latest.current = act;
  const isOn = act !== undefined;
  useEffect(() => {
    if (!isOn) return undefined;
    const run = (): void => latest.current?.();
    handlers.set(command, [...(handlers.get(command) ?? []), run]);
    return () => {
      handlers.set(
        command,
        (handlers.get(command) ?? []).filter((each) => each !== run),
      );
    };
  }, [command, isOn]);
}

/** Carries out what the keys mean; they do nothing while a dialog is open, which has keys of its own. */
export function onKeyDown(event: KeyboardEvent): void {
  if (event.isComposing || document.querySelector('[aria-modal="true"]')) return;
  const keys = `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${event.shiftKey ? 'Shift+' : ''}${event.code}`;
  const command = KEYS[keys];
  const act = command && handlers.get(command)?.at(-1);
  if (!act || event.defaultPrevented) return;
  event.preventDefault();
  act();
}
