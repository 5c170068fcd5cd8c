import { queryOptions, useQuery } from '@tanstack/react-query';
import { call, unwrap } from '../../../shared/client/client.ts';
import type { CheckResult } from '../../../../../contracts/account-check-schema.ts';
import type { SendLaneView } from '../../../../../contracts/send-lane-schema.ts';

/** What a test of a connection found, and when. */
export interface TestResult {
  checks: CheckResult[];
  at: number;
}

/** The last test of an account in this browser; run by hand. */
export const testQuery = (name: string) =>
  queryOptions({
    queryKey: ['account-test', name],
    queryFn: () => testAccount(name, false),
    enabled: false,
    staleTime: Infinity,
    retry: false,
  });

/** Asks Meta, one result for each check. `subscribe`: what the Page misses is subscribed first. */
export async function testAccount(name: string, subscribe: boolean): Promise<TestResult> {
  const response = await call('POST /api/v1/accounts/:name/test', { params: { name }, body: { subscribe } });
  return { checks: unwrap(response).checks, at: Date.now() };
}

export const SEND_LANES = 'send-lanes';

const sendLanesQuery = queryOptions({
  queryKey: [SEND_LANES],
  queryFn: async () => unwrap(await call('GET /api/v1/send-lanes')).items,
  staleTime: 5000,
  refetchInterval: 10_000,
});

/** How a Page stands with Meta. */
export function useSendLane(account: string | undefined): SendLaneView | undefined {
  return useQuery(sendLanesQuery).data?.find((lane) => lane.account === account);
}

export const systemQuery = queryOptions({
  queryKey: ['system'],
  queryFn: async () => unwrap(await call('GET /api/v1/system')),
  staleTime: 10_000,
});
