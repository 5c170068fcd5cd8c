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
});
