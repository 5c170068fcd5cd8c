import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { signBody } from '../../adapters/messenger/signature.ts';
import { findFreePort } from '../../dev/embedded/free-ports.ts';
import { compiledProduct } from './compiled-product.ts';
import { cacheDir } from './embedded-cache.ts';
import { until } from './until.ts';

export type ProcessName = 'worker' | 'api' | 'temporal' | 'mongo' | 'simulator';

export interface HttpResponse {
  status: number;
  // Tests look into answers freely; what they expect is what they check.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}

/** The whole product as `npm start` runs it, in processes of its own, reached over HTTP only. */
export interface RunningStack {
  readonly url: string;
  readonly dataDir: string;
  readonly adminToken: string;
  call(method: string, route: string, options?: { body?: unknown; token?: string }): Promise<HttpResponse>;
  simulator(method: string, route: string, body?: unknown): Promise<HttpResponse>;
  /** Posts raw bytes to the webhook, signed with the secret. */
  postWebhook(body: string | Buffer, appSecret: string): Promise<HttpResponse>;
  readFile(): Promise<Record<string, { pid?: number; url?: string; uri?: string; address?: string }>>;
  /** `kill -9`; gives the pid that died. */
  kill(name: ProcessName): Promise<number>;
  /** Waits until the supervisor has replaced a killed process and the api answers again. */
  untilRestarted(name: ProcessName, deadPid: number): Promise<void>;
  readLogs(): Promise<string>;
  /** Stops it as Ctrl-C does; gives the exit code. */
  stop(): Promise<number | null>;
  /** Stops it and deletes its data. */
  remove(): Promise<void>;
}

/**
 * Starts `attendant start`, on a free port where none is given. `dataDir` goes on with earlier data. It ends with this
 * process, and `signal` stops it while it comes up.
 */
export async function startRunningStack(
  options: { env?: Record<string, string>; dataDir?: string; port?: number; signal?: AbortSignal } = {},
): Promise<RunningStack> {
  options.signal?.throwIfAborted();
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'attendant-stack-')));
  const port = options.port ?? (await findFreePort());
  const child = spawn(process.execPath, ['--enable-source-maps', 'cli/attendant.mjs', 'start'], {
    cwd: await compiledProduct(),
    env: { ...stackEnvironment(port, dataDir), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endWithThisProcess(child);
  const output = collect(child);
  const url = await untilReady(child, output, options.signal).catch(async (error: unknown) => {
    await stopChild(child);
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
  const adminToken = (await readFile(path.join(dataDir, 'admin-token'), 'utf8')).trim();
  return createStack({ child, url, dataDir, adminToken });
}

/** The environment of a stack of its own on embedded servers, whatever servers this process was given. */
export function stackEnvironment(port: number, dataDir: string): NodeJS.ProcessEnv {
  // Told to the tests: the product knows no such key.
  const { ATTENDANT_HOLD_BUDGETS: _forTests, ...env } = process.env;
  return {
    ...env,
    ATTENDANT_PORT: String(port),
    ATTENDANT_DATA_DIR: dataDir,
    ATTENDANT_CACHE_DIR: cacheDir,
    ATTENDANT_DEMO: '0',
    TEMPORAL_ADDRESS: '',
    MONGODB_URI: '',
  };
}

function endWithThisProcess(child: ChildProcess): void {
  const end = (): void => void child.kill('SIGTERM');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
}

/** Gives the exit code; null where a signal ended it. */
async function stopChild(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
  return child.exitCode;
}

async function untilReady(child: ChildProcess, output: () => string, signal?: AbortSignal): Promise<string> {
  const ready = await until(
    'the ready line',
    () => {
      signal?.throwIfAborted();
      if (child.exitCode !== null) throw new Error(`attendant start ended with ${child.exitCode}:\n${output()}`);
      return /^ready (http:\S+)$/m.exec(output());
    },
    600_000,
  );
  return ready[1] ?? '';
}

function collect(child: ChildProcess): () => string {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return () => text;
}

function createStack(made: { child: ChildProcess; url: string; dataDir: string; adminToken: string }): RunningStack {
  const { child, url, dataDir, adminToken } = made;
  const readStackFile: RunningStack['readFile'] = async () =>
    JSON.parse(await readFile(path.join(dataDir, 'stack.json'), 'utf8'));
  const stack: RunningStack = {
    url,
    dataDir,
    adminToken,
    call: (method, route, { body, token = adminToken } = {}) => request(`${url}${route}`, { method, body, token }),
    async simulator(method, route, body) {
      const { simulator } = await readStackFile();
      return request(`${simulator?.url}${route}`, { method, body });
    },
    async postWebhook(body, appSecret) {
      const bytes = Buffer.from(body);
      const response = await fetch(`${url}/clientweb/fb/webhook`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-hub-signature-256': signBody(bytes, appSecret) },
        body: bytes,
      });
      return { status: response.status, body: await response.text() };
    },
    readFile: readStackFile,
    async kill(name) {
      const { [name]: running } = await readStackFile();
      if (running?.pid === undefined) throw new Error(`${name} is not running`);
      process.kill(running.pid, 'SIGKILL');
      return running.pid;
    },
    async untilRestarted(name, deadPid) {
      await until(
        `${name} after its death`,
        async () => {
          const { [name]: running } = await readStackFile();
          if (running?.pid === undefined || running.pid === deadPid) return false;
          const answer = await request(`${url}/readyz`, { method: 'GET' }).catch(() => undefined);
          return answer?.status === 200;
        },
        60_000,
      );
    },
    async readLogs() {
      const folder = path.join(dataDir, 'logs');
      const files = await readdir(folder);
      return (await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')))).join('\n');
    },
    stop: () => stopChild(child),
    async remove() {
      await stack.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return stack;
}

async function request(
  address: string,
  { method, body, token }: { method: string; body?: unknown; token?: string },
): Promise<HttpResponse> {
  const response = await fetch(address, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text };
}

/** A unique name for what a test makes. */
export function unique(prefix: string): string {
  return `${prefix}-${randomUUID().slice(0, 8)}`;
}
