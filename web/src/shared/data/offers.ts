import { queryOptions, type QueryClient } from '@tanstack/react-query';
import type { OfferView } from '../../../../contracts/conversation-view-schema.ts';
import { call, unwrap } from '../client/client.ts';

export type { OfferView };

/** What I am asked to take, the oldest first. */
export const offersQuery = queryOptions({
  queryKey: ['offers'],
  queryFn: async () => unwrap(await call('GET /api/v1/agents/me/offers')).items,
  staleTime: Infinity,
});

export function storeOffer(queryClient: QueryClient, offer: OfferView): void {
  queryClient.setQueryData(offersQuery.queryKey, (offers = []) => [
    ...offers.filter(({ offerId }) => offerId !== offer.offerId),
    offer,
  ]);
}

export function dropOffer(queryClient: QueryClient, offerId: string): void {
  queryClient.setQueryData(offersQuery.queryKey, (offers) => offers?.filter((offer) => offer.offerId !== offerId));
}
