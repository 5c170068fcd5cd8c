import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isAlive, sendSignal } from '../../dev/embedded/process-table.ts';
import type { StackState } from '../../dev/stack/stack-file.ts';
import { cacheDir } from '../support/embedded-cache.ts';

/** Stands in for simulator, worker and api: serves its environment on the api's port, and can be killed. */
const program = `
  import { createServer } from 'node:http';
  console.log('a line for the log');
  if (process.env.TEST_WORKER === 'broken' && import.meta.url.endsWith('worker.mjs')) process.exit(3);
  const port = import.meta.url.endsWith('api.mjs') ? Number(process.env.ATTENDANT_PORT) : 0;
  const server = createServer((_, response) => response.end(JSON.stringify(process.env)));
  server.listen(port, '127.0.0.1', () => process.send({ type: 'ready' }));
  process.on('SIGTERM', () => process.exit(0));`;

const FIRST_START_MS = 900_000;
const names = ['simulator', 'worker', 'api', 'temporal', 'mongo'] as const;
let folder: string;
let runner: string;
const running: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'attendant-start-'));
  const programs: Record<string, string> = {};
  for (const name of ['simulator', 'worker', 'api']) {
    programs[name] = path.join(folder, `${name}.mjs`);
    await writeFile(programs[name], program);
  }
  runner = path.join(folder, 'run.mjs');
  const start = new URL('../../dev/start.ts', import.meta.url).href;
  await writeFile(
    runner,
    `import { start } from ${JSON.stringify(start)};
     const io = { print: (line) => console.log(line), printError: (line) => console.error(line) };
     process.exitCode = await start({ env: process.env, programs: ${JSON.stringify(programs)}, ...io });`,
  );
});

afterEach(async () => {
  await Promise.all(running.splice(0).map(end));
}, 30_000);
afterAll(() => rm(folder, { recursive: true }));

interface Run {
  child: ChildProcess;
  dataDir: string;
  stdout: string[];
  stderr: string[];
}

function run(dataDir: string, env: NodeJS.ProcessEnv = {}): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', runner], {
    env: {
      ...process.env,
      TEMPORAL_ADDRESS: '',
      MONGODB_URI: '',
      ATTENDANT_PORT: '0',
      ATTENDANT_DEMO: '0',
      ATTENDANT_CACHE_DIR: cacheDir,
      ATTENDANT_DATA_DIR: dataDir,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const lines: Run = { child, dataDir, stdout: [], stderr: [] };
  createInterface({ input: child.stdout }).on('line', (line) => lines.stdout.push(line));
  createInterface({ input: child.stderr }).on('line', (line) => lines.stderr.push(line));
  return lines;
}

async function untilReady({ stdout, stderr, child }: Run): Promise<void> {
  await expect
    .poll(() => stdout.at(-1)?.startsWith('ready ') ?? child.exitCode !== null, { timeout: FIRST_START_MS })
    .toBe(true);
  expect(stdout.at(-1), stderr.join('\n')).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+$/);
}

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  return child.exitCode;
}

async function readState(dataDir: string): Promise<StackState> {
  return JSON.parse(await readFile(path.join(dataDir, 'stack.json'), 'utf8'));
}

const pidsOf = (state: StackState): number[] => names.map((name) => state[name].pid ?? 0);

async function readEnvironment(url: string): Promise<Record<string, string>> {
  return JSON.parse(await (await fetch(url)).text());
}

