import type { ReactNode } from 'react';

/** A group of fields under one title and one sentence. */
export function Group({ title, text, children }: { title: string; text: string; children: ReactNode }): ReactNode {
  return (
    <section className="group">
      <div>
        <h2>{title}</h2>
        <p>{text}</p>
      </div>
      <div className="fields">{children}</div>
    </section>
  );
}
