import type { ReactNode } from 'react';

/** The head of a page of administration: its name, and what can be done. */
export function PageHead({
  title,
  count,
  children,
}: {
  title: string;
  count?: number;
  children?: ReactNode;
}): ReactNode {
  return (
    <header className="admin-head">
      <h1 className="clip">{title}</h1>
      {count !== undefined && <span className="muted num">{count}</span>}
      <span className="end row">{children}</span>
    </header>
  );
}
