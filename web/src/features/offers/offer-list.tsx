import './offers.css';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { offersQuery } from '../../shared/data/offers.ts';
import { useNow } from '../../shared/lib/clock.ts';
import { OfferCard } from './offer-card.tsx';

/** What is offered, docked at the head of the list; the first one answers to the keys. */
export function OfferList({ onAccepted }: { onAccepted: (conversationId: string) => void }): ReactNode {
  const offers = useQuery(offersQuery).data ?? [];
  const now = useNow();
  const open = offers.filter(({ expiresAt }) => Date.parse(expiresAt) > now);
  return (
    <div className="offers">
      {open.map((offer, index) => (
        <OfferCard key={offer.offerId} offer={offer} hasKeys={index === 0} onAccepted={onAccepted} />
      ))}
    </div>
  );
}
