import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../cli/main.ts';
import type { TestFile } from '../../scenario-dsl/testing/test-file-schema.ts';
import { readTestFile } from '../../scenario-dsl/testing/read-test-file.ts';
import { runTests } from '../../scenario-dsl/testing/run-tests.ts';
import { hashSource } from '../../adapters/hash-source.ts';
import { aConversation } from './support/fake-conversations.ts';
import { STORED_AT, storedMessage } from './support/stored-messages.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, tinyScenario, type TestApi } from './support/start-api.ts';

const version = hashSource(tinyScenario);

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
  const ended = aConversation({
    state: 'ended',
    scenario: { name: 'tiny', version },
    startedAt: STORED_AT,
    endedAt: STORED_AT,
    endReason: 'exit',
    openedWith: JSON.stringify({ variables: { customer: { firstName: 'Ada' } }, inactivityTexts: [] }),
  });
  const gone = { name: 'tiny', version: '0'.repeat(64) };
  api.conversations.records = [ended, { ...ended, conversationId: 'gone', scenario: gone }];
  const messages = [storedMessage(1, 'customer', 'Hi, Ada, +49 170 1234567'), storedMessage(2, 'scenario', 'Hello.')];
  for (const id of ['c-1', 'gone']) api.conversations.stored.set(id, messages);
});
afterAll(() => api.stop());

const read = (path: string, token = ADMIN_TOKEN) => api.call('GET', `/api/v1/conversations/${path}`, { token });

function asTestFile(source: string): TestFile {
  const tests = readTestFile(source);
  if ('problems' in tests) throw new Error(JSON.stringify(tests.problems));
  return tests.file;
}

describe('a conversation gone through once more', () => {
  it('is told moment by moment, with the blocks of the version that it ran', async () => {
    const { status, body } = await read('c-1/replay');
    expect(status).toBe(200);
    expect(body).toMatchObject({ scenario: { name: 'tiny', version }, stop: null });
    expect(body.moments).toMatchObject([
      { at: new Date(STORED_AT).toISOString(), cause: 'began', said: ['Hello.'], isEnded: true, timers: [] },
    ]);
    expect(body.blocks.length).toBeGreaterThan(0);
  });

  it('says so where the version is no longer kept', async () => {
    expect((await read('gone/replay')).body).toMatchObject({ moments: [], stop: expect.stringContaining('no longer') });
    expect((await read('gone/test')).body).toMatchObject({
      source: null,
      problem: expect.stringContaining('no longer'),
    });
  });

  it('is for admins, and each look is in the audit', async () => {
    for (const name of ['ann', 'sue']) {
      const token = await api.logIn(name);
      expect((await read('c-1/replay', token)).status).toBe(403);
      expect((await read('c-1/test', token)).status).toBe(403);
    }
    await read('c-1/replay');
    const { body } = await api.call('GET', '/api/v1/audit?action=transcript.read', { token: ADMIN_TOKEN });
    expect(body.items[0]).toMatchObject({ action: 'transcript.read' });
  });

  it('becomes a test file that passes and names nobody', async () => {
    const { source, problem } = (await read('c-1/test')).body;
    expect(problem).toBeNull();
    expect(source).not.toMatch(/Ada|1234567/);
    const file = asTestFile(source);
    const scenario = await api.deps.store.scenarios.findByVersion(version);
    if (!scenario) throw new Error('The version is gone');
    expect(runTests(scenario.document, file).map(({ failure }) => failure)).toEqual([undefined]);
  });
});

describe('attendant replay', () => {
  let url: string;
  beforeAll(async () => {
    url = await api.app.listen({ host: '127.0.0.1', port: 0 });
  });

  async function run(...args: string[]): Promise<{ code: number; printed: string; errors: string }> {
    const [printed, errors]: [string[], string[]] = [[], []];
    const env = { ATTENDANT_URL: url, ATTENDANT_ADMIN_TOKEN: ADMIN_TOKEN };
    const io = { env, print: (line: string) => printed.push(line), printError: (line: string) => errors.push(line) };
    const code = await runCli(['replay', ...args], io);
    return { code, printed: printed.join('\n'), errors: errors.join('\n') };
  }

  it('tells every moment in short, and one with all its variables', async () => {
    const at = new Date(STORED_AT).toISOString();
    const { code, printed } = await run('c-1');
    expect(code).toBe(0);
    expect(printed).toBe([`tiny@${version.slice(0, 12)}`, `1  ${at}  began  [ended]`, '     > Hello.'].join('\n'));
    const one = await run('c-1', '--moment', '1');
    expect(one.printed).toContain('said: Hello.');
    expect(one.printed).toMatch(/^\* customer = .*"firstName":"Ada"/m);
    const json = JSON.parse((await run('c-1', '--moment', '1', '--json')).printed);
    expect(json).toMatchObject({ cause: 'began', variables: { customer: expect.stringContaining('Ada') } });
  });

  it('gives a test that passes, for a file', async () => {
    const { code, printed } = await run('c-1', '--test');
    expect(code).toBe(0);
    expect(printed).not.toContain('Ada');
    expect(asTestFile(printed)).toBeDefined();
  });

  it('says what is not there, and how it is used', async () => {
    expect(await run('c-1', '--moment', '9')).toMatchObject({ code: 1, errors: 'There is no moment 9: there is one.' });
    expect(await run('gone')).toMatchObject({ code: 0, printed: expect.stringContaining('no longer') });
    expect(await run('gone', '--test')).toMatchObject({ code: 1, errors: expect.stringContaining('no longer') });
    expect((await run('nobody')).code).toBe(1);
    for (const args of [[], ['c-1', 'c-2'], ['c-1', '--moment', '0'], ['c-1', '--test', '--json']]) {
      expect((await run(...args)).code).toBe(2);
    }
  });
});
