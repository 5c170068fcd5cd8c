import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createActors } from '../../adapters/temporal/actors.ts';
import { message } from '../support/customer.ts';
import { startActorStack, type ActorStack } from '../support/actor-stack.ts';
import { createCustomer } from '../support/customer.ts';
import { seedPage } from '../support/seed-configuration.ts';
import { until } from '../support/until.ts';

/** Three bytes a character in UTF-8: 400 of them are more than Temporal carries at once. */
const LONG = '長'.repeat(2000);

let stack: ActorStack;

beforeAll(async () => {
  stack = await startActorStack();
});

afterAll(() => stack.close());

describe('a customer’s burst of long messages', () => {
  it.each([
    ['in a conversation that goes on', 1000, `  wait:\n    wait: { for: 1h }\n`],
    ['around the ends of conversations', 360, `  end:\n    exit: {}\n`],
    [
      'that are answered at the same length',
      400,
      `  say:
    send-message: { text: "$(item.message)", wait: { into: said } }
  again:
    goto: say
`,
    ],
  ])('%s is in the transcript, each message once and in order', { timeout: 120_000 }, async (_where, count, blocks) => {
    const page = await seedPage(stack.store, { scenario: `attendant: 1\nscenario: flood\nblocks:\n${blocks}` });
    const customer = createCustomer(stack.client, page.pageId);
    const key = { pageId: page.pageId, psid: customer.psid };
    const actors = createActors(stack.client);
    const startedAt = Date.now();
    const events = Array.from({ length: count }, (_, n) => message(`${n} ${LONG}`, { at: startedAt + n }));
    for (let from = 0; from < count; from += 50) {
      expect(await actors.deliverCustomerEvents(key, events.slice(from, from + 50))).toBe(true);
    }
    const written = { ...key, direction: 'in' as const };
    await until(
      'the whole transcript',
      async () => (await stack.db.collection('messages').countDocuments(written)) === count,
      100_000,
    );
    const rows = await stack.db.collection('messages').find(written).toArray();
    const order = rows.toSorted((a, b) => (a['conversationId'] === b['conversationId'] ? a['seq'] - b['seq'] : 0));
    expect(new Set(rows.map(({ key: of }) => of)).size).toBe(count);
    for (const times of timesByConversation(order)) expect(times).toEqual(times.toSorted((a, b) => a - b));
    const closed = stack.client.workflow.list({ query: `WorkflowId = "${customer.workflowId}"` });
    for await (const { status } of closed) expect(['RUNNING', 'COMPLETED', 'CONTINUED_AS_NEW']).toContain(status.name);
  });
});

/** The times at which messages were written, by conversation, in the order of the transcript. */
function timesByConversation(rows: Record<string, unknown>[]): number[][] {
  const groups = new Map<unknown, number[]>();
  for (const row of rows) {
    const times = groups.get(row['conversationId']) ?? [];
    times.push((row['at'] as Date).getTime());
    groups.set(row['conversationId'], times);
  }
  return [...groups.values()];
}
