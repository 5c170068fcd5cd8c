import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { createActors, type Actors } from '../../../adapters/temporal/actors.ts';
import { TASK_QUEUE } from '../../../contracts/task-queues.ts';
import { connectTestTemporal } from '../../support/test-temporal.ts';

/** The api's way to Temporal, with a worker that runs `sample-workflows.ts` at the other end. */
export interface SampleActors {
  actors: Actors;
  client: Client;
  close(): Promise<void>;
}

export async function startSampleActors(): Promise<SampleActors> {
  const temporal = await connectTestTemporal();
  const worker = await Worker.create({
    connection: temporal.native,
    namespace: temporal.namespace,
    taskQueue: TASK_QUEUE,
    workflowsPath: fileURLToPath(new URL('./sample-workflows.ts', import.meta.url)),
  });
  const running = worker.run();
  return {
    actors: createActors(temporal.client),
    client: temporal.client,
    async close() {
      worker.shutdown();
      await running;
      await temporal.close();
    },
  };
}
