import { createContext, useContext } from 'react';
import type { MessageView } from '../../shared/data/messages.ts';

/** What every message of a transcript may need to know of it. */
interface TranscriptAbout {
  customer: string;
  service: string | undefined;
  conversationId: string;
  /** An earlier conversation, or one that others have. */
  isReadOnly: boolean;
  onQuote: ((text: string) => void) | undefined;
}

export const TranscriptContext = createContext<TranscriptAbout | undefined>(undefined);

/** All that is loaded, apart: it changes with each message, and few rows look at others. */
export const MessagesContext = createContext<readonly MessageView[]>([]);

export function useTranscript(): TranscriptAbout {
  const about = useContext(TranscriptContext);
  if (!about) throw new Error('There is no transcript here');
  return about;
}
