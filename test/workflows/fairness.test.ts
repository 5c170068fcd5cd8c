import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createActors, type Actors } from '../../adapters/temporal/actors.ts';
import { conversationWorkflowId, dispatcherWorkflowId } from '../../adapters/temporal/workflow-id.ts';
import { TASK_QUEUE } from '../../contracts/task-queues.ts';
import { connectTestTemporal, type TestTemporal } from '../support/test-temporal.ts';
import { until } from '../support/until.ts';

const CROWD = 200;
/** A Page's id may be longer than Temporal takes a fairness key to be. */
const LONG_PAGE = 'p'.repeat(80);

let temporal: TestTemporal;
let actors: Actors;
/** When each workflow had its first task, in epoch milliseconds. */
let firstTaskAt: (workflowId: string) => Promise<number>;

beforeAll(async () => {
  temporal = await connectTestTemporal();
  actors = createActors(temporal.client);
  firstTaskAt = async (workflowId) => {
    const { events } = await temporal.client.workflow.getHandle(workflowId).fetchHistory();
    const begun = events?.find(({ workflowTaskStartedEventAttributes }) => workflowTaskStartedEventAttributes);
    return begun ? Number(begun.eventTime?.seconds) * 1000 + (begun.eventTime?.nanos ?? 0) / 1e6 : Infinity;
  };
});
afterAll(() => temporal.close());

const greet = (pageId: string, psid: string): Promise<boolean> =>
  actors.deliverCustomerEvents({ pageId, psid }, [{ kind: 'message', key: psid, at: 1, attachments: [] }]);

describe('a crowd of one Page', () => {
  it('waits behind itself: other Pages’ customers and the dispatchers have their turn first', async () => {
    // Nobody works yet: all of the crowd is there before anybody else.
    const crowd = Array.from({ length: CROWD }, (_each, index) => `crowd-${index}`);
    for (let at = 0; at < CROWD; at += 20)
      await Promise.all(crowd.slice(at, at + 20).map((psid) => greet('crowded', psid)));
    for (const psid of ['a', 'b']) await greet('quiet', psid);
    await greet(LONG_PAGE, 'c');
    await actors.tellAgentState('sales', { username: 'ann', state: 'ready', at: 1 });
    const others = [idOf('quiet', 'a'), idOf('quiet', 'b'), idOf(LONG_PAGE, 'c'), dispatcherWorkflowId('sales')];

    const worker = await Worker.create({
      connection: temporal.native,
      namespace: temporal.namespace,
      taskQueue: TASK_QUEUE,
      workflowsPath: fileURLToPath(new URL('../api/support/sample-workflows.ts', import.meta.url)),
      maxConcurrentWorkflowTaskExecutions: 10,
    });
    const turnsOfOthers = (): Promise<number[]> => Promise.all(others.map(firstTaskAt));
    await worker.runUntil(
      until('the others’ turn', async () => Number.isFinite(Math.max(...(await turnsOfOthers()))), 90_000),
    );
    const turnsOfCrowd = await Promise.all(crowd.map((psid) => firstTaskAt(idOf('crowded', psid))));
    for (const [index, turn] of (await turnsOfOthers()).entries())
      expect(turnsOfCrowd.filter((at) => at < turn).length, others[index]).toBeLessThan(CROWD / 4);
  }, 120_000);
});

const idOf = (pageId: string, psid: string): string => conversationWorkflowId(pageId, psid);
