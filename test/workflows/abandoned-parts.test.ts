import { describe, expect, it } from 'vitest';
import { createLogger } from '../../adapters/logger.ts';
import { createActors } from '../../adapters/temporal/actors.ts';
import { createAbandonedParts } from '../../api/ledger/settle-abandoned-parts.ts';
import type { DeliveryStatus } from '../../contracts/part.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { seedPage } from '../support/seed-configuration.ts';
import { until } from '../support/until.ts';
import { latestRecord, untilSent } from '../support/watch-customer.ts';

const GREETING = `
attendant: 1
scenario: greeting
blocks:
  hello:
    send-message: { text: "Hello", wait: { into: answer, timeout: 1h } }
    exits: { timeout: end }
  end:
    exit: {}
`;
const MINUTE_MS = 60_000;

const stack = useActorStack();

/** A customer whose greeting is on its way: Meta has not answered yet, and then nobody knows what became of it. */
async function beginSending(): Promise<{ customer: Customer; partId: string; answer: () => void }> {
  const page = await seedPage(stack.store, { scenario: GREETING });
  const customer = createCustomer(stack.client, page.pageId);
  const answers: (() => void)[] = [];
  const held = new Promise<void>((resolve) => void answers.push(resolve));
  stack.graph.answerNext(async () => {
    await held;
    return { outcome: 'ambiguous', reason: 'the connection was cut' };
  });
  await customer.say('hi');
  await untilSent(stack, customer, 'Hello');
  const partId = stack.graph.sent.find(({ psid }) => psid === customer.psid)?.partId ?? '';
  return { customer, partId, answer: () => answers.forEach((answerIt) => answerIt()) };
}

const statusOf = async (partId: string): Promise<DeliveryStatus | undefined> =>
  (await stack.readModel.ledger.find(partId))?.status;

/** Looks for abandoned parts as a process does so many minutes later. */
async function look(minutes: number): Promise<void> {
  const { readModel, client } = stack;
  const deps = {
    ledger: readModel.ledger,
    conversations: readModel.conversations,
    actors: createActors(client),
    actorWatch: { claim: async () => true },
    logger: createLogger({ level: 'silent', processName: 'api' }),
    now: () => Date.now() + minutes * MINUTE_MS,
  };
  await createAbandonedParts(deps as never).tick();
}

describe('a part that is being sent when somebody terminates its conversation', () => {
  it('has an unknown delivery status once nothing of it can be under way, and its echo still settles it', async () => {
    const { customer, partId, answer } = await beginSending();
    await stack.client.workflow.getHandle(customer.workflowId).terminate('an operator');
    answer();
    await until('the doubt', async () => (await stack.readModel.ledger.find(partId))?.doubtfulSince);
    await look(0);
    expect(await statusOf(partId)).toBe('sending');
    await look(5);
    expect(await statusOf(partId)).toBe('unknown');
    await stack.readModel.ledger.accept(partId, 'm_late');
    expect(await statusOf(partId)).toBe('accepted');
  });

  it('is found although their next conversation runs under the same name', async () => {
    const { customer, partId, answer } = await beginSending();
    const first = (await latestRecord(stack, customer))?.conversationId;
    await stack.client.workflow.getHandle(customer.workflowId).terminate('an operator');
    answer();
    await until('the doubt', async () => (await stack.readModel.ledger.find(partId))?.doubtfulSince);
    await customer.say('hello?');
    await until('the next conversation', async () => {
      const next = await latestRecord(stack, customer);
      return next !== undefined && next.conversationId !== first;
    });
    // What it says has left: it takes no answer that is meant for the customer of another test.
    await until('its greeting', async () => stack.graph.textsTo(customer.psid).length === 2);
    await look(5);
    expect(await statusOf(partId)).toBe('unknown');
  });

  it('is left to its conversation where that goes on, for as long as that takes', async () => {
    const { customer, partId, answer } = await beginSending();
    await look(5);
    expect(await statusOf(partId)).toBe('sending');
    answer();
    await until('the doubt', async () => (await stack.readModel.ledger.find(partId))?.doubtfulSince);
    await look(24 * 60);
    expect(await statusOf(partId)).toBe('sending');
    await look(26 * 60);
    expect(await statusOf(partId)).toBe('unknown');
    await stack.client.workflow.getHandle(customer.workflowId).terminate('over');
  });
});
