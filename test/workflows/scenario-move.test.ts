import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { createActors } from '../../adapters/temporal/actors.ts';
import { moveWorkflowId } from '../../adapters/temporal/workflow-id.ts';
import { MOVE_WORKFLOW } from '../../contracts/actor-messages.ts';
import type { MoveRecord, MoveStart } from '../../contracts/scenario-move.ts';
import { ACTOR_OPTIONS } from '../../contracts/task-queues.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { publishScenario, storeScenario } from '../support/publish-scenario.ts';
import { seedPage } from '../support/seed-configuration.ts';
import { until } from '../support/until.ts';
import { latestRecord, untilInState, untilSent } from '../support/watch-customer.ts';

const stack = useActorStack();

/** A scenario of its own for each test: its conversations are nobody else's. */
function createEditions(): { name: string; first: string; second: string } {
  const name = `moved-${randomUUID().slice(0, 8)}`;
  const head = `attendant: 2\nscenario: ${name}\nblocks:`;
  return {
    name,
    first: `${head}
  ask:
    send-message: { text: "first: your name?", wait: { into: name, timeout: 10m } }
  again:
    send-message: { text: "first: your order, $(name)?", wait: { into: order, timeout: 10m } }
  find:
    find-agent: { skills: [nobody-has-it], timeout: 10m }
`,
    second: `${head}
  ask:
    send-message: { text: "second: your name?", wait: { into: name, timeout: 5m } }
  order:
    send-message: { text: "second: which order, $(name)?", wait: { into: order, timeout: 10m } }
  thanks:
    send-message: { text: "second: thank you, $(name)", wait: { timeout: 10m } }
`,
  };
}

async function createFollowing(source: string, memo?: Record<string, unknown>): Promise<Customer> {
  await publishScenario(stack.store, source);
  const { pageId } = await seedPage(stack.store, { scenario: source, isFollowing: true });
  return createCustomer(stack.client, pageId, memo);
}

const saw = (customer: Customer, text: string): Promise<boolean> => untilSent(stack, customer, text);

async function asked(source: string): Promise<Customer> {
  const customer = await createFollowing(source);
  await customer.say('hi');
  await saw(customer, 'first: your name?');
  await untilInState(stack, customer, 'running');
  return customer;
}

async function begin(start: Omit<MoveStart, 'id' | 'by'>, memo: Record<string, unknown> = {}): Promise<string> {
  const id = randomUUID();
  const options = { workflowId: moveWorkflowId(id), args: [{ ...start, id, by: 'ana' }], memo, ...ACTOR_OPTIONS };
  await stack.client.workflow.start(MOVE_WORKFLOW, options);
  return id;
}

const untilOver = (id: string): Promise<MoveRecord> =>
  until(`move ${id}`, async () => {
    const record = await stack.readModel.scenarioMoves.find(id);
    return record?.endedAt === undefined ? undefined : record;
  });

