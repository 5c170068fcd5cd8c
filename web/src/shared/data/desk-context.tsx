import { createContext, useContext } from 'react';
import type { OutboxSender } from './outbox.ts';

/** What every part of the desktop works with. */
export interface Desk {
  sender: OutboxSender;
}

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('There is no desk here');
  return desk;
}
