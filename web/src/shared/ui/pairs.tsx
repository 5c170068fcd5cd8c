import type { ReactNode } from 'react';

/** Pairs of a name and a value. */
export function Pairs({ pairs }: { pairs: readonly (readonly [string, ReactNode])[] }): ReactNode {
  return (
    <dl className="dl">
      {pairs.map(([name, value]) => (
        <div key={name} className="pair">
          <dt>{name}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
