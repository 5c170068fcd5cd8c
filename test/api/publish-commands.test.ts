import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../cli/main.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, tinyScenario, type TestApi } from './support/start-api.ts';

let api: TestApi;
let url: string;
let folder: string;
let printed: string[];
let errors: string[];

beforeEach(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
  url = await api.app.listen({ host: '127.0.0.1', port: 0 });
  folder = await mkdtemp(path.join(tmpdir(), 'attendant-publish-'));
  [printed, errors] = [[], []];
});
afterEach(async () => {
  await api.stop();
  await rm(folder, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<number> {
  const env = { ATTENDANT_URL: url, ATTENDANT_ADMIN_TOKEN: ADMIN_TOKEN, USER: 'grace' };
  return runCli(args, { env, print: (line) => printed.push(line), printError: (line) => errors.push(line) });
}

async function write(source: string): Promise<string> {
  const file = path.join(folder, 'tiny.yaml');
  await writeFile(file, source);
  return file;
}

const second = tinyScenario.replace('Hello', 'Good day');

describe('attendant publish, versions and rollback', () => {
  it('publish a file, list it with note and author, and go back', async () => {
    expect(await run('publish', await write(second), '--note', 'friendlier')).toBe(0);
    expect(printed.at(-1)).toMatch(/^tiny@[0-9a-f]{12} \(number 2\) is in force for new conversations/);
    printed = [];
    expect(await run('versions', 'tiny')).toBe(0);
    expect(printed[0]).toMatch(/^\* {4}2 {2}[0-9a-f]{12} {2}\S+ {2}published, by grace, friendlier$/);
    expect(printed[1]).toMatch(/^ {5}1 /);
    expect(await run('rollback', 'tiny', '--note', 'too friendly')).toBe(0);
    expect(printed.at(-1)).toContain('(number 3)');
    printed = [];
    const digits = (await api.deps.configuration.get()).scenarioHead('tiny')?.version.slice(0, 12) ?? '';
    expect(await run('versions', 'tiny', digits)).toBe(0);
    expect(printed.join('\n')).toBe(tinyScenario.trimEnd());
  });

  it('print what the checks refuse as the file’s lines, and publish nothing', async () => {
    const file = await write(`${tinyScenario}  lost:\n    exit: {}\n`);
    expect(await run('publish', file)).toBe(1);
    expect(errors[0]).toMatch(new RegExp(`^${file}:8:3 `));
    printed = [];
    expect(await run('publish', file, '--dry-run')).toBe(1);
    expect(printed[0]).toMatch(new RegExp(`^${file}:8:3 error: `));
    expect(await run('versions', 'tiny', '--json')).toBe(0);
    expect(JSON.parse(printed.at(-1) ?? '').publications).toHaveLength(1);
  });

  it('say what is wrong with a use, a name and an address', async () => {
    expect(await run('rollback', 'tiny', 'latest')).toBe(2);
    expect(await run('versions', 'tyni')).toBe(1);
    expect(errors.at(-1)).toBe('No scenario "tyni" is published.');
    expect(await run('publish', path.join(folder, 'none.yaml'))).toBe(1);
    expect(await run('publish', await write(second), '--expect', 'none')).toBe(1);
    expect(errors.at(-1)).toContain('Somebody else changed this scenario');
  });

  it('publish for a part of the conversations, show how it does, widen, end and finish it', async () => {
    const file = await write(second);
    expect(await run('publish', file, '--canary', '10', '--guard', 'errors=2', '--guard', 'left=off')).toBe(0);
    expect(printed.at(-1)).toMatch(/^tiny@[0-9a-f]{12} \(number 2\) is the canary: a part of the new conversations/);
    printed = [];
    expect(await run('canary', 'tiny', '--percent', '25', '--minimum', '20')).toBe(0);
    expect(printed).toEqual([
      expect.stringMatching(/^tiny@[0-9a-f]{12} \(number 2\), since \S+ by grace: on 25 % of new conversations$/),
      'canary  0 running, 0 ended',
      'rest    0 running, 0 ended (number 1)',
      'hand-off  waiting   canary nothing yet, rest nothing yet, margin 10',
      'errors    waiting   canary nothing yet, rest nothing yet, margin 2',
      'survey    waiting   canary nothing yet, rest nothing yet, margin 10',
    ]);
    printed = [];
    expect(await run('canary', 'tiny', '--end')).toBe(0);
    expect(printed[0]).toMatch(/: ended, \S+ by admin token$/);
    expect(await run('canary', 'tiny', '--finish')).toBe(1);
    expect(errors[0]).toContain('No version of this scenario is tried');
    await run('publish', file, '--canary', '10');
    expect(await run('canary', 'tiny', '--finish', '--note', 'it does well')).toBe(0);
    expect(printed.at(-1)).toMatch(/number 4\) is in force for new .*\nThe canary \(number 3\) has ended by it$/s);
    printed = [];
    expect(await run('versions', 'tiny', '--report', '3')).toBe(0);
    expect(printed[0]).toMatch(/^tiny@[0-9a-f]{12} \(number 3\), canary \S+ by grace$/);
    expect(printed).toContain('  hello: changed, settings');
    expect(printed.join('\n')).toMatch(/canary: finished: in force for all new conversations \(number 4\)/);
    printed = [];
    expect(await run('versions', 'tiny')).toBe(0);
    expect(printed.map((line) => /(published|canary), by/.exec(line)?.[1])).toEqual([
      'published',
      'canary',
      'canary',
      'published',
    ]);
  });

  it('say what is wrong with a part, a guardrail and two wishes at once', async () => {
    const file = await write(second);
    for (const [args, said] of [
      [['publish', file, '--canary', '100'], '"100" is not a part of the conversations'],
      [['publish', file, '--canary', '10', '--guard', 'eror=1'], 'Did you mean "errors"?'],
      [['publish', file, '--guard', 'errors=1'], '--guard and --minimum go with --canary.'],
      [['canary', 'tiny', '--end', '--finish'], 'One thing at a time'],
      [['versions', 'tiny', '--report', 'latest'], '"latest" is not a number'],
    ] as const) {
      expect(await run(...args), said).toBe(2);
      expect(errors.at(-1)).toContain(said);
    }
  });
});
