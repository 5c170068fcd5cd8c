import { randomUUID } from 'node:crypto';
import { Worker } from '@temporalio/worker';
import { createLogger } from '../../adapters/logger.ts';
import { describe, expect, inject, it } from 'vitest';
import { createActors, type Actors } from '../../adapters/temporal/actors.ts';
import { carryOutSurgeries } from '../../api/surgery/carry-out-surgeries.ts';
import type { BulkSurgery, BulkSurgeryRecord } from '../../contracts/bulk-surgery.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { ConversationTimer, TimerKind } from '../../contracts/conversation-timer.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { CHAT_SCENARIO } from '../support/chat-scenario.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { acceptOffer, chooseState, command } from '../support/desk.ts';
import { seedPage } from '../support/seed-configuration.ts';
import { until } from '../support/until.ts';
import { untilEnded, untilRecord, untilSent } from '../support/watch-customer.ts';

const stack = useActorStack();
const logger = createLogger({ level: 'silent', processName: 'test' });

const SOURCE = `attendant: 2
scenario: timed
blocks:
  ask:
    send-message: { text: "Your name?", wait: { into: name, timeout: 10m } }
    exits: { timeout: late }
  pause:
    wait: { for: 2h }
  thanks:
    send-message: { text: "Thank you, $(name)" }
  over:
    exit: {}
  late:
    send-message: { text: "Still there?" }
  end:
    exit: {}
`;

const timerOf = ({ timers = [] }: ConversationRecord, kind: TimerKind): ConversationTimer | undefined =>
  timers.find((timer) => timer.kind === kind);

/** The record, once it tells of a timer of that kind. */
async function untilTimer(
  customer: Customer,
  kind: TimerKind,
): Promise<ConversationRecord & { timer: ConversationTimer }> {
  const record = await untilRecord(stack, customer, {
    what: `timer ${kind}`,
    isSo: (found) => timerOf(found, kind) !== undefined,
  });
  const timer = timerOf(record, kind);
  if (!timer) throw new Error(`No timer ${kind}`);
  return { ...record, timer };
}

async function asked(): Promise<Customer> {
  const { pageId } = await seedPage(stack.store, { scenario: SOURCE });
  const customer = createCustomer(stack.client, pageId);
  await customer.say('hi');
  await untilSent(stack, customer, 'Your name?');
  return customer;
}

async function connected(settings: object): Promise<{ customer: Customer; say: (text: string) => Promise<unknown> }> {
  const page = await seedPage(stack.store, {
    scenario: CHAT_SCENARIO,
    agents: [{ skills: { support: 50 }, slots: 1 }],
    entry: settings,
  });
  const [ann = ''] = page.agents;
  await chooseState(stack, page, { username: ann, state: 'ready' });
  const customer = createCustomer(stack.client, page.pageId);
  await customer.say('help');
  const record = await acceptOffer(stack, customer, ann);
  return { customer, say: (text) => command(stack, { customer, record, username: ann }, { type: 'message', text }) };
}

type Seen = ConversationRecord & { timer?: ConversationTimer };

/** Opens an operation as the api does. */
function open(surgery: BulkSurgery, seen: readonly Seen[]): Promise<BulkSurgeryRecord> {
  const items = seen.map(({ conversationId, workflowId, block, timer }) => ({
    conversationId,
    workflowId,
    ...(timer ? { timer: timer.id, at: timer.at } : { block }),
  }));
  return stack.readModel.bulkSurgeries.open({ id: randomUUID(), by: 'ana', surgery, items, startedAt: Date.now() });
}

const depsOf = (actors: Actors = createActors(stack.client)) => ({
  actors,
  bulkSurgeries: stack.readModel.bulkSurgeries,
  logger,
  now: Date.now,
});

async function untilDone(id: string): Promise<Awaited<ReturnType<typeof stack.readModel.bulkSurgeries.count>>> {
  await until(`operation ${id}`, async () => {
    await carryOutSurgeries(depsOf());
    return (await stack.readModel.bulkSurgeries.find(id))?.state !== 'running';
  });
  return stack.readModel.bulkSurgeries.count(id);
}

