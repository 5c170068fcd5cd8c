import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN_TOKEN, smallConfiguration, startApi, tinyScenario, type TestApi } from './support/start-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.stop());

const token = ADMIN_TOKEN;
const second = tinyScenario.replace('  end:', '  more:\n    send-message: { text: "More." }\n  end:');
const publish = (source: string, more: object = {}) =>
  api.call('POST', '/api/v1/scenarios/publish', { token, body: { source, ...more } });
const reportOf = async (number: number) => api.call('GET', `/api/v1/scenarios/tiny/publications/${number}`, { token });

describe('the report of a publication', () => {
  it('keeps author, note, what changed and what the checks said', async () => {
    await publish(tinyScenario, { author: 'Grace', note: 'the first one' });
    const { version } = (await publish(second, { author: 'Ada', note: 'says more' })).body.publication;
    const first = (await reportOf(1)).body;
    expect(first).toMatchObject({ since: null, author: 'Grace', note: 'the first one', canary: null });
    expect(first.changes.map(({ block, kind }: { block: string; kind: string }) => [block, kind])).toEqual([
      ['hello', 'added'],
      ['end', 'added'],
    ]);
    const { body } = await reportOf(2);
    expect(body).toMatchObject({ version, number: 2, author: 'Ada', note: 'says more', since: { number: 1 } });
    expect(body.changes).toEqual([
      { block: 'hello', title: null, type: 'send-message', kind: 'changed', parts: ['ways'] },
      { block: 'more', title: null, type: 'send-message', kind: 'added', parts: [] },
    ]);
    expect(body.checks).toMatchObject({ failed: 0 });
    expect(body.checks.passed).toBeGreaterThan(5);
  });

  it('keeps what the author was shown: the tests, and what was to become of whom', async () => {
    const impact = {
      fate: 'move',
      running: 3,
      looked: 3,
      counts: { continues: 2, 'no-block': 1 },
      groups: [{ version: 'v', block: 'hello', count: 3, outcomes: { continues: 2, 'no-block': 1 } }],
    };
    const shown = { tests: { passed: 2, failed: ['asks twice'] }, impact };
    await publish(tinyScenario, { shown });
    expect((await reportOf(1)).body.shown).toEqual(shown);
    const tooMany = { tests: { passed: 0, failed: Array.from({ length: 21 }, () => 'x') } };
    expect((await publish(second, { shown: tooMany })).body.code).toBe('REQUEST_INVALID');
  });

  it('is kept of drafts, roll-backs and what files apply, too', async () => {
    await api.apply(smallConfiguration());
    await api.call('PUT', '/api/v1/scenarios/tiny/draft', { token, body: { source: second, revision: 0 } });
    const body = { revision: 1, note: 'drafted', shown: { tests: { passed: 1, failed: [] } } };
    await api.call('POST', '/api/v1/scenarios/tiny/draft/publish', { token, body });
    await api.call('POST', '/api/v1/scenarios/tiny/rollback', { token, body: { note: 'back' } });
    expect((await reportOf(1)).body).toMatchObject({ since: null, checks: { failed: 0 } });
    expect((await reportOf(2)).body).toMatchObject({ note: 'drafted', shown: { tests: { passed: 1 } } });
    const back = (await reportOf(3)).body;
    expect(back).toMatchObject({ isRollback: true, note: 'back', since: { number: 2 } });
    expect(back.changes.at(-1)).toMatchObject({ block: 'more', kind: 'removed' });
  });

  it('is bounded, however large the change', async () => {
    const blocks = Array.from({ length: 300 }, (_, index) => `  b${index}:\n    send-message: { text: "${index}" }\n`);
    await publish(tinyScenario.replace('  end:', `${blocks.join('')}  end:`));
    const { body } = await reportOf(1);
    expect([body.changes.length, body.changesLeftOff]).toEqual([200, 102]);
  });

  it('is empty of what was published before there were reports, and named where there is none', async () => {
    await publish(tinyScenario);
    await api.db.collection('scenario-reports').deleteMany({});
    expect((await reportOf(1)).body).toMatchObject({ number: 1, changes: [], checks: null, shown: {} });
    const { status, body } = await reportOf(9);
    expect([status, body.message]).toEqual([404, 'Scenario "tiny" has no publication 9.']);
  });
});
