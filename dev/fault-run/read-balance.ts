import type { z } from 'zod';
import { balanceResponseSchema } from '../../contracts/ledger-schema.ts';
import type { RunningStack } from '../../test/support/running-stack.ts';

/** One Page's UTC day in the ledger's balance. */
export type DayBalance = z.infer<typeof balanceResponseSchema>['items'][number];

/** The ledger's balance as the API tells it. @throws where the api does not give one */
export async function readBalance(stack: RunningStack): Promise<DayBalance[]> {
  const { body } = await stack.call('GET', '/api/v1/ledger/balance');
  return balanceResponseSchema.parse(body).items;
}

/** Parts that have no end yet. */
export function countOpen(items: readonly DayBalance[]): number {
  return items.reduce((open, { out }) => open + out.queued + out.sending, 0);
}
