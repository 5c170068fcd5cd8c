import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendSignal } from '../../dev/embedded/process-table.ts';
import { startTemporalServer, type TemporalServer } from '../../dev/embedded/start-temporal-server.ts';
import { cacheDir } from '../support/embedded-cache.ts';

const SETUP_MS = 900_000;
let folder: string;
let server: TemporalServer;

const start = (port?: number): Promise<TemporalServer> =>
  startTemporalServer({
    cacheDir,
    dataDir: folder,
    env: { ...process.env, TEMPORAL_ADDRESS: '' },
    log: () => undefined,
    ...(port ? { port } : {}),
  });

async function withClient<Result>(use: (client: Client) => Promise<Result>): Promise<Result> {
  const connection = await Connection.connect({ address: server.address });
  try {
    return await use(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

describe('an embedded Temporal', () => {
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'attendant-temporal-'));
    server = await start();
  }, SETUP_MS);
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  }, 30_000);

  it('answers for the namespace "default" as soon as it is given', async () => {
    const described = await withClient((client) => client.workflowService.describeNamespace({ namespace: 'default' }));
    expect(described.namespaceInfo?.name).toBe('default');
  });

  it('keeps a workflow over kill -9 and comes back on the same port', async () => {
    const { address, process: running } = server;
    await withClient((client) =>
      client.workflow.signalWithStart('conversation', {
        workflowId: 'kept',
        taskQueue: 'nobody',
        signal: 'hello',
        signalArgs: ['world'],
      }),
    );
    sendSignal(running?.pid ?? 0, 'SIGKILL');
    await running?.exited;

    server = await start(Number(address.split(':')[1]));
    expect(server.address).toBe(address);
    const history = await withClient((client) => client.workflow.getHandle('kept').fetchHistory());
    expect(history.events?.length).toBeGreaterThanOrEqual(2);
  }, 60_000);
});
