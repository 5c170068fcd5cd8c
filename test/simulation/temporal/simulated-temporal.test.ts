import { describe, expect, it } from 'vitest';
import { startTestService, type TestService } from './test-service.ts';
import {
  ApplicationFailure,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
} from './workflow-api.ts';
import type { UpdateAnswer } from './execution.ts';

const addSignal = defineSignal('add');
const takeUpdate = defineUpdate('take');
const totalQuery = defineQuery('total');
const local = proxyLocalActivities({ startToCloseTimeout: '5s' });
const ordinary = proxyActivities({
  startToCloseTimeout: '30s',
  heartbeatTimeout: '2s',
  retry: { initialInterval: 100 },
});

/** Adds up what it is told, notes each round by a local activity, and begins anew after each. */
async function hopper(total = 0): Promise<void> {
  let sum = total;
  const inbox: number[] = [];
  setHandler(addSignal, (...args) => void inbox.push(Number(args[0])));
  setHandler(totalQuery, () => sum);
  await condition(() => inbox.length > 0);
  const taken = inbox.splice(0);
  sum += taken.reduce((one, other) => one + other, 0);
  await local['note']?.(taken);
  await continueAsNew(sum);
}

function tell(test: TestService, workflowType: string, number: number): void {
  test.service.signalWithStart({
    workflowId: 'one',
    workflowType,
    args: [],
    signal: addSignal.name,
    signalArgs: [number],
  });
}

describe('the simulated Temporal', () => {
  it('plays a task again that wanted to end while something came, and its local activities a second time', async () => {
    const noted: number[][] = [];
    const test = startTestService({
      workflows: { hopper: hopper as never },
      activities: {
        note: (process, ...[taken]) => process.effect('note', () => void noted.push(taken as unknown as number[])),
      },
    });
    test.worker.effect = slowly(test, 100);
    tell(test, 'hopper', 1);
    test.scheduler.schedule(50, () => tell(test, 'hopper', 2));
    await test.pass(1000);
    expect(test.failures).toEqual(['unhandled-command']);
    // The first note had been heard outside although the history never knew of it.
    expect(noted).toEqual([[1], [1, 2]]);
    expect(await test.service.query('one', 'total', [])).toBe(3);
  });

  it('fails a task that more events overtake than the server buffers', async () => {
    const noted: number[][] = [];
    const test = startTestService(
      {
        workflows: { hopper: hopper as never },
        activities: { note: (process, ...[taken]) => process.effect('note', () => void noted.push(taken as never)) },
      },
      { bufferedEvents: 2 },
    );
    test.worker.effect = slowly(test, 100);
    tell(test, 'hopper', 1);
    for (const number of [2, 3, 4]) test.scheduler.schedule(50 + number, () => tell(test, 'hopper', number));
    await test.pass(1000);
    expect(test.failures).toEqual(['too-many-buffered-events']);
    expect(noted).toEqual([[1], [1, 2, 3, 4]]);
  });

  it('gives a task of a dead worker to the next one after its time-out, with everything that has come', async () => {
    const test = startTestService({
      workflows: { hopper: hopper as never },
      activities: { note: (process) => process.effect('note', () => undefined) },
    });
    tell(test, 'hopper', 1);
    test.scheduler.schedule(12, () => test.worker.die(500));
    test.scheduler.schedule(1000, () => tell(test, 'hopper', 2));
    await test.pass(2900);
    expect(test.failures).toEqual([]);
    await test.pass(1000);
    expect(test.failures).toEqual(['timed-out']);
    expect(await test.service.query('one', 'total', [])).toBe(3);
  });

  it('begins an ordinary activity again whose worker died, and gives its answer once', async () => {
    let calls = 0;
    const answers: unknown[] = [];
    const test = startTestService(
      {
        workflows: { asker: async () => void answers.push(await ordinary['ask']?.()) },
        activities: { ask: (process) => process.effect('ask', () => (calls += 1)) },
      },
      { firstEffect: { crash: 'after', downMs: 100 } },
    );
    tell(test, 'asker', 0);
    await test.pass(10_000);
    expect(calls).toBe(2);
    expect(answers).toEqual([2]);
  });

  it('leaves no trace of an update that its validator refuses, and answers a repeat as the first', async () => {
    const taken: number[] = [];
    const test = startTestService({ workflows: { taker: taker(taken) }, activities: {} });
    tell(test, 'taker', 0);
    const answers: UpdateAnswer[] = [];
    const update = (updateId: string, number: number): void =>
      test.service.update('one', { updateId, name: takeUpdate.name, args: [number] }, (answer) => answers.push(answer));
    await test.pass(100);
    const before = test.service.findRunning('one')?.activations.length;
    update('a', -1);
    await test.pass(100);
    expect(answers).toEqual([{ refusal: { message: 'NEGATIVE', type: 'NEGATIVE' } }]);
    expect(test.service.findRunning('one')?.activations.length).toBe(before);
    update('b', 5);
    update('b', 5);
    await test.pass(100);
    expect(answers.slice(1)).toEqual([{ result: '[5]' }, { result: '[5]' }]);
    expect(taken).toEqual([5]);
  });

  it('ends an actor that turns without waiting, and not the process', async () => {
    const test = startTestService({
      workflows: {
        turner: async () => {
          for (;;) await condition(() => true);
        },
      },
      activities: {},
    });
    tell(test, 'turner', 0);
    await test.pass(20);
    expect(test.failures[0]).toBe('endless-loop');
  });

  it('fires timers of a run, and none of a run that was terminated', async () => {
    const woken: string[] = [];
    const test = startTestService({
      workflows: {
        sleeper: async () => {
          await sleep('10s');
          woken.push('awake');
        },
      },
      activities: {},
    });
    tell(test, 'sleeper', 0);
    await test.pass(9000);
    expect(woken).toEqual([]);
    await test.pass(1100);
    expect(woken).toEqual(['awake']);
    tell(test, 'sleeper', 0);
    await test.pass(5000);
    test.service.terminate('one', 'enough');
    await test.pass(20_000);
    expect(woken).toEqual(['awake']);
    expect(test.service.isRunning('one')).toBe(false);
  });
});

function slowly(test: TestService, ms: number): TestService['worker']['effect'] {
  return (_label, apply) => new Promise((resolve) => test.scheduler.schedule(ms, () => resolve(apply())));
}

function taker(taken: number[]): () => Promise<void> {
  return async () => {
    setHandler(
      takeUpdate,
      (...args) => {
        taken.push(Number(args[0]));
        return args[0];
      },
      {
        validator: (...args) => {
          if (Number(args[0]) < 0) throw ApplicationFailure.nonRetryable('NEGATIVE', 'NEGATIVE');
        },
      },
    );
    await condition(() => false);
  };
}
