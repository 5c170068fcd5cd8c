import type { ReactNode } from 'react';
import { create } from 'zustand';

interface Announcements {
  polite: string;
  assertive: string;
}

const useAnnouncements = create<Announcements>()(() => ({ polite: '', assertive: '' }));

/** Says something to screen readers: at once, or when they have finished. */
export function announce(text: string, how: keyof Announcements = 'polite'): void {
  // The same words again are no change, and would not be read.
  useAnnouncements.setState({ [how]: '' });
  setTimeout(() => useAnnouncements.setState({ [how]: text }), 50);
}

/** The regions that screen readers listen to. */
export function Announcer(): ReactNode {
  const { polite, assertive } = useAnnouncements();
  return (
    <>
      <div className="visually-hidden" role="status">
        {polite}
      </div>
      <div className="visually-hidden" role="alert">
        {assertive}
      </div>
    </>
  );
}
