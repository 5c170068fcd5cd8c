import { MAX_MESSAGE_BYTES, MAX_PAYLOAD_BYTES } from './payload.ts';
import { createRandom } from './random.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import type { TaskFailureCause } from './service-context.ts';
import { createTemporalService, type TemporalService } from './temporal-service.ts';
import { WorkerProcess, type EffectDisturbance } from './worker-process.ts';
import type { WorkflowFunction } from './workflow-instance.ts';

type Activity = (process: WorkerProcess, ...args: never[]) => Promise<unknown>;

/** A simulated Temporal with one worker, for workflows and activities of a test. */
export interface TestService {
  service: TemporalService;
  scheduler: Scheduler;
  worker: WorkerProcess;
  /** Why tasks failed, in order. */
  failures: TaskFailureCause[];
  /** Lets so much time pass. */
  pass(ms: number): Promise<void>;
}

interface TestOptions {
  bufferedEvents?: number;
  suggestContinueAsNewAt?: number;
  /** Decides what chance decides. */
  seed?: number;
  /** What goes wrong with the first effect. */
  firstEffect?: EffectDisturbance;
}

/** Starts one. `bufferedEvents`, `suggestContinueAsNewAt`: limits of the server. */
export function startTestService(
  { workflows, activities }: { workflows: Record<string, WorkflowFunction>; activities: Record<string, Activity> },
  { bufferedEvents = 100, suggestContinueAsNewAt = 4096, seed = 1, firstEffect }: TestOptions = {},
): TestService {
  const scheduler = createScheduler(0);
  const random = createRandom(seed);
  const failures: TaskFailureCause[] = [];
  let effects = 0;
  const worker = new WorkerProcess({
    name: 'worker',
    scheduler,
    workflows,
    latency: random.stream('effects'),
    disturb: () => {
      const disturbance = effects === 0 ? firstEffect : undefined;
      effects += 1;
      return disturbance;
    },
    createActivities: (process) =>
      Object.fromEntries(
        Object.entries(activities).map(([name, activity]) => [name, (...args: never[]) => activity(process, ...args)]),
      ),
    onDeath: () => undefined,
    onChange: () => undefined,
  });
  const service = createTemporalService({
    scheduler,
    random,
    limits: {
      suggestContinueAsNewAt,
      bufferedEvents,
      historyEvents: 50_000,
      payloadBytes: MAX_PAYLOAD_BYTES,
      messageBytes: MAX_MESSAGE_BYTES,
    },
    observer: {
      taskFailed: (_execution, { cause }) => void failures.push(cause),
      taskCompleted: () => undefined,
      runClosed: () => undefined,
    },
    processes: [worker],
    losesCompletion: () => false,
  });
  return {
    service,
    scheduler,
    worker,
    failures,
    async pass(ms) {
      const until = scheduler.now + ms;
      while (await scheduler.advance(until));
    },
  };
}
