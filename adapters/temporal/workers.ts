import type { Client } from '@temporalio/client';
// A CommonJS module that Node finds no named exports in.
import proto from '@temporalio/proto';
import { TASK_QUEUE } from '../../contracts/task-queues.ts';
import { withDeadline } from '../with-deadline.ts';

const DEADLINE_MS = 4000;

/** A worker that Temporal has heard of within the last minutes. */
interface KnownWorker {
  /** `<pid>@<host>`, unless the deployment names it. */
  identity: string;
  takes: ('workflows' | 'activities')[];
  lastSeenAt: Date;
}

/** Who takes tasks from Attendant's queue. */
export interface Workers {
  list(): Promise<KnownWorker[]>;
}

const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } = proto.temporal.api.enums.v1.TaskQueueType;
const KINDS = [
  ['workflows', TASK_QUEUE_TYPE_WORKFLOW],
  ['activities', TASK_QUEUE_TYPE_ACTIVITY],
] as const;

/** Asks Temporal who polls the task queue. */
export function createWorkers({ connection, options: { namespace } }: Client): Workers {
  return {
    async list() {
      const found = new Map<string, KnownWorker>();
      for (const [takes, taskQueueType] of KINDS) {
        const asking = connection.workflowService.describeTaskQueue({
          namespace,
          taskQueue: { name: TASK_QUEUE },
          taskQueueType,
        });
        const { pollers } = await withDeadline(asking, DEADLINE_MS, 'Temporal');
        for (const { identity, lastAccessTime } of pollers ?? []) {
          if (!identity) continue;
          const lastSeenAt = new Date(Number(lastAccessTime?.seconds ?? 0) * 1000);
          const known = found.get(identity);
          const isLater = known === undefined || lastSeenAt > known.lastSeenAt;
          found.set(identity, {
            identity,
            takes: [...(known?.takes ?? []), takes],
            lastSeenAt: isLater ? lastSeenAt : known.lastSeenAt,
          });
        }
      }
      return [...found.values()];
    },
  };
}
