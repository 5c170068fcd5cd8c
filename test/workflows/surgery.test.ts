import { randomUUID } from 'node:crypto';
import { Worker } from '@temporalio/worker';
import { describe, expect, inject, it } from 'vitest';
import { createActors } from '../../adapters/temporal/actors.ts';
import type { Surgery, SurgeryAnswer } from '../../contracts/surgery.ts';
import { stateKeyOf } from '../../scenario-dsl/move/state-key.ts';
import type { ScenarioState } from '../../scenario-dsl/run/step.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { seedPage } from '../support/seed-configuration.ts';
import { until } from '../support/until.ts';
import { latestRecord, untilInState, untilSent } from '../support/watch-customer.ts';

const stack = useActorStack();

const SOURCE = `attendant: 2
scenario: operated
blocks:
  ask:
    send-message: { text: "Your name?", wait: { into: name, timeout: 10m } }
    exits: { timeout: late }
  order:
    send-message: { text: "Your order, $(name|stranger)?", wait: { into: order, timeout: 10m } }
    exits: { timeout: late }
  end:
    exit: {}
  late:
    send-message: { text: "Still there, $(name|stranger)?", wait: { timeout: 10m } }
    exits: { timeout: end }
`;

async function asked(): Promise<Customer> {
  const { pageId } = await seedPage(stack.store, { scenario: SOURCE });
  const customer = createCustomer(stack.client, pageId);
  await customer.say('hi');
  await untilSent(stack, customer, 'Your name?');
  await untilInState(stack, customer, 'running');
  // The message is on its way until its delivery status has come: only then the wait begins.
  await until('the wait', async () => (await look(customer)).state.deadlines.length > 0);
  return customer;
}

async function look(customer: Customer): Promise<{ conversationId: string; state: ScenarioState; revision: string }> {
  const live = await createActors(stack.client).getLiveScenario(customer.workflowId);
  if (!live) throw new Error('No conversation is open');
  const state = live.state as ScenarioState;
  return { conversationId: live.conversationId, state, revision: stateKeyOf(state) };
}

async function operate(
  customer: Customer,
  surgery: Surgery,
  { clientId = randomUUID(), revision }: { clientId?: string; revision?: string } = {},
): Promise<SurgeryAnswer> {
  const seen = await look(customer);
  const order = {
    clientId,
    conversationId: seen.conversationId,
    by: 'ana',
    revision: revision ?? seen.revision,
    surgery,
  };
  return createActors(stack.client).operateConversation(customer.workflowId, order);
}

async function timerOf(customer: Customer): Promise<string> {
  const [timer] = (await look(customer)).state.deadlines;
  if (!timer) throw new Error('No timer is pending');
  return timer.id;
}

const operatedEvents = async (customer: Customer) => {
  const { conversationId } = await look(customer);
  const { items } = await stack.readModel.history.listConversationEvents(conversationId, { limit: 100 });
  return items.filter(({ type }) => type === 'operated');
};

