import { fileURLToPath } from 'node:url';
import { Worker, type NativeConnection, type WorkflowBundleOption } from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import type { Activities } from '../activities/index.ts';
import { TASK_QUEUE } from '../contracts/task-queues.ts';
import { markLocalResults } from './mark-local-results.ts';

interface WorkerDependencies {
  connection: NativeConnection;
  namespace: string;
  activities: Activities;
  dataConverter: DataConverter;
  /** A bundle made by `npm run build`; bundled at start where absent. */
  bundlePath: string | undefined;
}

/**
 * Creates a worker for all workflows and activities. The settings are measured (docs/decisions.md): with 40 task slots
 * first messages of 50 busy conversations waited seconds; a sticky queue of 10 s kept the next message of a killed
 * worker's conversation waiting that long.
 */
export async function createWorker(deps: WorkerDependencies): Promise<Worker> {
  return Worker.create({
    connection: deps.connection,
    namespace: deps.namespace,
    taskQueue: TASK_QUEUE,
    activities: deps.activities,
    dataConverter: deps.dataConverter,
    interceptors: { activity: [markLocalResults] },
    ...workflowSource(deps.bundlePath),
    maxConcurrentWorkflowTaskExecutions: 200,
    maxConcurrentActivityTaskExecutions: 200,
    maxConcurrentLocalActivityExecutions: 200,
    stickyQueueScheduleToStartTimeout: '1s',
    // Longer than a send, so that a stopping worker finishes what it has begun.
    shutdownGraceTime: '15s',
    shutdownForceTime: '18s',
  });
}

/** What the bundler needs to make the workflow bundle, here and in `npm run build`. */
export const BUNDLE_SOURCE = {
  workflowsPath: modulePath('../workflows/index'),
  // Preloaded, so that compiled scenarios are shared by all conversations of a worker thread.
  preloadModules: [modulePath('../workflows/scenario-cache')],
};

function workflowSource(
  bundlePath: string | undefined,
): { workflowBundle: WorkflowBundleOption } | { workflowsPath: string; bundlerOptions: { preloadModules: string[] } } {
  if (bundlePath !== undefined) return { workflowBundle: { codePath: bundlePath } };
  const { workflowsPath, preloadModules } = BUNDLE_SOURCE;
  return { workflowsPath, bundlerOptions: { preloadModules } };
}

/** The module beside this one: TypeScript from a checkout, JavaScript in a build. */
function modulePath(name: string): string {
  return fileURLToPath(new URL(`${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url));
}