describe('start', () => {
  it(
    'runs the whole stack, restarts what is killed on the same ports, and stops all of it',
    async () => {
      const first = run(path.join(folder, 'one'));
      await untilReady(first);
      const before = await readState(first.dataDir);
      expect(before.url).toBe(first.stdout.at(-1)?.slice('ready '.length));
      expect(pidsOf(before).every(isAlive)).toBe(true);

      for (const pid of pidsOf(before)) sendSignal(pid, 'SIGKILL');
      const restarted = async (): Promise<boolean> => {
        const now = await readState(first.dataDir);
        return names.every((name) => isAlive(now[name].pid ?? 0) && now[name].pid !== before[name].pid);
      };
      await expect.poll(restarted, { timeout: 30_000 }).toBe(true);
      const after = await readState(first.dataDir);
      expect([after.temporal.address, after.mongo.uri, after.url]).toEqual([
        before.temporal.address,
        before.mongo.uri,
        before.url,
      ]);

      expect(await end(first.child)).toBe(0);
      expect(pidsOf(after).some(isAlive)).toBe(false);
      expect(first.stdout.at(-1)).toMatch(/^ready /);
      expect(pidsOf(await readState(first.dataDir))).toEqual([0, 0, 0, 0, 0]);
    },
    FIRST_START_MS,
  );

  it(
    'tells its processes all they need and keeps the secrets to the owner',
    async () => {
      const dataDir = path.join(folder, 'two');
      const first = run(dataDir, { TEMPORAL_TLS: 'true' });
      await untilReady(first);
      const state = await readState(dataDir);
      const environment = await readEnvironment(state.url);
      expect(environment).toMatchObject({
        ATTENDANT_EMBEDDED: '1',
        ATTENDANT_DATA_DIR: dataDir,
        ATTENDANT_GRAPH_URL: state.simulator.url,
        ATTENDANT_SIMULATOR_URL: state.simulator.url,
        MONGODB_URI: state.mongo.uri,
        TEMPORAL_ADDRESS: state.temporal.address,
      });
      expect(environment['TEMPORAL_TLS']).toBeUndefined();
      const token = environment['ATTENDANT_ADMIN_TOKEN'] ?? '';
      expect([...first.stdout, ...first.stderr].join('\n')).not.toContain(token);
      for (const secret of ['admin-token', 'encryption-key']) {
        expect((await stat(path.join(dataDir, secret))).mode & 0o777).toBe(0o600);
      }
      expect(await readFile(path.join(dataDir, 'logs', 'worker.log'), 'utf8')).toContain('a line for the log');
      await end(first.child);

      const second = run(dataDir, { ATTENDANT_GRAPH_URL: 'https://graph.example' });
      await untilReady(second);
      const again = await readEnvironment((await readState(dataDir)).url);
      expect(again['ATTENDANT_ADMIN_TOKEN']).toBe(token);
      expect(again['ATTENDANT_ENCRYPTION_KEY']).toBe(environment['ATTENDANT_ENCRYPTION_KEY']);
      expect(again['ATTENDANT_GRAPH_URL']).toBe('https://graph.example');
    },
    FIRST_START_MS,
  );

  it(
    'refuses a data folder that is in use and names the process, while another folder runs beside it',
    async () => {
      const dataDir = path.join(folder, 'three');
      const first = run(dataDir);
      await untilReady(first);
      const refused = run(dataDir);
      await once(refused.child, 'close');
      expect(refused.child.exitCode).toBe(1);
      expect(refused.stderr.join('\n')).toContain(`Process ${first.child.pid} already runs a stack in ${dataDir}`);
      const beside = run(path.join(folder, 'four'));
      await untilReady(beside);
      expect(pidsOf(await readState(dataDir)).every(isAlive)).toBe(true);
    },
    FIRST_START_MS,
  );

  it(
    'starts over a stack whose supervisor was killed, after its processes have ended',
    async () => {
      const dataDir = path.join(folder, 'five');
      const killed = run(dataDir);
      await untilReady(killed);
      const left = pidsOf(await readState(dataDir));
      killed.child.kill('SIGKILL');
      await once(killed.child, 'exit');
      const next = run(dataDir);
      await untilReady(next);
      expect(left.some(isAlive)).toBe(false);
    },
    FIRST_START_MS,
  );

  it('names the port that is in use', async () => {
    const dataDir = path.join(folder, 'six');
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const refused = run(dataDir, { ATTENDANT_PORT: String(port) });
    await once(refused.child, 'close');
    taken.close();
    expect(refused.child.exitCode).toBe(1);
    expect(refused.stderr.join('\n')).toContain(`Port ${port} of 127.0.0.1 is in use`);
  }, 60_000);

  it(
    'stops what had started when a program does not start, and shows the end of its log',
    async () => {
      const dataDir = path.join(folder, 'seven');
      const broken = run(dataDir, { TEST_WORKER: 'broken' });
      await once(broken.child, 'close');
      expect(broken.child.exitCode).toBe(1);
      expect(broken.stderr.join('\n')).toBe('worker ended at its start with exit code 3:\na line for the log');
      expect(pidsOf(await readState(dataDir))).toEqual([0, 0, 0, 0, 0]);
    },
    FIRST_START_MS,
  );

  it(
    'stops at once and in order when told to while it still starts',
    async () => {
      const dataDir = path.join(folder, 'eight');
      const interrupted = run(dataDir);
      await expect
        .poll(() => interrupted.stdout.some((line) => line.includes('MongoDB:')), { timeout: 30_000 })
        .toBe(true);
      expect(await end(interrupted.child)).toBe(0);
      expect(interrupted.stdout.at(-1)).not.toMatch(/^ready/);
      const [holder] = (await readFile(path.join(dataDir, 'stack.lock'), 'utf8').catch(() => '')).split(' ');
      expect(holder).toBe('');
    },
    FIRST_START_MS,
  );
});
