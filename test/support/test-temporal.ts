import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { NativeConnection } from '@temporalio/worker';
import { inject } from 'vitest';
import { until } from './until.ts';

const RETENTION_SECONDS = 24 * 60 * 60;

/** A namespace of its own in the shared Temporal: workflows, task queues and lists of other tests are not seen in it. */
export interface TestTemporal {
  client: Client;
  native: NativeConnection;
  namespace: string;
  close(): Promise<void>;
}

/** Connects to the shared Temporal, in a new namespace that answers already. */
export async function connectTestTemporal(dataConverter?: DataConverter): Promise<TestTemporal> {
  const address = inject('temporalAddress');
  const [connection, native] = await Promise.all([
    Connection.connect({ address }),
    NativeConnection.connect({ address }),
  ]);
  const namespace = `test-${randomUUID()}`;
  const workflowExecutionRetentionPeriod = { seconds: RETENTION_SECONDS as never };
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
  const client = new Client({ connection, namespace, ...(dataConverter && { dataConverter }) });
  // Some servers read their list of namespaces every few seconds only.
  await until('the new namespace', () =>
    client.workflow.count().then(
      () => true,
      () => false,
    ),
  );
  return {
    client,
    native,
    namespace,
    async close() {
      await Promise.all([native.close(), connection.close()]);
    },
  };
}
