import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