describe('conversations that are moved to another version', () => {
  it('go on there without being asked again, and are back where they were when it is undone', async () => {
    const { name, first, second } = createEditions();
    const customers = [await asked(first), await asked(first), await asked(first)] as const;
    const before = (await latestRecord(stack, customers[0]))?.scenario?.version;
    await publishScenario(stack.store, second);
    const { version } = await storeScenario(stack.store, second);
    const move = await untilOver(await begin({ scenario: name, exceptEntries: [], to: { version }, blocks: {} }));
    expect(move).toMatchObject({ state: 'done', counts: { continues: 3 }, by: 'ana' });
    await customers[0].say('Ada');
    await saw(customers[0], 'second: which order, Ada?');
    expect(stack.graph.textsTo(customers[0].psid)).not.toContain('second: your name?');

    const undo = await untilOver(await begin({ scenario: name, exceptEntries: [], to: { undo: move.id }, blocks: {} }));
    // The one who has answered stands in a block that the version before does not have.
    expect(undo.counts).toEqual({ restored: 2, 'no-block': 1 });
    await customers[1].say('Bob');
    await saw(customers[1], 'first: your order, Bob?');
    expect((await latestRecord(stack, customers[1]))?.scenario?.version).toBe(before);
  });

  it('are counted and go back with the others where they were moved by an attempt that died before it wrote so', async () => {
    const { name, first, second } = createEditions();
    const customers = [await asked(first), await asked(first)] as const;
    await publishScenario(stack.store, second);
    const { version } = await storeScenario(stack.store, second);
    vi.spyOn(stack.readModel.scenarioMoves, 'recordMoved').mockImplementationOnce(async () => {
      await until('the records of both', async () => {
        const records = await Promise.all(customers.map((customer) => latestRecord(stack, customer)));
        return records.every((record) => record?.scenario?.version === version);
      });
      throw new Error('the worker dies here');
    });
    const move = await untilOver(await begin({ scenario: name, exceptEntries: [], to: { version }, blocks: {} }));
    expect(move.counts).toEqual({ continues: 2 });
    const undo = await untilOver(await begin({ scenario: name, exceptEntries: [], to: { undo: move.id }, blocks: {} }));
    expect(undo.counts).toEqual({ restored: 2 });
    for (const customer of customers) {
      await customer.say('Ada');
      await saw(customer, 'first: your order, Ada?');
    }
  });

  it('begin the block that they are sent to, and wait again for the answer to the old question when it is undone', async () => {
    const { name, first, second } = createEditions();
    const customer = await asked(first);
    await customer.say('Ada');
    await saw(customer, 'first: your order, Ada?');
    await publishScenario(stack.store, second);
    const { version } = await storeScenario(stack.store, second);
    const move = await untilOver(
      await begin({ scenario: name, exceptEntries: [], to: { version }, blocks: { again: 'thanks' } }),
    );
    expect(move.counts).toEqual({ begins: 1 });
    await saw(customer, 'second: thank you, Ada');
    const [moved] = await stack.readModel.scenarioMoves.listMoved(move.id, { limit: 10 });
    expect(moved?.answer).toMatchObject({ outcome: 'begins', block: 'again', to: 'thanks', isOver: false });

    const undo = await untilOver(await begin({ scenario: name, exceptEntries: [], to: { undo: move.id }, blocks: {} }));
    expect(undo.counts).toEqual({ restored: 1 });
    expect(stack.graph.textsTo(customer.psid)).toEqual([
      'first: your name?',
      'first: your order, Ada?',
      'second: thank you, Ada',
    ]);
    expect(await untilInState(stack, customer, 'running')).toMatchObject({ block: 'again' });
    const { items } = await stack.readModel.history.listConversationEvents(moved?.conversationId ?? '', { limit: 100 });
    expect(items.filter(({ type }) => type === 'moved').map(({ data }) => data)).toMatchObject([
      { block: 'again', to: 'thanks', how: 'begins' },
      { block: 'thanks', to: 'again', how: 'restored' },
    ]);
  });

  it('stay where they are while the version that they wait for does not come in force', async () => {
    const { name, first, second } = createEditions();
    const customer = await asked(first);
    const { version } = await storeScenario(stack.store, second);
    const id = await begin({ scenario: name, exceptEntries: [], to: { version }, blocks: {}, awaits: 2 });
    await until('waiting', async () => (await stack.readModel.scenarioMoves.find(id))?.state === 'waiting');
    await createActors(stack.client).stopMove(id);
    expect(await untilOver(id)).toMatchObject({ state: 'stopped', counts: {} });
    await customer.say('Ada');
    await saw(customer, 'first: your order, Ada?');
  });

  it('are moved once, and all of them, through several runs of whoever moves them and of their own', async () => {
    const { name, first, second } = createEditions();
    const early = await createFollowing(first, { continueAsNewAfterEvents: 12 });
    await early.say('hi');
    await saw(early, 'first: your name?');
    const late = await asked(first);
    await untilInState(stack, early, 'running');
    await publishScenario(stack.store, second);
    const { version } = await storeScenario(stack.store, second);
    const id = await begin(
      { scenario: name, exceptEntries: [], to: { version }, blocks: {} },
      { continueAsNewAfterEvents: 6 },
    );
    expect(await untilOver(id)).toMatchObject({ state: 'done', counts: { continues: 2 } });
    for (const customer of [early, late]) await customer.say('Ada');
    for (const customer of [early, late]) await saw(customer, 'second: which order, Ada?');
    await early.say('17');
    await saw(early, 'second: thank you, Ada');
  });

  it('are moved back too when they are only just being moved as it is undone', async () => {
    const { name, first, second } = createEditions();
    const customer = await asked(first);
    const conversationId = (await latestRecord(stack, customer))?.conversationId ?? '';
    await publishScenario(stack.store, second);
    const { version } = await storeScenario(stack.store, second);
    const { scenarioMoves } = stack.readModel;
    const moving: MoveRecord = {
      id: randomUUID(),
      scenario: name,
      to: { version },
      blocks: {},
      by: 'ana',
      state: 'moving',
      startedAt: 1,
      counts: {},
      busy: 0,
    };
    await scenarioMoves.record(moving);
    const undo = await begin({ scenario: name, exceptEntries: [], to: { undo: moving.id }, blocks: {} });
    await until('the undo that waits', async () => (await scenarioMoves.find(undo))?.state === 'waiting');
    const order = { operationId: moving.id, conversationId, by: 'ana', to: { name, version }, blocks: {} };
    const answer = await createActors(stack.client).moveConversation(customer.workflowId, { ...order, clientId: 'c' });
    await scenarioMoves.recordMoved({ operationId: moving.id, conversationId, at: 1, answer });
    await scenarioMoves.record({ ...moving, state: 'stopped', endedAt: 2 });
    expect((await untilOver(undo)).counts).toEqual({ restored: 1 });
  });

  it('are asked once by an attempt that is made again after its worker died, and all are counted', async () => {
    const { name, first, second } = createEditions();
    const customers = [await asked(first), await asked(first)] as const;
    const record = await latestRecord(stack, customers[0]);
    await publishScenario(stack.store, second);
    const { version } = await storeScenario(stack.store, second);
    const id = randomUUID();
    // As the attempt left it that died behind the first answer.
    const { conversationId = '', scenario } = record ?? {};
    const pin = { name, version: scenario?.version ?? '' };
    const order = { clientId: id, operationId: id, conversationId, by: 'ana', to: { name, version }, blocks: {} };
    const actors = createActors(stack.client);
    const answer = await actors.moveConversation(customers[0].workflowId, order);
    expect(answer).toEqual({ outcome: 'continues', from: pin, block: 'ask', to: 'ask', isOver: false });
    await stack.readModel.scenarioMoves.recordMoved({ operationId: id, conversationId, at: 1, answer });

    expect(await actors.moveConversation(customers[0].workflowId, { ...order, clientId: 'again' })).toEqual(answer);
    const start = { id, scenario: name, to: { version }, blocks: {}, exceptEntries: [], by: 'ana' };
    await actors.startMove(start);
    await actors.startMove(start);
    expect((await untilOver(id)).counts).toEqual({ continues: 2 });
    const [kept] = await stack.readModel.scenarioMoves.findMoved(id, [conversationId]);
    expect(kept?.at).toBe(1);
  });
});
