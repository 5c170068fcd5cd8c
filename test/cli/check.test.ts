import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkCommand } from '../../cli/commands/check.ts';
import type { CheckReport } from '../../scenario-dsl/checks/check-source.ts';

let folder: string;
let printed: string[];
let errors: string[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'attendant-check-'));
  [printed, errors] = [[], []];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
}

const check = (...args: string[]): Promise<number> =>
  checkCommand.run(args, { env: {}, print: (line) => printed.push(line), printError: (line) => errors.push(line) });

/** With a data folder of its own. */
const checkAt = (...args: string[]): Promise<number> =>
  checkCommand.run(args, {
    env: { ATTENDANT_DATA_DIR: folder },
    print: (line) => printed.push(line),
    printError: (line) => errors.push(line),
  });

const pin = (source: string): string => createHash('sha256').update(source).digest('hex').slice(0, 12);

const good = 'attendant: 2\nscenario: good\nblocks:\n  a: { exit: {} }\n';
const bad = 'attendant: 2\nscenario: bad\nblocks:\n  a: { send-message: { text: "Hi $(name)" } }\n';
const search = `attendant: 2
scenario: search
blocks:
  find: { find-agent: { skills: [billing] }, exits: { timeout: end, no-agents: end, queue-limit: end } }
  talk: { connect-chat: {} }
  end: { exit: {} }
`;

describe('attendant check', () => {
  it('ends with 0 when a scenario can be published', async () => {
    expect(await check(await write('good.yaml', good))).toBe(0);
    expect(printed[0]).toBe(`${path.join(folder, 'good.yaml')} can be published: 0 errors, 0 warnings`);
  });

  it('ends with 1, naming line, column, remedy and transcript of what is wrong', async () => {
    const file = await write('bad.yaml', bad);
    expect(await check(file)).toBe(1);
    expect(printed.slice(0, 5)).toEqual([
      `${file}:4:34 error: $(name) is read here, but not set on the way a. [variable-not-set]`,
      '    Set it on that way, or write what to say without it: $(name|…).',
      '      | customer: …',
      '      | scenario: Hi $(name)  [a]',
      `${file} cannot be published: 1 error, 0 warnings`,
    ]);
  });

  it('says once why no check was run', async () => {
    const file = await write('broken.yaml', good.replace('exit', 'exti'));
    expect(await check(file)).toBe(1);
    expect(printed.filter((line) => line.includes('not run'))).toEqual([
      '  not run  the checks. (The file has to be free of the errors above first.)',
    ]);
  });

  it('checks every scenario of a folder and passes over what is none', async () => {
    await write('good.yaml', good);
    await write('bad.yaml', bad);
    await write('users.yaml', 'kind: service\nname: Support\nskills: []\n');
    expect(await check(folder, '--json')).toBe(1);
    const { reports } = JSON.parse(printed.join('\n')) as { reports: (CheckReport & { file: string })[] };
    expect(reports.map(({ file, isPublishable }) => [path.basename(file), isPublishable])).toEqual([
      ['bad.yaml', false],
      ['good.yaml', true],
    ]);
    expect(reports[0]?.problems[0]).toMatchObject({ code: 'variable-not-set', line: 4, column: 34 });
  });

  it('looks for agents in a configuration as apply takes it, without any secret in the environment', async () => {
    const file = await write('search.txt', search);
    await write(
      'agents.yaml',
      'kind: user\nusername: bob\nrole: agent\nskills: { billing: 10 }\npassword: ${BOB_PASSWORD}\n',
    );
    expect(await check(file, '--config', folder)).toBe(0);
    await write(
      'agents.yaml',
      'kind: user\nusername: bob\nrole: agent\nskills: { support: 10 }\npassword: ${BOB_PASSWORD}\n',
    );
    expect(await check(file, '--config', folder)).toBe(1);
    expect(printed.join('\n')).toContain('The configuration has no agent with "billing" at level 1 or more.');
  });

  it('tells an entry that is pinned to a version which needs what no entry gives, and that entry alone', async () => {
    const needs =
      'attendant: 2\nscenario: hello\ninputs: { brand: text }\nblocks: { a: { log: { text: $(brand) } } }\n';
    const needsNothing = 'attendant: 2\nscenario: hello\nblocks: { a: { exit: {} } }\n';
    const config = path.join(folder, 'config');
    await mkdir(path.join(config, 'scenarios'), { recursive: true });
    await writeFile(path.join(config, 'scenarios/hello@1.yaml'), needs);
    const entry = (name: string, source: string): string =>
      `kind: entry\nname: ${name}\naccount: shop\nservice: support\nscenario: hello@${pin(source)}\n`;
    await writeFile(path.join(config, 'entries.yaml'), `${entry('old', needs)}---\n${entry('new', needsNothing)}`);
    expect(await check(await write('hello.yaml', needsNothing), '--config', config)).toBe(1);
    expect(errors).toEqual([
      `${path.join(config, 'entries.yaml')}:5:11 scenario "hello@${pin(needs)}" needs $(brand), which an entry does not give\n` +
        '    Name a version, or a scenario that starts this one, which gives it, or say "optional: true" in its inputs and read $(brand|…).',
    ]);
    await writeFile(path.join(config, 'entries.yaml'), entry('new', needsNothing));
    expect(await check(await write('hello.yaml', needs), '--config', config)).toBe(0);
  });

  it('tells where a configuration is wrong', async () => {
    const file = await write('search.txt', search);
    const agents = await write('agents.yaml', 'kind: user\nusername: bob\nrole: boss\npassword: ${P}\n');
    expect(await check(file, '--config', folder)).toBe(1);
    expect(errors[0]).toContain(`${agents}:3:7 there is no role "boss"`);
  });

  it('ends with 1 when there is nothing to check', async () => {
    expect(await check(path.join(folder, 'absent.yaml'))).toBe(1);
    expect(await check(folder)).toBe(1);
    expect(errors.join('\n')).toContain('holds no scenario');
  });

  it('says how the tests of a scenario are run', async () => {
    const file = await write('good.test.yaml', 'tests: []\n');
    expect(await check(file)).toBe(1);
    expect(errors.join('\n')).toContain(`Run them: attendant test ${file}`);
  });

  it('asks for one file or folder', async () => {
    await expect(check()).rejects.toThrow('Name one file or one folder.');
  });
});

describe('attendant check --config <url>', () => {
  it('asks for a token where it has none for that address', async () => {
    // The stack of this folder is another one: its token is not for everybody.
    await write('stack.json', JSON.stringify({ url: 'http://127.0.0.1:1' }));
    await write('admin-token', 'a-secret-of-another-stack');
    const file = await write('good.yaml', good);
    expect(await checkAt(file, '--config', 'http://127.0.0.1:9')).toBe(1);
    expect(errors).toEqual([expect.stringContaining('No token for http://127.0.0.1:9')]);
  });

  it('says that nobody answers there', async () => {
    const file = await write('good.yaml', good);
    expect(await checkAt(file, '--config', 'http://127.0.0.1:9', '--token', 'x')).toBe(1);
    expect(errors).toEqual([expect.stringContaining('No answer from Attendant at http://127.0.0.1:9')]);
  });
});
