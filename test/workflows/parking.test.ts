import { beforeEach, describe, expect, it } from 'vitest';
import { classifyGraphError } from '../../adapters/messenger/graph-errors.ts';
import type { SendOutcome } from '../../adapters/messenger/graph-client.ts';
import { pageWorkflowId } from '../../adapters/temporal/workflow-id.ts';
import { ACTOR_OPTIONS } from '../../contracts/task-queues.ts';
import { PAGE_WORKFLOW, pageNotificationSignal, type PageNotification } from '../../contracts/actor-messages.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { seedPage } from '../support/seed-configuration.ts';
import { until } from '../support/until.ts';
import { latestRecord } from '../support/watch-customer.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const ASKS = `
attendant: 1
scenario: asks
blocks:
  one:
    send-message: { text: "one", wait: { timeout: 2m } }
    exits: { timeout: end }
  two:
    send-message: { text: "two" }
  end:
    exit: {}
`;

const stack = useActorStack();

beforeEach(() => {
  stack.graph.isTokenGood = true;
  stack.graph.alerts.length = 0;
});

function refused(code: number, subcode?: number): SendOutcome {
  const error = classifyGraphError(400, { error: { code, error_subcode: subcode, message: 'refused' } });
  return { outcome: 'refused', error };
}

async function play(): Promise<{ pageId: string; customer: Customer }> {
  const { pageId } = await seedPage(stack.store, { scenario: ASKS });
  return { pageId, customer: createCustomer(stack.client, pageId) };
}

function row({ psid }: Customer): Promise<Record<string, unknown> | null> {
  return stack.db.collection('messages').findOne({ psid, direction: 'out' });
}

async function untilParked(customer: Customer, by: string): Promise<void> {
  await until('the parked part', async () => {
    const parked = (await row(customer))?.['parked'];
    return (parked as { by?: string } | undefined)?.by === by;
  });
}

async function tellPage(pageId: string, notification: PageNotification): Promise<void> {
  await stack.client.workflow.signalWithStart(PAGE_WORKFLOW, {
    workflowId: pageWorkflowId(pageId),
    ...ACTOR_OPTIONS,
    args: [{ pageId }],
    signal: pageNotificationSignal,
    signalArgs: [notification],
  });
}

describe('a Page that cannot send', () => {
  it('parks its parts, tells the admin, and goes on by itself when a new token was entered', async () => {
    const { pageId, customer } = await play();
    stack.graph.isTokenGood = false;
    stack.graph.answerNext(() => refused(190, 463));
    await customer.say('Hi');
    await untilParked(customer, 'send-lane');
    expect(await row(customer)).toMatchObject({
      status: 'queued',
      parked: { reason: expect.stringContaining('token') },
    });
    await until('the alert', () => stack.graph.alerts.length > 0);
    expect(stack.graph.alerts[0]).toMatchObject({
      kind: 'send-lane-closed',
      pageId,
      message: expect.stringContaining('190'),
    });
    const account = (await stack.store.accounts.list()).find((candidate) => candidate.pageId === pageId);
    if (!account) throw new Error('not seeded');
    await stack.store.accounts.put({ ...account, pageToken: 'a new one' });
    await stack.store.raiseRevision();
    await tellPage(pageId, { type: 'probe' });
    await until('the part', async () => (await row(customer))?.['status'] === 'accepted');
    expect(stack.graph.textsTo(customer.psid)).toEqual(['one', 'one']);
    expect(stack.graph.sent.at(-1)?.pageToken).toBe('a new one');
  });

  it('holds the parts of all its customers, calls Meta no more, and sends them when a person resumes it', async () => {
    const { pageId, customer } = await play();
    const other = createCustomer(stack.client, pageId);
    stack.graph.isTokenGood = false;
    stack.graph.answerNext(() => refused(368));
    await customer.say('Hi');
    await untilParked(customer, 'send-lane');
    await other.say('Hi');
    await untilParked(other, 'send-lane');
    expect(stack.graph.textsTo(other.psid)).toEqual([]);
    await tellPage(pageId, { type: 'resume' });
    for (const waiting of [customer, other])
      await until('the part', async () => (await row(waiting))?.['status'] === 'accepted');
    expect(stack.graph.textsTo(other.psid)).toEqual(['one']);
    await until('the end of the actor', async () => {
      const { status } = await stack.client.workflow.getHandle(pageWorkflowId(pageId)).describe();
      return status.name === 'COMPLETED';
    });
  });
});

describe('a closed messaging window', () => {
  it('parks what a machine says late, and sends it when the customer writes again', async () => {
    const { customer } = await play();
    stack.graph.answerNext(() => refused(10, 2_018_278));
    await customer.say('Hi');
    await untilParked(customer, 'window');
    const record = await until('the record', async () => {
      const latest = await latestRecord(stack, customer);
      return latest?.parkedParts === 1 ? latest : undefined;
    });
    expect(record.window?.until).toBeGreaterThan(Date.now() + DAY_MS - 60_000);
    await customer.say('still there?');
    await until('the part', () => stack.graph.textsTo(customer.psid).length >= 2);
    expect(stack.graph.textsTo(customer.psid).slice(0, 2)).toEqual(['one', 'one']);
  });

  it('lets a machine say nothing to a customer whose message is two days old', async () => {
    const { customer } = await play();
    await customer.say('Hi', { at: Date.now() - 2 * DAY_MS });
    await untilParked(customer, 'window');
    expect(stack.graph.textsTo(customer.psid)).toEqual([]);
  });
});
