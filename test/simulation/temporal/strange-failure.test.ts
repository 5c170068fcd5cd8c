import { expect, it, vi } from 'vitest';
import { proxyLocalActivities } from '../../../workflows/proxy-local-activities.ts';
import { startTestService } from './test-service.ts';
import { ApplicationFailure, condition, defineSignal, setHandler } from './workflow-api.ts';

vi.mock('@temporalio/workflow', () => import('./workflow-api.ts'));

const addSignal = defineSignal('add');
const local = proxyLocalActivities({ startToCloseTimeout: '5s', retry: { maximumAttempts: 1 } }) as unknown as {
  weigh(taken: number[]): Promise<number>;
};
/** In about half of their worlds a request that still waits is taken for the one after it. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

/** Has what it was told weighed, once. */
async function weigher(heard: unknown[]): Promise<void> {
  const inbox: number[] = [];
  setHandler(addSignal, (...args) => void inbox.push(Number(args[0])));
  await condition(() => inbox.length > 0);
  await local.weigh(inbox.splice(0)).then(
    (weight) => heard.push(weight),
    (error: unknown) => heard.push((error as Error).cause),
  );
  await condition(() => false);
}

/** More comes than the server buffers while the first message is being weighed: the task is played again with all of it. */
async function playBurst(seed: number): Promise<unknown[]> {
  const heard: unknown[] = [];
  const test = startTestService(
    {
      workflows: { weigher: () => weigher(heard) },
      activities: {
        // The first message alone weighs too little, and the answer takes its time.
        weigh: (_process, ...[taken]) =>
          new Promise((resolve, reject) => {
            const { length } = taken as unknown as number[];
            test.scheduler.schedule(100, () =>
              length > 1 ? resolve(length) : reject(ApplicationFailure.nonRetryable('too light', 'TOO_LIGHT')),
            );
          }),
      },
    },
    { bufferedEvents: 2, seed },
  );
  const tell = (number: number): void =>
    test.service.signalWithStart({
      workflowId: 'one',
      workflowType: 'weigher',
      args: [],
      signal: addSignal.name,
      signalArgs: [number],
    });
  tell(1);
  for (const number of [2, 3, 4]) test.scheduler.schedule(50 + number, () => tell(number));
  await test.pass(2000);
  expect(test.failures).toEqual(['too-many-buffered-events']);
  return heard;
}

it.each(SEEDS)(
  'an actor is not told the failure of what it asked before its task was played again (%i)',
  async (seed) => {
    expect(await playBurst(seed)).toEqual([4]);
  },
);

it('an actor is told the failure of what it asked', async () => {
  const heard: unknown[] = [];
  const test = startTestService({
    workflows: { weigher: () => weigher(heard) },
    activities: { weigh: () => Promise.reject(ApplicationFailure.nonRetryable('too light', 'TOO_LIGHT')) },
  });
  test.service.signalWithStart({
    workflowId: 'one',
    workflowType: 'weigher',
    args: [],
    signal: addSignal.name,
    signalArgs: [1],
  });
  await test.pass(1000);
  expect(heard).toMatchObject([{ message: 'too light', type: 'TOO_LIGHT' }]);
});
