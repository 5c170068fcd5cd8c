import { describe, expect, it } from 'vitest';
import type { Document, WithId } from 'mongodb';
import { createActors } from '../../adapters/temporal/actors.ts';
import { message } from '../support/customer.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer } from '../support/customer.ts';
import { seedPage } from '../support/seed-configuration.ts';
import { until } from '../support/until.ts';

/** Three bytes a character in UTF-8: 400 of them are more than Temporal carries at once. */
const LONG = '長'.repeat(2000);
/** How long a burst may take beside all other tests. */
const GIVEN_MS = 220_000;

const stack = useActorStack();

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
  ])('%s is in the transcript, each message once and in order', { timeout: 240_000 }, async (_where, count, blocks) => {
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
    const rows = await readTranscript(written, count);
    expect(missingOf(rows, count)).toEqual([]);
    const order = rows.toSorted((a, b) => (a['conversationId'] === b['conversationId'] ? a['seq'] - b['seq'] : 0));
    expect(rows).toHaveLength(count);
    for (const times of timesByConversation(order)) expect(times).toEqual(times.toSorted((a, b) => a - b));
    const closed = stack.client.workflow.list({ query: `WorkflowId = "${customer.workflowId}"` });
    for await (const { status } of closed) expect(['RUNNING', 'COMPLETED', 'CONTINUED_AS_NEW']).toContain(status.name);
  });
});

/** The rows of a transcript as soon as it has so many, or after a while what there is. */
async function readTranscript(written: object, count: number): Promise<WithId<Document>[]> {
  const messages = stack.db.collection('messages');
  await until(
    'the whole transcript',
    async () => (await messages.countDocuments(written)) >= count || undefined,
    GIVEN_MS,
  ).catch(() => undefined);
  return messages.find(written).toArray();
}

/** Numbers of the messages that no row has. */
function missingOf(rows: Record<string, unknown>[], count: number): number[] {
  const found = new Set(rows.map(({ text }) => Number.parseInt(text as string, 10)));
  return Array.from({ length: count }, (_, n) => n).filter((n) => !found.has(n));
}

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
