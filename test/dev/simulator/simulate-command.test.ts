import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { simulate } from '../../../cli/commands/simulate.ts';
import { createFixture, PAGE, type SimulatorFixture } from './simulator-fixture.ts';

const QUICK_REPLIES = [
  { content_type: 'text', title: 'Sales', payload: 'SALES' },
  { content_type: 'text', title: 'Support', payload: 'SUPPORT' },
];

let simulator: SimulatorFixture;
let dataDir: string;
let printed: string[];
let input: PassThrough;
let watch: (line: string) => void;

beforeEach(async () => {
  simulator = await createFixture();
  await simulator.control('POST', 'pages', PAGE);
  const url = await simulator.app.listen({ port: 0, host: '127.0.0.1' });
  dataDir = await mkdtemp(path.join(tmpdir(), 'attendant-simulate-'));
  await writeFile(path.join(dataDir, 'stack.json'), JSON.stringify({ simulator: { url } }));
  printed = [];
  input = new PassThrough();
  watch = () => undefined;
});

afterEach(async () => {
  await simulator.app.close();
  await rm(dataDir, { recursive: true });
});

function print(line: string): void {
  printed.push(line);
  watch(line);
}

function run(args: string[] = []): Promise<number> {
  return simulate(args, { env: { ATTENDANT_DATA_DIR: dataDir }, print, printError: print, input });
}

const untilPrinted = (part: string): Promise<void> =>
  new Promise((resolve) => {
    watch = (line) => {
      if (line.includes(part)) resolve();
    };
  });

async function findPsid(): Promise<string> {
  return (await simulator.control('POST', `pages/${PAGE.pageId}/customers`, { name: 'Ada Byron' })).body.psid;
}

describe('attendant simulate', () => {
  it('prints replies with their buttons, and a number presses one', async () => {
    const psid = await findPsid();
    const code = run();
    await untilPrinted('Ada Byron writes to Moon Bakery');
    const seen = untilPrinted('Support');
    await simulator.send({ text: 'Where to?', quick_replies: QUICK_REPLIES }, { psid });
    await seen;
    input.end('2\nThanks\n');
    expect(await code).toBe(0);
    expect(printed.slice(1)).toEqual(['< Where to?', '    1  Sales', '    2  Support']);
    const { body } = await simulator.control('GET', `pages/${PAGE.pageId}/customers/${psid}/messages?after=1`);
    expect(body.items).toMatchObject([{ text: 'Support', payload: 'SUPPORT' }, { text: 'Thanks' }]);
  });

  it('shows the earlier thread, both sides, when it starts', async () => {
    const psid = await findPsid();
    await simulator.control('POST', `customers/${psid}/messages`, { pageId: PAGE.pageId, text: 'Hi' });
    await simulator.send({ text: 'Hello' }, { psid });
    input.end();
    await run();
    expect(printed.slice(1)).toEqual(['> Hi', '< Hello']);
  });

  it('names the Pages there are where the one asked for is not', async () => {
    expect(await run(['--page', '999'])).toBe(1);
    expect(printed).toEqual(['The simulator has no such Page. Known: 100 (Moon Bakery).']);
  });

  it('tells how to start a stack where none runs', async () => {
    await writeFile(path.join(dataDir, 'stack.json'), '{');
    expect(await run()).toBe(1);
    expect(printed[0]).toContain('Start one with npm start.');
  });

  it('refuses options it does not know', async () => {
    await expect(run(['--oops'])).rejects.toThrow(/--oops/);
  });
});
