import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTextFile } from '../../cli/read-text-file.ts';
import { runCli } from '../../cli/main.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'attendant-text-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, bytes: string | Buffer): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
  return file;
}

const SCENARIO = 'attendant: 2\nscenario: greets\nblocks:\n  a:\n    send-message: { text: "Grüße" }\n';
const TESTS = 'tests:\n  - name: "grüßt"\n    steps: [{ customer: hi }, { bot: "Grüße" }]\n';
const USER = 'kind: user\nusername: jose\nname: José\nrole: agent\npassword: demo-agent-password\n';
const UTF16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(SCENARIO, 'utf16le')]);

describe('a text file', () => {
  it('is read where it is UTF-8, with or without a byte order mark', async () => {
    expect(await readTextFile(await write('plain.yaml', SCENARIO))).toEqual({ text: SCENARIO });
    expect(await readTextFile(await write('marked.yaml', `\uFEFF${SCENARIO}`))).toEqual({ text: SCENARIO });
    expect(await readTextFile(await write('empty.yaml', ''))).toEqual({ text: '' });
  });

  it('is refused with line and column where its bytes are another encoding’s', async () => {
    const file = await write('latin.yaml', Buffer.from(SCENARIO, 'latin1'));
    const place = { file, line: 5, column: 30, remedy: 'Save the file as UTF-8 in your editor.' };
    expect(await readTextFile(file)).toMatchObject({ isMissing: false, problem: place });
  });

  it.each([
    ['with its mark', UTF16],
    ['without', UTF16.subarray(2)],
    ['of the other byte order', Buffer.from(UTF16).swap16()],
  ])('is told to be UTF-16 %s', async (_how, bytes) => {
    const file = await write('wide.yaml', bytes);
    expect(await readTextFile(file)).toMatchObject({ problem: { message: 'is UTF-16 ("Unicode"), not UTF-8' } });
  });

  it('is told to be missing', async () => {
    expect(await readTextFile(path.join(folder, 'none'))).toMatchObject({ isMissing: true });
  });
});

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

async function run(...args: string[]): Promise<{ code: number; printed: string }> {
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  const code = await runCli(args, { print, printError: print, env: {}, input: [] as never } as never);
  return { code, printed: lines.join('\n') };
}

describe('every command that reads what somebody wrote', () => {
  it('refuses bytes that are no UTF-8, and names the file', async () => {
    const scenario = await write('odd/greets.yaml', latin(SCENARIO));
    const tests = await write('good/greets.test.yaml', latin(TESTS));
    await write('good/greets.yaml', SCENARIO);
    const user = await write('odd-users/user.yml', latin(USER));
    for (const args of [
      ['check', scenario],
      ['check', path.dirname(scenario)],
      ['publish', scenario, '--dry-run'],
      ['test', tests],
      ['apply', user, '--dry-run'],
      ['simulate', '--scenario', scenario],
    ]) {
      const { code, printed } = await run(...args);
      expect([args[0], code, /\.ya?ml:\d+:\d+ is not UTF-8/.test(printed), printed]).toEqual([
        args[0],
        1,
        true,
        printed,
      ]);
    }
  });

  it('reads by the one function that looks at the encoding', async () => {
    const names = await readdir('cli/commands', { recursive: true });
    const sources = await Promise.all(
      names
        .filter((name) => name.endsWith('.ts'))
        .map(async (name) => [name, await readFile(path.join('cli/commands', name), 'utf8')] as const),
    );
    // Bytes are what `files` sends; the stack's own file is written by us.
    const readers = sources.filter(([, text]) => /\breadFile\(/.test(text)).map(([name]) => name);
    expect(readers).toEqual(['files.ts', 'simulate/chat-with-page.ts']);
  });
});
