import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Icon } from '../../../shared/ui/icon.tsx';

/** What needs a person, each in a card of its own; that there is nothing is said, too. */
export function TroubleList({
  title,
  none,
  cards,
}: {
  title: string;
  none: string;
  cards: readonly ReactNode[];
}): ReactNode {
  return (
    <section>
      <h2>{title}</h2>
      {cards.length === 0 ? (
        <p className="row muted">
          <Icon of={IconCheck} />
          {none}
        </p>
      ) : (
        <ul className="cards">{cards}</ul>
      )}
    </section>
  );
}
