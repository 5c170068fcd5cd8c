import { createContext, useContext, type ComponentType } from 'react';
import type { TablerIcon } from '@tabler/icons-react';

/** Parts of other features that a phone has too; the app hands them in. */
export interface PhoneParts {
  EmojiPopover: ComponentType<{ icon: TablerIcon; onChoose: (emoji: string) => void }>;
  Voice: ComponentType<{ url: string; isFirst: boolean }>;
}

export const PartsContext = createContext<PhoneParts | undefined>(undefined);

export function useParts(): PhoneParts {
  const parts = useContext(PartsContext);
  if (!parts) throw new Error('The page has no PartsContext.');
  return parts;
}