async function carryOut(surgery: BulkSurgery, seen: readonly Seen[]): ReturnType<typeof untilDone> {
  return untilDone((await open(surgery, seen)).id);
}

describe('what a conversation waits for by the clock', () => {
  it('stands on its record: a question, then a pause, and nothing any more when it is over', async () => {
    const customer = await asked();
    const { timer, block } = await untilTimer(customer, 'question');
    expect(block).toBe('ask');
    expect(timer.at - Date.now()).toBeGreaterThan(9 * 60_000);
    await customer.say('Ada');
    const paused = await untilTimer(customer, 'wait');
    expect(timerOf(paused, 'question')).toBeUndefined();
    expect(paused.timer.at - Date.now()).toBeGreaterThan(119 * 60_000);
    await carryOut({ kind: 'fire-timer' }, [paused]);
    await untilSent(stack, customer, 'Thank you, Ada');
    expect((await untilEnded(stack, customer)).timers).toBeUndefined();
  });

  it('tells of the silences of a chat as they begin and end', async () => {
    const { customer, say } = await connected({ agentSilenceMs: 600_000, inactivityTimeoutMs: 600_000 });
    await untilTimer(customer, 'agent-silence-end');
    await say('How can I help?');
    const record = await untilTimer(customer, 'inactivity-end');
    expect(timerOf(record, 'agent-silence-end')).toBeUndefined();
    expect(timerOf(record, 'inactivity-warning')?.at).toBeLessThan(record.timer.at);
  });

  it('leaves a history that the worker who takes over replays to the same', async () => {
    const customer = await asked();
    const seen = await untilTimer(customer, 'question');
    await carryOut({ kind: 'put-off-timer', seconds: 3600 }, [seen]);
    await customer.say('Ada');
    await untilTimer(customer, 'wait');
    const history = await stack.client.workflow.getHandle(customer.workflowId).fetchHistory();
    await Worker.runReplayHistory(
      { workflowBundle: { codePath: inject('workflowBundle') } },
      history,
      customer.workflowId,
    );
  });
});

describe('clocks of a chat that a person turns', () => {
  it('has the customer warned and the chat closed at once, once each', async () => {
    const { customer, say } = await connected({
      inactivityTimeoutMs: 600_000,
      inactivityWarning: 'Still there?',
      inactivityClosing: 'Good night',
    });
    await say('How can I help?');
    await untilSent(stack, customer, 'How can I help?');
    expect(await carryOut({ kind: 'fire-timer' }, [await untilTimer(customer, 'inactivity-warning')])).toEqual({
      done: 1,
    });
    await untilSent(stack, customer, 'Still there?');
    await carryOut({ kind: 'fire-timer' }, [await untilTimer(customer, 'inactivity-end')]);
    await untilSent(stack, customer, 'Good night');
    await untilEnded(stack, customer);
    const texts = stack.graph.textsTo(customer.psid);
    expect(texts.filter((text) => text === 'Still there?' || text === 'Good night')).toEqual([
      'Still there?',
      'Good night',
    ]);
  });

  it('puts the end off by as long as they say, and by 30 days where they skip it', async () => {
    const { customer, say } = await connected({ inactivityTimeoutMs: 600_000, inactivityWarning: '' });
    await say('How can I help?');
    const seen = await untilTimer(customer, 'inactivity-end');
    await carryOut({ kind: 'put-off-timer', seconds: 7200 }, [seen]);
    const later = await untilRecord(stack, customer, {
      what: 'the later end',
      isSo: (record) => timerOf(record, 'inactivity-end')?.at === seen.timer.at + 7_200_000,
    });
    await carryOut({ kind: 'put-off-timer' }, [{ ...later, timer: { ...seen.timer, at: seen.timer.at + 7_200_000 } }]);
    await untilRecord(stack, customer, {
      what: 'the skipped end',
      isSo: (record) => (timerOf(record, 'inactivity-end')?.at ?? 0) > Date.now() + 29 * 86_400_000,
    });
  });

  it('is refused where it is due at another moment by now, and where nobody may turn it', async () => {
    const { customer, say } = await connected({ inactivityTimeoutMs: 600_000, inactivityWarning: '' });
    await say('How can I help?');
    const seen = await untilTimer(customer, 'inactivity-end');
    const window = await untilTimer(customer, 'window');
    await carryOut({ kind: 'put-off-timer', seconds: 60 }, [seen]);
    const live = await createActors(stack.client).getLiveScenario(customer.workflowId);
    const at = live?.timers?.find(({ kind }) => kind === 'window')?.at ?? 0;
    const windowNow = { ...window, timer: { ...window.timer, at } };
    expect(await carryOut({ kind: 'fire-timer' }, [seen, windowNow])).toEqual({ changed: 1, fixed: 1 });
  });
});

