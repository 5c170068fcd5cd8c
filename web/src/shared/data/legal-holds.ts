import { queryOptions } from '@tanstack/react-query';
import type { LegalHoldView } from '../../../../contracts/legal-hold-schema.ts';
import { call, unwrap } from '../client/client.ts';

export type LegalHold = LegalHoldView;

/** What neither retention nor erasure removes. */
export const legalHoldsQuery = queryOptions({
  queryKey: ['legal-holds'],
  queryFn: async () => unwrap(await call('GET /api/v1/legal-holds')).items,
  staleTime: 5000,
});

/** Whether a conversation is held, and by which holds where one may know. */
export const holdOfQuery = (id: string) =>
  queryOptions({
    queryKey: ['legal-holds', 'of', id],
    queryFn: async () => unwrap(await call('GET /api/v1/conversations/:id/legal-hold', { params: { id } })),
    staleTime: 5000,
  });

/** What is held: a customer, or one conversation. */
export type HoldSubject = { customer: { pageId: string; psid: string } } | { conversationId: string };

/** Places a hold; gives what stands against it. */
export async function placeHold(subject: HoldSubject, reason: string): Promise<string | undefined> {
  const response = await call('POST /api/v1/legal-holds', { body: { ...subject, reason } });
  return response.ok ? undefined : response.error.message;
}

/** Releases a hold; gives what stands against it. */
export async function releaseHold(id: string): Promise<string | undefined> {
  const response = await call('DELETE /api/v1/legal-holds/:id', { params: { id } });
  return response.ok || response.status === 404 ? undefined : response.error.message;
}
