import { queryOptions } from '@tanstack/react-query';
import { call, unwrap } from '../../../shared/client/client.ts';

const REFRESH_MS = 15_000;

export const alertsQuery = queryOptions({
  queryKey: ['alerts', 'open'],
  queryFn: async () => unwrap(await call('GET /api/v1/alerts', { query: { state: 'open' } })).items,
  refetchInterval: REFRESH_MS,
});

export const deadLettersQuery = queryOptions({
  queryKey: ['dead-letters'],
  queryFn: async () => unwrap(await call('GET /api/v1/dead-letters')).items,
  refetchInterval: REFRESH_MS,
});

export const balanceQuery = queryOptions({
  queryKey: ['ledger-balance'],
  queryFn: async () => unwrap(await call('GET /api/v1/ledger/balance')),
  refetchInterval: REFRESH_MS,
});

/** Parts that need a person: of unknown fate, parked, failed. */
export const partsQuery = (status: 'unknown' | 'parked' | 'failed') =>
  queryOptions({
    queryKey: ['ledger-parts', status],
    queryFn: async () => unwrap(await call('GET /api/v1/ledger/parts', { query: { status } })).items,
    refetchInterval: REFRESH_MS,
  });

export const deliveriesQuery = (webhook: string) =>
  queryOptions({
    queryKey: ['webhook-deliveries', webhook],
    queryFn: async () => unwrap(await call('GET /api/v1/webhook-deliveries', { query: { webhook } })).items,
    refetchInterval: REFRESH_MS,
  });

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: async () => unwrap(await call('GET /api/v1/tokens')).items,
});

export const scopesQuery = queryOptions({
  queryKey: ['token-scopes'],
  queryFn: async () => unwrap(await call('GET /api/v1/tokens/scopes')).items,
  staleTime: Infinity,
});
