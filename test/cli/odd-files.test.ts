import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../cli/main.ts';

let folder: string;
let printed: string[];
let errors: string[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'attendant-odd-'));
  [printed, errors] = [[], []];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const run = (...args: string[]): Promise<number> =>
  runCli(args, {
    env: { ATTENDANT_DATA_DIR: folder },
    print: (line) => printed.push(line),
    printError: (line) => errors.push(line),
  });

const at = (name: string): string => path.join(folder, name);
const scenario = (name: string, blocks = '  a: { send-message: { text: hi } }\n'): string =>
  `attendant: 2\nscenario: ${name}\nblocks:\n${blocks}`;
const starts = (name: string, started: string): string =>
  scenario(name, `  a: { start-another-scenario: { scenario: ${started} } }\n`);

/** Verdicts and problems, without the files' folder. */
const told = (): string[] =>
  [...errors, ...printed]
    .flatMap((line) => line.split('\n'))
    .filter((line) => line.startsWith(folder))
    .map((line) => line.slice(folder.length + 1));

describe('A folder with odd things among good scenarios', () => {
  it('is reported whole: what cannot be read is told, the rest is checked, also what is started from beside it', async () => {
    await writeFile(at('good.yaml'), scenario('good'));
    await writeFile(at('latin.yaml'), Buffer.from(scenario('latin').replace('hi', 'gr\u00fc\u00df'), 'latin1'));
    await writeFile(at('one.yaml'), starts('one', 'two'));
    await writeFile(at('two.yaml'), starts('two', 'one'));
    await mkdir(at('folder.yaml'));
    await symlink('nowhere.yaml', at('gone.yaml'));
    await symlink('.', at('round'));
    execFileSync('mkfifo', [at('pipe.yaml')]);
    expect(await run('check', folder)).toBe(1);
    expect(told()).toEqual([
      'gone.yaml cannot be read: is the path right?',
      'latin.yaml:4:32 is not UTF-8: here stands no character of it',
      'good.yaml can be published: 0 errors, 0 warnings',
      'one.yaml:4:44 error: Scenario "one" starts itself: one → two → one. [recursive-scenario]',
      'one.yaml cannot be published: 1 error, 0 warnings',
      'two.yaml:4:44 error: Scenario "two" starts itself: two → one → two. [recursive-scenario]',
      'two.yaml cannot be published: 1 error, 0 warnings',
    ]);
  });

  it('has each of its tests run once', async () => {
    await writeFile(at('good.yaml'), scenario('good'));
    await writeFile(at('good.test.yaml'), 'tests:\n  - { name: it, steps: [{ customer: Hello }, { bot: hi }] }\n');
    await writeFile(
      at('lost.test.yaml'),
      'scenario: none.yaml\ntests:\n  - { name: it, steps: [{ customer: Hello }] }\n',
    );
    await symlink('.', at('round'));
    expect(await run('test', folder)).toBe(1);
    expect(printed.at(-1)).toMatch(/^1 passed, 0 failed, 1 files could not be run/);
  });
});

describe('A file', () => {
  it.each(['\r\n', '\r'])('is read whose lines end in %j', async (end) => {
    await writeFile(at('a.yaml'), scenario('a').replaceAll('\n', end));
    expect(await run('check', at('a.yaml'))).toBe(0);
  });

  it('without tests is told where they belong', async () => {
    await writeFile(at('a.yaml'), scenario('a'));
    expect(await run('test', at('a.yaml'))).toBe(1);
    expect(errors).toEqual([
      `${at('a.yaml')} has no tests: there is no ${at('a.test.yaml')}\n    Write them beside it, into a.test.yaml: docs/scenario-tests.md.`,
    ]);
  });

  it.each([
    ['languages: [constructor, de]\nlanguage: $(lang|de)', '"constructor" is not the code of a language.'],
    ['languages: [__proto__, de]\nlanguage: $(lang|de)', '"__proto__" is not the code of a language.'],
    ['inputs: { toString: text }', undefined],
  ])('whose words are JavaScript’s is read as any other: %s', async (head, message) => {
    await writeFile(at('a.yaml'), scenario('a').replace('blocks:', `${head}\nblocks:`));
    expect(await run('check', at('a.yaml'))).toBe(message === undefined ? 0 : 1);
    expect(printed.join('\n')).toContain(message ?? 'can be published');
  });
});

describe('Configuration', () => {
  it('whose texts hold what no text can is told with its line', async () => {
    await writeFile(at('entry.yaml'), 'kind: service\nname: "support\\0"\nskills: ["a \\uD83D"]\n');
    expect(await run('check', at('entry.yaml'), '--config', at('entry.yaml'))).toBe(1);
    expect(errors.join('\n')).toContain(`${at('entry.yaml')}:2:7 name holds a NUL character (behind "support")`);
    expect(errors.join('\n')).toContain(
      `${at('entry.yaml')}:3:10 skills.0 holds half a character, \\uD83D (behind "a ")`,
    );
  });
});

describe('A back-test over a folder with odd things', () => {
  const conversation = {
    id: 'c1',
    scenario: 'good',
    version: '0'.repeat(64),
    startedAt: 1_800_000_000_000,
  };

  it('takes the conversations, and is not stopped by what is no version', async () => {
    await writeFile(at('good.yaml'), scenario('good'));
    await mkdir(at('kept'));
    await mkdir(at('kept/folder.yaml'));
    await mkdir(at('kept/folder.json'));
    await symlink('nowhere.yaml', at('kept/gone.yaml'));
    await writeFile(at('kept/latin.yaml'), Buffer.from('gr\u00fc\u00df', 'latin1'));
    execFileSync('mkfifo', [at('kept/pipe.json')]);
    await run('back-test', at('good.yaml'), '--input', at('kept'));
    expect(errors).toEqual([`${at('kept')} holds no conversation: keep some there with --save, as *.json.`]);
  });

  it('says which file, or which of its conversations, is none, and what is wrong in it', async () => {
    await writeFile(at('good.yaml'), scenario('good'));
    await writeFile(at('package.json'), JSON.stringify({ ...conversation, version: 5 }));
    expect(await run('back-test', at('good.yaml'), '--input', at('package.json'))).toBe(1);
    expect(errors[0]).toContain('package.json is no stored conversation, as --save writes them: ');
    expect(errors[0]).toContain('at pageId');
    await writeFile(at('list.json'), '[5]');
    expect(await run('back-test', at('good.yaml'), '--input', at('list.json'))).toBe(1);
    expect(errors[1]).toContain('list.json, conversation 1 is no stored conversation');
    await writeFile(at('cut.json'), '[{');
    expect(await run('back-test', at('good.yaml'), '--input', at('cut.json'))).toBe(1);
    expect(errors[2]).toContain('cut.json is not JSON.');
  });
});
