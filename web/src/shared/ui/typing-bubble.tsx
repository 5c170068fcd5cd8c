import type { ReactNode } from 'react';

/** Somebody is writing. */
export function TypingBubble({ label }: { label: string }): ReactNode {
  return (
    <span className="bubble first typing" role="img" aria-label={label}>
      <i />
      <i />
      <i />
    </span>
  );
}
