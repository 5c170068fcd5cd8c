import { describe, expect, it } from 'vitest';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { seedPage } from '../support/seed-configuration.ts';
import { until } from '../support/until.ts';
import { latestRecord, untilEnded, untilSent } from '../support/watch-customer.ts';

const GREETING = `
attendant: 1
scenario: greeting
blocks:
  hello:
    send-message: { text: "You said $(item.message)" }
  end:
    exit: {}
`;
const ASKING = `
attendant: 1
scenario: asking
blocks:
  ask:
    request-input: { text: "Name?", type: text, into: answer }
  say:
    send-message: { text: "Hello $(answer)" }
  end:
    exit: {}
`;
const DAYS_MS = 5 * 24 * 60 * 60_000;

const stack = useActorStack();

async function aCustomer(scenario: string): Promise<Customer> {
  const { pageId } = await seedPage(stack.store, { scenario });
  return createCustomer(stack.client, pageId);
}
/** As the webhook is delivered again after days. */
const sayLate = (customer: Customer, text: string) => customer.say(text, { isLate: true, at: Date.now() - DAYS_MS });

async function transcriptOf(customer: Customer): Promise<(string | undefined)[]> {
  const rows = await stack.db.collection('messages').find({ psid: customer.psid }).sort({ at: 1 }).toArray();
  return rows.map(({ text }) => text as string | undefined);
}

describe('an event that comes days late', () => {
  it('opens no conversation and is answered by nobody; it stands in the transcript once', async () => {
    const customer = await aCustomer(GREETING);
    const event = await sayLate(customer, 'stale');
    await until('the transcript', async () => (await transcriptOf(customer)).length > 0);
    await stack.client.workflow.getHandle(customer.workflowId).result();
    await customer.deliver(event);
    await stack.client.workflow.getHandle(customer.workflowId).result();
    await sayLate(customer, 'stale, too');
    await until('both', async () => (await transcriptOf(customer)).length > 1);
    expect(await transcriptOf(customer)).toEqual(['stale', 'stale, too']);
    const records = await stack.db.collection('conversations').find({ psid: customer.psid }).toArray();
    expect(records).toMatchObject([{ state: 'unrouted' }]);
  });

  it('leaves the conversation to what came in time, before which it stands in the transcript', async () => {
    const customer = await aCustomer(GREETING);
    const late = { kind: 'message' as const, key: 'late', at: Date.now() - DAYS_MS, text: 'stale', attachments: [] };
    const timely = { kind: 'message' as const, key: 'now', at: Date.now(), text: 'fresh', attachments: [] };
    await customer.deliver({ ...late, isLate: true }, timely);
    await untilSent(stack, customer, 'You said fresh');
    await untilEnded(stack, customer);
    expect(await transcriptOf(customer)).toEqual(['stale', 'fresh', 'You said fresh']);
  });

  it('keeps nobody from being answered who writes while it is looked up', async () => {
    const customer = await aCustomer(GREETING);
    const { customers } = stack.readModel;
    const find = customers.find.bind(customers);
    let looks = 0;
    customers.find = async (...asked) => {
      looks += 1;
      // Longer than a task waits: what comes meanwhile is heard before the look is over.
      if (looks === 1) await new Promise((resolve) => setTimeout(resolve, 3500));
      return find(...asked);
    };
    await sayLate(customer, 'stale');
    await until('the look', () => looks > 0 || undefined);
    await customer.say('fresh');
    await untilSent(stack, customer, 'You said fresh').finally(() => (customers.find = find));
    await expect.poll(() => transcriptOf(customer), { timeout: 30_000 }).toEqual(['stale', 'fresh', 'You said fresh']);
  });

  it('is heard by a conversation that is open', async () => {
    const customer = await aCustomer(ASKING);
    await customer.say('hi');
    await untilSent(stack, customer, 'Name?');
    await sayLate(customer, 'Ann');
    await untilSent(stack, customer, 'Hello Ann');
    expect((await latestRecord(stack, customer))?.endReason).not.toBe('unrouted');
  });
});
