import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { doctorCommand } from '../../cli/commands/doctor.ts';

type Answer = { status: number; body: object };

let server: Server;
let answers: Record<string, Answer>;
let received: { route: string; body: string }[];
let env: NodeJS.ProcessEnv;
let printed: string[];

const good = { check: 'token', state: 'ok', message: 'The token is that of Page "Shop".' };
const bad = { check: 'message-echoes', state: 'failed', message: 'not subscribed', remedy: 'Subscribe it.' };
const tested = (...checks: object[]): Answer => ({ status: 200, body: { account: 'shop', pageId: '1', checks } });

beforeEach(async () => {
  [received, printed] = [[], []];
  answers = {
    'GET /readyz': { status: 200, body: { status: 'ready' } },
    'GET /api/v1/accounts': { status: 200, body: { items: [{ name: 'shop' }, { name: 'a b' }], next: null } },
    'POST /api/v1/accounts/shop/test': tested(good),
    'POST /api/v1/accounts/a%20b/test': tested(good),
  };
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const route = `${request.method} ${request.url}`;
      received.push({ route, body: Buffer.concat(chunks).toString() });
      const { status, body } = answers[route] ?? { status: 500, body: {} };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  env = { ATTENDANT_URL: `http://127.0.0.1:${port}`, ATTENDANT_ADMIN_TOKEN: 'token' };
});
afterEach(() => void server.close());

const print = (line: string): void => void printed.push(line);
const doctor = (...args: string[]): Promise<number> => doctorCommand.run(args, { env, print, printError: print });

describe('attendant doctor', () => {
  it('tests Attendant and every account, and ends well', async () => {
    expect(await doctor()).toBe(0);
    expect(received.map(({ route }) => route)).toEqual(Object.keys(answers));
    expect(printed.at(-1)).toBe('4 ok, 0 warnings, 0 failed, 0 not run');
  });

  it('prints the remedy of each red line and exits with 1', async () => {
    answers['POST /api/v1/accounts/shop/test'] = tested(good, bad);
    expect(await doctor('shop')).toBe(1);
    expect(printed.join('\n')).toMatch(/failed +message-echoes +not subscribed\n +→ Subscribe it\./);
    expect(received.filter(({ route }) => route.startsWith('POST'))).toHaveLength(1);
  });

  it('is not red for warnings and for what cannot be known', async () => {
    const warning = { ...bad, state: 'warning' };
    answers['POST /api/v1/accounts/shop/test'] = tested(warning, { ...good, state: 'not-run' });
    expect(await doctor()).toBe(0);
  });

  it('asks for subscriptions with --subscribe, and prints JSON with --json', async () => {
    await doctor('shop', '--subscribe', '--json');
    expect(received.at(-1)?.body).toBe('{"subscribe":true}');
    const { examinations } = JSON.parse(printed.join('\n')) as { examinations: { checks: object[] }[] };
    expect(examinations[1]?.checks).toEqual([good]);
  });

  it('names what Attendant itself cannot reach', async () => {
    const details = [{ path: 'temporal', message: 'does not answer', remedy: 'Check TEMPORAL_ADDRESS.' }];
    answers['GET /readyz'] = { status: 503, body: { code: 'SERVICE_UNAVAILABLE', message: 'no', details } };
    expect(await doctor()).toBe(1);
    expect(printed.join('\n')).toContain('temporal does not answer');
  });

  it('says that nobody answers, and that an account is not there', async () => {
    expect(await doctor('nobody')).toBe(1);
    expect(printed.join('\n')).toContain('There is no account "nobody".');
    env = { ATTENDANT_URL: 'http://127.0.0.1:65001', ATTENDANT_ADMIN_TOKEN: 'token' };
    expect(await doctor()).toBe(1);
    expect(printed.join('\n')).toContain('is it running?');
  });
});