describe('an operation on many conversations', () => {
  it('tells what each came to: done, gone on since it was seen, over', async () => {
    const customers = [await asked(), await asked(), await asked()] as const;
    const seen = await Promise.all(customers.map((customer) => untilTimer(customer, 'question')));
    const [stays, goesOn, ends] = customers;
    await goesOn.say('Ada');
    await untilTimer(goesOn, 'wait');
    await stack.client.workflow.getHandle(ends.workflowId).cancel();
    await untilEnded(stack, ends);
    const counts = await carryOut(
      { kind: 'go-to-block', block: 'late' },
      seen.map(({ timer: _timer, ...record }) => record),
    );
    expect(counts).toEqual({ done: 1, changed: 1, ended: 1 });
    await untilSent(stack, stays, 'Still there?');
    expect(stack.graph.textsTo(goesOn.psid)).not.toContain('Still there?');
  });

  it('is gone on with by another process where one dies in the middle, and nobody is asked for it twice', async () => {
    const customers = [await asked(), await asked(), await asked()];
    const seen = await Promise.all(customers.map((customer) => untilTimer(customer, 'question')));
    const { id } = await open({ kind: 'fire-timer' }, seen);
    const actors = createActors(stack.client);
    const { bulkSurgeries } = stack.readModel;
    // The conversations have done it; the process is gone before it has written down what they said.
    const dying = {
      ...depsOf(actors),
      bulkSurgeries: {
        ...bulkSurgeries,
        record: () => Promise.reject(new Error('the process dies here')),
        postpone: async (...of: Parameters<typeof bulkSurgeries.postpone>) => bulkSurgeries.postpone(...of),
      },
    };
    await carryOutSurgeries(dying);
    for (const customer of customers) await untilEnded(stack, customer);
    expect(await bulkSurgeries.count(id)).toEqual({});
    expect(await untilDone(id)).toEqual({ done: 3 });
    for (const customer of customers)
      expect(stack.graph.textsTo(customer.psid).filter((text) => text === 'Still there?')).toHaveLength(1);
  });

  it('asks those again that could not be asked', async () => {
    const customer = await asked();
    const seen = await untilTimer(customer, 'question');
    const { id } = await open({ kind: 'fire-timer' }, [seen]);
    const actors = createActors(stack.client);
    const away: Actors = { ...actors, operateConversation: () => Promise.reject(new Error('Temporal is away')) };
    await carryOutSurgeries(depsOf(away));
    expect(await stack.readModel.bulkSurgeries.count(id)).toEqual({ away: 1 });
    expect(await untilDone(id)).toEqual({ done: 1 });
    await untilSent(stack, customer, 'Still there?');
  });

  it('asks nobody more once it is stopped', async () => {
    const customer = await asked();
    const seen = await untilTimer(customer, 'question');
    const { bulkSurgeries } = stack.readModel;
    const { id } = await open({ kind: 'fire-timer' }, [seen]);
    expect(await bulkSurgeries.stop(id, Date.now())).toBe(true);
    await carryOutSurgeries(depsOf());
    expect(await bulkSurgeries.find(id)).toMatchObject({ state: 'stopped', total: 1 });
    expect(await bulkSurgeries.count(id)).toEqual({});
    expect(stack.graph.textsTo(customer.psid)).not.toContain('Still there?');
  });
});
