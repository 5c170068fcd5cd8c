import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testCommand } from '../../cli/commands/test.ts';

let folder: string;
let printed: string[];
let errors: string[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'attendant-test-'));
  [printed, errors] = [[], []];
  await write('hi.yaml', 'attendant: 2\nscenario: hi\nblocks:\n  a: { send-message: { text: Hi } }\n');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
}

const test = (...args: string[]): Promise<number> =>
  testCommand.run(args, { env: {}, print: (line) => printed.push(line), printError: (line) => errors.push(line) });

const call = (name: string): string =>
  `attendant: 2\nscenario: main\nblocks:\n  call: { start-another-scenario: { scenario: ${name} } }\n  b: { send-message: { text: Bye } }\n`;

const good = 'tests:\n  - name: greets\n    steps: [{ customer: x }, { bot: Hi }]\n';
const bad = 'tests:\n  - name: greets <loudly>\n    steps:\n      - customer: x\n      - bot: HI\n';

describe('attendant test', () => {
  it('runs the tests beside a scenario and ends with 0 when they pass', async () => {
    await write('hi.test.yaml', good);
    expect(await test(path.join(folder, 'hi.yaml'))).toBe(0);
    expect(printed[1]).toBe('  ok      greets');
    expect(printed.at(-1)).toMatch(/^1 passed, 0 failed, 2 steps in /);
  });

  it('ends with 1 and shows line and difference when one fails', async () => {
    const file = await write('hi.test.yaml', bad);
    expect(await test(folder)).toBe(1);
    expect(printed.slice(1, 8)).toEqual([
      `  FAILED  greets <loudly>  (${file}:5)`,
      '      (it is 2027-01-15T08:00Z)',
      '              0s  customer: x',
      '              0s  scenario: Hi',
      '              0s  (the conversation ends)',
      '    - scenario: HI',
      '    + scenario: Hi',
    ]);
  });

  it('holds coverage to a floor', async () => {
    await write('hi.test.yaml', good);
    expect(await test(folder, '--coverage')).toBe(0);
    expect(printed).toContain('  blocks covered: 1 of 1 (100 %)');
    expect(await test(folder, '--floor', '90')).toBe(1);
    expect(printed).toContain('  exits covered: 1 of 2 (50 %), below the floor of 90 %');
    expect(printed).toContain('    not covered: a: send-error');
  });

  it('writes what JUnit readers read', async () => {
    await write('hi.test.yaml', bad);
    const junit = path.join(folder, 'report.xml');
    expect(await test(folder, '--junit', junit)).toBe(1);
    const xml = await readFile(junit, 'utf8');
    expect(xml).toContain('tests="1" failures="1" errors="0"');
    expect(xml).toContain('name="greets &lt;loudly&gt;"><failure message="The scenario does not say');
  });

  it('tells line and column of a wrong test file, and a missing scenario', async () => {
    const file = await write('hi.test.yaml', 'tests:\n  - nam: greets\n    steps: [{ customer: x }]\n');
    expect(await test(file)).toBe(1);
    expect(printed.join('\n')).toContain(`${file}:2:5 "nam" is not known here.`);
    const lost = await write('lost.test.yaml', good);
    expect(await test(lost)).toBe(1);
    expect(printed.join('\n')).toContain(`${lost}:1:1 the scenario ${path.join(folder, 'lost.yaml')} cannot be read`);
  });

  it('runs scenarios that start others of the same folder, and says which is missing', async () => {
    const file = await write('main.yaml', call('hi'));
    await write('main.test.yaml', 'tests:\n  - name: both\n    steps: [{ customer: x }, { bot: [Hi, Bye] }]\n');
    expect(await test(file)).toBe(0);
    await write('main.yaml', call('nobody'));
    printed = [];
    expect(await test(file)).toBe(1);
    expect(printed.join('\n')).toContain('nobody');
  });

  it('ends with 1 when there are no tests', async () => {
    expect(await test(folder)).toBe(1);
    expect(errors.join()).toContain('holds no tests');
  });

  it('refuses a floor that is no percentage', async () => {
    await expect(test(folder, '--floor', 'high')).rejects.toThrow('--floor is a number from 0 to 100.');
  });
});

describe('attendant test --fuzz', () => {
  it('ends with 0 when random conversations find nothing', async () => {
    expect(await test(path.join(folder, 'hi.yaml'), '--fuzz', '--runs', '20')).toBe(0);
    expect(printed).toEqual([`${path.join(folder, 'hi.yaml')}: 20 random conversations, nothing found (seed 1)`]);
  });

  it('ends with 1 and prints the smallest test that shows what is wrong', { timeout: 30_000 }, async () => {
    const again = 'a: { send-message: { text: Hi, wait: {} }, exits: { timeout: a } }\n  b: { exit: {} }\n';
    await write('hi.yaml', `attendant: 2\nscenario: hi\nblocks:\n  ${again}`);
    expect(await test(folder, '--fuzz')).toBe(1);
    const file = await write(
      'hi.test.yaml',
      printed.slice(printed.findIndex((line) => line.includes('smallest'))).join('\n'),
    );
    printed = [];
    expect(await test(file)).toBe(1);
    expect(printed.join('\n')).toContain('FAILED  A silent customer waits for ever.');
  });
});
