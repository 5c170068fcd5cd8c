import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { backTestCommand } from '../../cli/commands/back-test.ts';
import { hashSource } from '../../adapters/hash-source.ts';
import { aConversation } from './support/fake-conversations.ts';
import { STORED_AT, storedMessage } from './support/stored-messages.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, tinyScenario, type TestApi } from './support/start-api.ts';

const version = hashSource(tinyScenario);

let api: TestApi;
let url: string;
let folder: string;
let draft: string;
let printed: string[];
let errors: string[];

beforeAll(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
  url = await api.app.listen({ host: '127.0.0.1', port: 0 });
  folder = await mkdtemp(path.join(tmpdir(), 'attendant-back-test-'));
  draft = path.join(folder, 'draft.yaml');
  const stored = aConversation({
    state: 'ended',
    scenario: { name: 'tiny', version },
    block: 'end',
    endedAt: STORED_AT,
    endReason: 'exit',
    openedWith: JSON.stringify({ variables: {}, inactivityTexts: [] }),
  });
  api.conversations.records = [
    stored,
    { ...stored, conversationId: 'old', startedAt: STORED_AT - 1, openedWith: undefined as never },
    { ...stored, conversationId: 'other', scenario: { name: 'another', version } },
  ];
  for (const id of ['c-1', 'old', 'other'])
    api.conversations.stored.set(id, [storedMessage(1, 'customer', 'Hi'), storedMessage(2, 'scenario', 'Hello.')]);
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await api.stop();
});

beforeEach(async () => {
  [printed, errors] = [[], []];
  await writeFile(draft, tinyScenario.replace('Hello.', 'Good day.'));
});

const run = (...args: string[]): Promise<number> =>
  backTestCommand.run([draft, ...args], {
    env: { ATTENDANT_ADMIN_TOKEN: ADMIN_TOKEN },
    print: (line) => printed.push(line),
    printError: (line) => errors.push(line),
  });

describe('GET /api/v1/conversations/:id/inputs', () => {
  it('is for admins: nobody else reads what customers wrote in such a heap', async () => {
    const read = (token: string) => api.call('GET', '/api/v1/conversations/c-1/inputs', { token });
    expect((await read(ADMIN_TOKEN)).body).toMatchObject({ id: 'c-1', openedWith: { variables: {} }, isCut: false });
    expect((await read(await api.logIn('ann'))).status).toBe(403);
    expect((await read(await api.logIn('sue'))).status).toBe(403);
  });
});

describe('attendant back-test', () => {
  it('reads conversations and versions from a running Attendant and tells what would differ', async () => {
    expect(await run('--from', url)).toBe(1);
    expect(errors).toEqual([]);
    expect(printed).toEqual([
      'c-1  differs',
      '    message - Hello.',
      '            + Good day.',
      'old  cannot be told',
      '    because: It is older than what back-tests need: what the scenario was told was not kept.',
      '0 same, 1 differ (0 in their path, 1 in what is said, 0 in their end, 0 not to the end), 1 cannot be told',
    ]);
  });

  it('ends with 0 where everything would have been the same', async () => {
    await writeFile(draft, tinyScenario);
    expect(await run('--from', url, '--limit', '1')).toBe(0);
    expect(printed).toEqual(['1 same, 0 differ, 0 cannot be told']);
  });

  it('saves them as files, on which it says the same without a server', async () => {
    const saved = path.join(folder, 'saved');
    await run('--from', url, '--save', saved, '--json');
    const [live] = printed;
    expect((await readdir(saved)).toSorted()).toEqual([`${version}.yaml`, 'c-1.json', 'old.json'].toSorted());
    printed = [];
    expect(await run('--input', saved, '--json')).toBe(1);
    expect(printed[0]).toBe(live);
    expect(JSON.parse(live ?? '')).toMatchObject({ summary: { same: 0, differ: 1, unknown: 1 } });
    printed = [];
    expect(await run('--input', path.join(saved, 'c-1.json'))).toBe(1);
    expect(printed.at(-1)).toContain('1 differ');
  });

  it('tells of a version that is not there', async () => {
    const saved = path.join(folder, 'without');
    await run('--from', url, '--save', saved, '--limit', '1');
    await rm(path.join(saved, `${version}.yaml`));
    printed = [];
    expect(await run('--input', saved)).toBe(1);
    expect(printed[1]).toContain(`The text of its version ${version.slice(0, 12)} is not there.`);
  });

  it('says what is wrong with a file, a token, an address', async () => {
    await writeFile(path.join(folder, 'bad.json'), '{"id": 1}');
    expect(await run('--input', path.join(folder, 'bad.json'))).toBe(1);
    expect(errors.at(-1)).toContain('bad.json is no stored conversation');
    expect(await run('--input', path.join(folder, 'no-such'))).toBe(1);
    expect(errors.at(-1)).toContain('cannot be read');
    expect(await run('--from', url, '--token', 'wrong')).toBe(1);
    expect(errors.at(-1)).toContain('Give the admin token');
    expect(await run('--from', 'http://127.0.0.1:9')).toBe(1);
    expect(errors.at(-1)).toContain('No answer from Attendant');
  });

  it('refuses options that do not go together', async () => {
    await expect(run('--input', 'x', '--from', url)).rejects.toThrow('choose one');
    await expect(run('--limit', '0')).rejects.toThrow('--limit is a whole number');
  });
});
