import type { ReactNode } from 'react';

/** The bell of the desk: Attendant's mark. */
export function Mark(): ReactNode {
  return (
    <span className="mark">
      <svg
        viewBox="0 0 20 20"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        <path d="M3.5 13.5a6.500 6.500 0 0 1 13 0z" fill="currentColor" />
        <path d="M2.500 16.500h15M10 7V4.500M8.500 4h3" />
      </svg>
    </span>
  );
}
