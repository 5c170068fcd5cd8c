import { Connection } from '@temporalio/client';
// A CommonJS module that Node finds no named exports in.
import proto from '@temporalio/proto';
import { TASK_QUEUE } from '../../contracts/task-queues.ts';
import type { RunningStack } from '../../test/support/running-stack.ts';
import { readBalance } from './read-balance.ts';
import type { Victim } from './killer.ts';

const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } = proto.temporal.api.enums.v1.TaskQueueType;
type TaskQueueType = typeof TASK_QUEUE_TYPE_WORKFLOW | typeof TASK_QUEUE_TYPE_ACTIVITY;

/** The worker of a running stack as the killer meets it. `close` gives the connection to Temporal back. */
export async function openWorkerOf(stack: RunningStack): Promise<Victim & { close: () => Promise<void> }> {
  const files = await stack.readFile();
  const connection = await Connection.connect({ address: files['temporal']?.address ?? '' });

  async function hasPolled(pid: number, taskQueueType: TaskQueueType): Promise<boolean> {
    const { pollers } = await connection.workflowService.describeTaskQueue({
      namespace: 'default',
      taskQueue: { name: TASK_QUEUE },
      taskQueueType,
    });
    // The SDK's own identity of a worker.
    return (pollers ?? []).some(({ identity }) => identity?.startsWith(`${pid}@`));
  }

  return {
    async pidOfLiving() {
      const { worker } = await stack.readFile();
      const pid = worker?.pid;
      if (pid === undefined) return undefined;
      const polls = await Promise.all([
        hasPolled(pid, TASK_QUEUE_TYPE_WORKFLOW),
        hasPolled(pid, TASK_QUEUE_TYPE_ACTIVITY),
      ]).catch(() => []);
      return polls.length > 0 && polls.every(Boolean) ? pid : undefined;
    },
    async progress() {
      const items = await readBalance(stack).catch(() => undefined);
      // A part counts when it is written down, and once more when it has an end.
      return items?.reduce((sum, { parts, out }) => sum + 2 * parts - out.queued - out.sending, 0);
    },
    kill: (pid) => void process.kill(pid, 'SIGKILL'),
    close: () => connection.close(),
  };
}
