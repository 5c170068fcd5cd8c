import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signBody } from '../../adapters/messenger/signature.ts';
import { conversationWorkflowId } from '../../adapters/temporal/workflow-id.ts';
import { startMongoServer } from '../../dev/embedded/start-mongo-server.ts';
import { startTemporalServer } from '../../dev/embedded/start-temporal-server.ts';
import { cacheDir } from '../support/embedded-cache.ts';
import { until } from '../support/until.ts';

const projectDir = path.join(import.meta.dirname, '..', '..');
const buildDir = path.join(projectDir, '.attendant', `build-${process.pid}`);
const adminToken = randomBytes(32).toString('hex');
const run = promisify(execFile);

let dataDir: string;
let temporal: Awaited<ReturnType<typeof startTemporalServer>>;
let mongo: Awaited<ReturnType<typeof startMongoServer>>;
let graph: Server;
const sent: { text: string }[] = [];
const children: ChildProcess[] = [];
let api: string;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'attendant-built-'));
  const servers = { cacheDir, dataDir, env: process.env, log: () => undefined };
  [temporal, mongo] = await Promise.all([startTemporalServer(servers), startMongoServer(servers), build()]);
  graph = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'POST') sent.push(JSON.parse(Buffer.concat(chunks).toString()).message);
      response.end(JSON.stringify({ recipient_id: 'x', message_id: `m_${sent.length}` }));
    });
  }).listen(0, '127.0.0.1');
  await once(graph, 'listening');
  start('worker/main.js', {});
  const port = await portOf(createServer());
  start('api/main.js', { ATTENDANT_PORT: String(port) });
  api = `http://127.0.0.1:${port}`;
  await until(
    'the api to be ready',
    () =>
      fetch(`${api}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    60_000,
  );
});

afterAll(async () => {
  for (const child of children) child.kill('SIGTERM');
  const alive = children.filter((child) => child.exitCode === null && child.signalCode === null);
  await Promise.all(alive.map((child) => once(child, 'exit')));
  graph.close();
  await Promise.all([temporal.stop(), mongo.stop()]);
  await rm(dataDir, { recursive: true, force: true });
  await rm(buildDir, { recursive: true, force: true });
});

async function build(): Promise<void> {
  // Types are checked once, by `npm run typecheck`.
  const compiler = path.join(projectDir, 'node_modules', 'typescript', 'bin', 'tsc');
  await run(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--noCheck', '--outDir', buildDir], {
    cwd: projectDir,
  });
  await run(process.execPath, [`${buildDir}/worker/build-workflow-bundle.js`, `${buildDir}/workflow-bundle.js`], {
    cwd: projectDir,
  });
}

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Starts a process as the container does: compiled JavaScript, no embedded mode, so payloads are encrypted. */
function start(file: string, env: Record<string, string>): void {
  const address = graph.address();
  children.push(
    spawn(process.execPath, [path.join(buildDir, file)], {
      cwd: projectDir,
      stdio: 'ignore',
      env: {
        PATH: process.env['PATH'],
        ATTENDANT_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
        ATTENDANT_ADMIN_TOKEN: adminToken,
        ATTENDANT_GRAPH_URL: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
        ATTENDANT_WORKFLOW_BUNDLE: path.join(buildDir, 'workflow-bundle.js'),
        MONGODB_URI: mongo.uri,
        TEMPORAL_ADDRESS: temporal.address,
        LOG_LEVEL: 'warn',
        ...env,
      },
    }),
  );
}

describe('the built product, as the container runs it', () => {
  it('answers a customer, and leaves nothing readable in Temporal', async () => {
    const documents = [
      { kind: 'account', name: 'shop', pageId: 'page-1', pageToken: 'token', appSecret: 'secret' },
      {
        kind: 'scenario',
        source:
          'attendant: 1\nscenario: hello\nblocks:\n  hello:\n    send-message: { text: "You wrote $(item.message)" }\n  end:\n    exit: {}\n',
      },
      { kind: 'service', name: 'care', skills: [] },
      { kind: 'entry', name: 'shop', account: 'shop', scenario: 'hello', service: 'care' },
    ];
    const applied = await fetch(`${api}/api/v1/configuration/apply`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ documents }),
    });
    expect(applied.status).toBe(200);
    const body = Buffer.from(
      JSON.stringify({
        object: 'page',
        entry: [
          {
            id: 'page-1',
            time: 1,
            messaging: [
              {
                sender: { id: 'psid-1' },
                recipient: { id: 'page-1' },
                timestamp: Date.now(),
                message: { mid: 'm_in', text: 'a very private matter' },
              },
            ],
          },
        ],
      }),
    );
    const taken = await fetch(`${api}/clientweb/fb/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': signBody(body, 'secret') },
      body,
    });
    expect(taken.status).toBe(200);
    await until('the answer', () => sent.some(({ text }) => text === 'You wrote a very private matter'), 60_000);

    const connection = await Connection.connect({ address: temporal.address });
    const history = await new Client({ connection }).workflow
      .getHandle(conversationWorkflowId('page-1', 'psid-1'))
      .fetchHistory();
    const bytes = Buffer.from(proto.temporal.api.history.v1.History.encode(history).finish());
    await connection.close();
    expect(bytes.includes('customerEvents')).toBe(true);
    expect(bytes.includes('private matter')).toBe(false);
    expect(bytes.includes('token')).toBe(false);
  });
});