describe('a person who helps a running conversation on', () => {
  it('sends it to a block, which begins, and its history says who did it', async () => {
    const customer = await asked();
    expect(await operate(customer, { kind: 'go-to-block', block: 'order' })).toEqual({
      outcome: 'done',
      block: 'ask',
      to: 'order',
      isOver: false,
    });
    await untilSent(stack, customer, 'Your order, stranger?');
    const [event] = await until('the event', async () => {
      const events = await operatedEvents(customer);
      return events.length > 0 ? events : undefined;
    });
    expect(event).toMatchObject({
      actor: { kind: 'operator', name: 'ana' },
      data: { kind: 'go-to-block', subject: 'order', block: 'ask', to: 'order' },
    });
  });

  it('sets a variable that what follows reads', async () => {
    const customer = await asked();
    const answer = await operate(customer, { kind: 'set-variable', name: 'name', value: 'Grace' });
    expect(answer).toMatchObject({ outcome: 'done', block: 'ask', to: 'ask', after: '"Grace"' });
    await operate(customer, { kind: 'go-to-block', block: 'order' });
    await untilSent(stack, customer, 'Your order, Grace?');
  });

  it('sets and takes away a part of a variable, and leaves the rest', async () => {
    const customer = await asked();
    await operate(customer, { kind: 'set-variable', name: 'address', value: { zip: '01067' } });
    await operate(customer, { kind: 'set-variable', name: 'address.city', value: 'Dresden' });
    expect((await look(customer)).state.snapshot.context.variables['address']).toEqual({
      zip: '01067',
      city: 'Dresden',
    });
    const taken = await operate(customer, { kind: 'set-variable', name: 'address.zip', value: null });
    expect(taken).toMatchObject({ outcome: 'done', before: '"01067"' });
    expect((await look(customer)).state.snapshot.context.variables['address']).toEqual({ city: 'Dresden' });
  });

  it('has a timer fire at once', async () => {
    const customer = await asked();
    await operate(customer, { kind: 'fire-timer', timer: await timerOf(customer) });
    await untilSent(stack, customer, 'Still there, stranger?');
  });

  it('puts a timer off to the longest wait there is, never for ever', async () => {
    const customer = await asked();
    await operate(customer, { kind: 'put-off-timer', timer: await timerOf(customer) });
    const [timer] = (await look(customer)).state.deadlines;
    expect((timer?.at ?? 0) - Date.now()).toBeGreaterThan(29 * 86_400_000);
    await customer.say('Ada');
    await untilSent(stack, customer, 'Your order, Ada?');
  });

  it('gets the first answer again where the order is repeated, and nothing is done twice', async () => {
    const customer = await asked();
    const { revision } = await look(customer);
    const same = { clientId: randomUUID(), revision };
    const surgery = { kind: 'go-to-block', block: 'order' } as const;
    const first = await operate(customer, surgery, same);
    expect(await operate(customer, surgery, same)).toEqual(first);
    // As one does whose update was lost with the run that knew its id.
    const { conversationId } = await look(customer);
    const order = { ...same, conversationId, by: 'ana', surgery };
    const again = stack.client.workflow.getHandle(customer.workflowId);
    expect(await again.executeUpdate('operateConversation', { args: [order], updateId: randomUUID() })).toEqual(first);
    await untilSent(stack, customer, 'Your order, stranger?');
    await customer.say('42');
    await untilInState(stack, customer, 'ended');
    expect(stack.graph.textsTo(customer.psid).filter((text) => text === 'Your order, stranger?')).toHaveLength(1);
  });

  it('is refused where the conversation has gone on since they looked', async () => {
    const customer = await asked();
    const { revision } = await look(customer);
    await customer.say('Ada');
    await untilSent(stack, customer, 'Your order, Ada?');
    const surgery = { kind: 'go-to-block', block: 'late' } as const;
    expect(await operate(customer, surgery, { revision })).toEqual({ outcome: 'refused', reason: 'changed' });
    expect(stack.graph.textsTo(customer.psid)).not.toContain('Still there, Ada?');
  });

  it('leaves a history that the worker who takes over replays to the same', async () => {
    const customer = await asked();
    await operate(customer, { kind: 'set-variable', name: 'name', value: 'Grace' });
    await operate(customer, { kind: 'put-off-timer', timer: await timerOf(customer) });
    await operate(customer, { kind: 'go-to-block', block: 'order' });
    await untilSent(stack, customer, 'Your order, Grace?');
    const history = await stack.client.workflow.getHandle(customer.workflowId).fetchHistory();
    await Worker.runReplayHistory(
      { workflowBundle: { codePath: inject('workflowBundle') } },
      history,
      customer.workflowId,
    );
  });

  it('is told why nothing is done: no such block, no such timer, a variable of the world, a conversation that is over', async () => {
    const customer = await asked();
    const reasonOf = async (surgery: Surgery) => {
      const answer = await operate(customer, surgery);
      return answer.outcome === 'refused' ? answer.reason : answer.outcome;
    };
    expect(await reasonOf({ kind: 'go-to-block', block: 'nowhere' })).toBe('no-block');
    expect(await reasonOf({ kind: 'fire-timer', timer: 'xstate.after.1.none' })).toBe('no-timer');
    expect(await reasonOf({ kind: 'set-variable', name: 'customer', value: {} })).toBe('not-settable');
    expect(await reasonOf({ kind: 'set-variable', name: 'name.__proto__', value: {} })).toBe('not-settable');
    expect(await reasonOf({ kind: 'set-variable', name: 'two words', value: 1 })).toBe('not-settable');
    const { conversationId, revision } = await look(customer);
    await operate(customer, { kind: 'go-to-block', block: 'end' });
    await untilInState(stack, customer, 'ended');
    expect((await latestRecord(stack, customer))?.conversationId).toBe(conversationId);
    const order = {
      clientId: randomUUID(),
      conversationId,
      by: 'ana',
      revision,
      surgery: { kind: 'go-to-block', block: 'ask' },
    } as const;
    await expect(createActors(stack.client).operateConversation(customer.workflowId, order)).rejects.toMatchObject({
      code: 'CONVERSATION_ENDED',
    });
  });
});
