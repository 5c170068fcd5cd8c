import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyCommand } from '../../cli/commands/apply.ts';
import type { ConfigurationDocument } from '../../contracts/configuration-schema.ts';

interface Received {
  authorization: string | undefined;
  body: { documents: ConfigurationDocument[]; dryRun: boolean };
}

let folder: string;
let server: Server;
let received: Received[];
let answer: { status: number; body: object };
let env: NodeJS.ProcessEnv;
let printed: string[];
let errors: string[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'attendant-apply-'));
  [received, printed, errors] = [[], [], []];
  answer = { status: 200, body: { dryRun: false, revision: 1, items: [] } };
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Received['body'];
      received.push({ authorization: request.headers.authorization, body });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  env = {
    ATTENDANT_URL: `http://127.0.0.1:${port}`,
    ATTENDANT_ADMIN_TOKEN: 'token',
    APP_SECRET: 'from the: environment',
  };
});

afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

async function write(name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

const apply = (...args: string[]): Promise<number> =>
  applyCommand.run(args, { env, print: (line) => printed.push(line), printError: (line) => errors.push(line) });

const account = `kind: account
name: shop
pageId: "123"
pageToken: t
appSecret: \${APP_SECRET}
`;

describe('attendant apply', () => {
  it('sends all documents of a file with the environment put in', async () => {
    const file = await write('a.yaml', `${account}---\nkind: service\nname: support\nskills: [support]\n`);
    expect(await apply(file)).toBe(0);
    expect(received[0]?.authorization).toBe('Bearer token');
    expect(received[0]?.body.dryRun).toBe(false);
    expect(received[0]?.body.documents).toEqual([
      { kind: 'account', name: 'shop', pageId: '123', pageToken: 't', appSecret: 'from the: environment' },
      { kind: 'service', name: 'support', skills: ['support'] },
    ]);
  });

  it('sends a folder in the order of names, and scenarios by their text only', async () => {
    await write('scenarios/tiny.yaml', 'attendant: 2\nscenario: tiny\n');
    await write('b/users.yml', 'kind: user\nusername: ann\n');
    await write('a.yaml', 'kind: scenario\nfile: scenarios/tiny.yaml\n');
    await apply(folder, '--dry-run');
    const source = 'attendant: 2\nscenario: tiny\n';
    expect(received[0]?.body).toEqual({
      dryRun: true,
      documents: [
        { kind: 'scenario', source, file: 'scenarios/tiny.yaml' },
        { kind: 'user', username: 'ann' },
      ],
    });
  });

  it('prints what came of each item, and a new verify token', async () => {
    const items = [
      { kind: 'account', name: 'shop', outcome: 'created', verifyToken: 'vvv' },
      { kind: 'service', name: 'support', outcome: 'unchanged' },
    ];
    answer = { status: 200, body: { dryRun: false, revision: 1, items } };
    await apply(await write('a.yaml', account));
    const text = printed.join('\n');
    expect(text).toMatch(/created +account +shop/);
    expect(text).toContain('shown this once: vvv');
    expect(text).toContain('1 created, 0 changed, 1 unchanged');
  });

  it('names file, line and column of a variable that is missing, and sends nothing', async () => {
    const file = await write('a.yaml', account.replace('APP_SECRET', 'NO_SUCH_SECRET'));
    expect(await apply(file)).toBe(1);
    expect(errors[0]).toContain(`${file}:5:12 environment variable NO_SUCH_SECRET is missing`);
    expect(received).toEqual([]);
  });

  it('names the place of broken YAML and of a scenario file that is not there', async () => {
    await write('a.yaml', 'kind: account\n  name: x\n');
    await write('b.yaml', 'kind: scenario\nfile: gone.yaml\n');
    expect(await apply(folder)).toBe(1);
    expect(errors.join('\n')).toMatch(/a\.yaml:\d+:\d+ /);
    expect(errors.join('\n')).toMatch(/b\.yaml:2:7 scenario file .*gone\.yaml cannot be read/);
  });

  it('brings problems of the api to file, line and column', async () => {
    await write('scenarios/tiny.yaml', 'attendant: 2\nscenario: tiny\n');
    const file = await write('all.yaml', `${account}---\nkind: scenario\nfile: scenarios/tiny.yaml\n`);
    const details = [
      { path: 'documents.0.pageId', message: 'is bound', remedy: 'Unbind it.' },
      { path: 'documents.0.pageUsername', message: 'is missing', remedy: 'Add it.' },
      { path: 'documents.1.source.blocks', message: 'No blocks.', line: 2, column: 3 },
    ];
    answer = { status: 422, body: { code: 'CONFIGURATION_INVALID', message: 'not valid', details } };
    expect(await apply(file)).toBe(1);
    expect(errors).toEqual([
      `${file}:3:9 pageId: is bound\n    Unbind it.`,
      `${file}:1:1 pageUsername: is missing\n    Add it.`,
      `${path.join(folder, 'scenarios/tiny.yaml')}:2:3 No blocks.`,
      'not valid',
    ]);
  });

  it('finds the running stack by its data folder', async () => {
    await write('stack.json', JSON.stringify({ url: env['ATTENDANT_URL'] }));
    await write('admin-token', 'token of the stack\n');
    env = { ATTENDANT_DATA_DIR: folder, APP_SECRET: 's' };
    await apply(await write('a/a.yaml', account));
    expect(received[0]?.authorization).toBe('Bearer token of the stack');
  });

  it('says what to do where no stack runs', async () => {
    env = { ATTENDANT_DATA_DIR: folder, APP_SECRET: 's' };
    expect(await apply(await write('a.yaml', account))).toBe(1);
    expect(errors[0]).toContain('run npm start, or set ATTENDANT_URL');
  });

  it('wants one path', async () => {
    await expect(apply()).rejects.toThrow('Name one file or one folder');
  });
});
