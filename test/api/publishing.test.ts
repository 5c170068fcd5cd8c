import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkSource } from '../../scenario-dsl/checks/check-source.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, tinyScenario, type TestApi } from './support/start-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.stop());

const second = tinyScenario.replace('Hello', 'Good day');
const third = tinyScenario.replace('Hello', 'Welcome');
const unreachable = `${tinyScenario}  lost:\n    exit: {}\n`;
const searching = `attendant: 1
scenario: tiny
blocks:
  find:
    find-agent: { skills: [unheard-of] }
    exits: { no-agents: end, timeout: end, queue-limit: end }
  talk:
    connect-chat: {}
  end:
    exit: {}
`;

const agent = {
  kind: 'user',
  username: 'eve',
  role: 'agent',
  skills: { 'unheard-of': 5 },
  password: 'correct horse',
};

const token = ADMIN_TOKEN;
const post = (url: string, body: object, as = token) =>
  api.call('POST', `/api/v1/scenarios/${url}`, { token: as, body });
const get = (url: string, as = token) => api.call('GET', `/api/v1/scenarios/${url}`, { token: as });
const publish = (source: string, more: object = {}) => post('publish', { source, ...more });
const versions = async () => (await get('tiny/versions')).body.items;
async function inForce(): Promise<string | undefined> {
  return (await api.deps.configuration.get()).scenarioHead('tiny')?.version;
}

describe('publishing', () => {
  it('puts a source in force at once, with note, author and number', async () => {
    const { status, body } = await publish(tinyScenario, { note: 'the first one', author: 'Grace' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ outcome: 'published', report: { isPublishable: true } });
    expect(body.publication).toMatchObject({ number: 1, note: 'the first one', author: 'Grace', isInForce: true });
    expect(await inForce()).toBe(body.publication.version);
  });

  it('names a logged-in admin as the author, whatever name they give', async () => {
    await api.apply(smallConfiguration());
    const { body } = await post('publish', { source: second, author: 'somebody else' }, await api.logIn('adam'));
    expect(body.publication.author).toBe('adam');
  });

  it('changes nothing where this version is in force already', async () => {
    await publish(tinyScenario);
    expect((await publish(tinyScenario, { note: 'again' })).body.outcome).toBe('unchanged');
    expect(await versions()).toHaveLength(1);
  });

  it('refuses what the checks refuse, with the place of each error, and changes nothing', async () => {
    await publish(tinyScenario);
    const { status, body } = await publish(unreachable);
    expect([status, body.code]).toEqual([422, 'SCENARIO_INVALID']);
    expect(body.details).toMatchObject([{ code: 'unreachable-block', line: 8, column: 3, path: 'source.blocks.lost' }]);
    expect(await versions()).toHaveLength(1);
  });

  it('refuses a search that no configured agent can satisfy', async () => {
    await api.apply(smallConfiguration());
    const { status, body } = await publish(searching);
    expect(status).toBe(422);
    expect(body.details).toMatchObject([{ code: 'nobody-has-the-skills', check: 'agents-can-be-found', line: 5 }]);
  });

  it('gives the report that attendant check prints', async () => {
    await api.apply(smallConfiguration());
    const configuration = {
      agents: [{ username: 'ann', skills: { support: 80 } }],
      services: [{ name: 'support', skills: ['support', 'billing'] }],
      entries: [{ name: 'front-door', scenario: 'tiny' }],
      users: ['ann', 'sue', 'adam'],
      hours: [],
      bots: [],
      models: [],
      surveys: [],
      secrets: [],
    };
    for (const source of [tinyScenario, unreachable, searching, 'not: [a scenario']) {
      expect((await post('check', { source })).body).toEqual(checkSource(source, { configuration }));
    }
  });

  it('refuses an author who saw another version in force', async () => {
    const first = (await publish(tinyScenario, { expectedVersion: 'none' })).body.publication.version.slice(0, 12);
    expect((await publish(second, { expectedVersion: first })).status).toBe(200);
    const { status, body } = await publish(third, { expectedVersion: first });
    expect([status, body.code]).toEqual([409, 'SCENARIO_CHANGED']);
    expect((await publish(third, { expectedVersion: 'none' })).status).toBe(409);
  });

  it('lets one of two authors at the same moment win and keeps a log without gaps', async () => {
    await publish(tinyScenario);
    const sources = Array.from({ length: 6 }, (_, index) => tinyScenario.replace('Hello', `Hello ${index}`));
    const answers = await Promise.all(sources.map((source) => publish(source)));
    const won = answers.filter(({ status }) => status === 200).length;
    expect(won).toBeGreaterThan(0);
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    const numbers = (await versions()).map(({ number }: { number: number }) => number);
    expect(numbers).toEqual(Array.from({ length: won + 1 }, (_, index) => won + 1 - index));
  });

  it('is for admins; supervisors may read, agents may not', async () => {
    await api.apply(smallConfiguration());
    const [ann, supervisor] = [await api.logIn('ann'), await api.logIn('sue')];
    expect((await post('publish', { source: second }, supervisor)).status).toBe(403);
    expect((await post('tiny/rollback', {}, supervisor)).status).toBe(403);
    expect((await get('tiny/versions', supervisor)).status).toBe(200);
    expect((await get('tiny/versions', ann)).status).toBe(403);
  });
});

describe('versions', () => {
  it('are listed newest first, page by page', async () => {
    for (const [index, source] of [tinyScenario, second, third].entries()) await publish(source, { note: `n${index}` });
    const page = (await get('tiny/versions?limit=2')).body;
    expect(page.items.map(({ number }: { number: number }) => number)).toEqual([3, 2]);
    const rest = (await get(`tiny/versions?limit=2&cursor=${page.next}`)).body;
    expect(rest).toMatchObject({ items: [{ number: 1, note: 'n0', isInForce: false }], next: null });
  });

  it('give their text back to the byte, by twelve digits', async () => {
    const source = `${tinyScenario}# a comment äöü\n`;
    const { version } = (await publish(source)).body.publication;
    const { body } = await get(`tiny/versions/${version.slice(0, 12)}`);
    expect(body).toMatchObject({ name: 'tiny', version, source });
    expect((await get('tiny/versions/000000000000')).status).toBe(404);
    expect((await get('other/versions')).status).toBe(404);
  });

  it('know what was in force before publications were counted', async () => {
    await api.apply(smallConfiguration());
    await api.db.collection('scenario-publications').deleteMany({});
    await api.db.collection('scenario-heads').updateMany({}, { $unset: { number: '', author: '', note: '' } });
    expect(await versions()).toMatchObject([{ number: 1, isInForce: true, author: null }]);
    await publish(second);
    expect(await versions()).toMatchObject([{ number: 2 }, { number: 1, author: null }]);
    expect((await post('tiny/rollback', {})).body.publication).toMatchObject({ number: 3, isRollback: true });
  });

  it('also those of apply are listed, with its note', async () => {
    await api.apply([{ kind: 'scenario', source: tinyScenario, note: 'from files' }]);
    expect(await versions()).toMatchObject([{ number: 1, note: 'from files', author: 'admin token' }]);
  });
});

describe('rolling back', () => {
  beforeEach(async () => {
    for (const source of [tinyScenario, second, third]) await publish(source);
  });

  it('goes to the version before, and says so in the list', async () => {
    const [, before] = await versions();
    const { body } = await post('tiny/rollback', { note: 'customers complained' });
    expect(body.publication).toMatchObject({ number: 4, version: before.version, isRollback: true });
    expect(await inForce()).toBe(before.version);
    expect((await versions())[0]).toMatchObject({ note: 'customers complained', isRollback: true, isInForce: true });
  });

  it('goes to any version, by number or digits', async () => {
    const [, two, one] = await versions();
    expect((await post('tiny/rollback', { number: 1 })).body.publication.version).toBe(one.version);
    expect((await post('tiny/rollback', { version: two.version.slice(0, 12) })).body.publication.version).toBe(
      two.version,
    );
  });

  it('names what is not there, and takes one target only', async () => {
    expect((await post('tiny/rollback', { number: 9 })).body).toMatchObject({ code: 'NOT_FOUND' });
    expect((await post('tiny/rollback', { version: '0123456789ab' })).status).toBe(404);
    expect((await post('other/rollback', {})).status).toBe(404);
    expect((await post('tiny/rollback', { number: 1, version: '0123456789ab' })).status).toBe(400);
  });

  it('is possible also where the checks say no today', async () => {
    await api.apply(smallConfiguration().filter(({ kind }) => kind !== 'scenario'));
    await api.apply([agent]);
    await publish(searching);
    await publish(second);
    await api.call('DELETE', '/api/v1/users/eve', { token });
    const { status, body } = await post('tiny/rollback', {});
    expect(status).toBe(200);
    expect(body.report).toMatchObject({ isPublishable: false, problems: [{ code: 'nobody-has-the-skills' }] });
  });
});

const put = (body: object) => api.call('PUT', '/api/v1/scenarios/tiny/draft', { token, body });

const lock = (editor: string, takeOver = false) =>
  api.call('PUT', '/api/v1/scenarios/locked/draft/lock', { token, body: { editor, takeOver } });

describe('the lock of a draft', () => {
  it('is one window’s, until it is given back or taken over', async () => {
    expect((await lock('window-one')).body).toMatchObject({ isYours: true });
    const { body } = await lock('window-one');
    expect((await lock('window-two')).body).toMatchObject({ isYours: false, since: body.since });
    expect((await lock('window-two', true)).body).toMatchObject({ isYours: true });
    expect((await lock('window-one')).body).toMatchObject({ isYours: false });
    const path = '/api/v1/scenarios/locked/draft/lock?editor=';
    expect((await api.call('DELETE', `${path}window-one`, { token })).status).toBe(204);
    expect((await lock('window-one')).body.isYours, 'somebody else’s stays').toBe(false);
    expect((await api.call('DELETE', `${path}window-two`, { token })).status).toBe(204);
    expect((await lock('window-one')).body.isYours).toBe(true);
  });

  it('goes to one of two that find it free at once', async () => {
    const both = await Promise.all(
      ['window-a1', 'window-b2'].map((editor) =>
        api.call('PUT', '/api/v1/scenarios/raced/draft/lock', { token, body: { editor } }),
      ),
    );
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(both.filter(({ body }) => body.isYours)).toHaveLength(1);
  });
});

describe('a draft', () => {
  it('is kept whatever it says, with what the checks say of it, and is in force for nobody', async () => {
    const { body } = await put({ source: unreachable, revision: 0 });
    expect(body).toMatchObject({ revision: 1, source: unreachable, report: { isPublishable: false } });
    expect((await get('tiny/draft')).body).toEqual(body);
    expect(await inForce()).toBeUndefined();
    const { items } = (await api.call('GET', '/api/v1/scenario-drafts', { token })).body;
    expect(items).toMatchObject([{ name: 'tiny', revision: 1, author: 'admin token' }]);
  });

  it('is not overwritten by an author who read an older one', async () => {
    await put({ source: tinyScenario, revision: 0 });
    expect((await put({ source: second, revision: 1 })).body.revision).toBe(2);
    expect((await put({ source: third, revision: 1 })).body.code).toBe('SCENARIO_CHANGED');
    expect((await put({ source: third, revision: 0 })).status).toBe(409);
    expect((await get('tiny/draft')).body.source).toBe(second);
  });

  it('is published as it was read, and is gone then', async () => {
    await put({ source: second, revision: 0 });
    expect((await post('tiny/draft/publish', { revision: 2 })).status).toBe(409);
    const { body } = await post('tiny/draft/publish', { revision: 1, note: 'drafted' });
    expect(body.publication).toMatchObject({ number: 1, note: 'drafted' });
    expect((await get('tiny/draft')).status).toBe(404);
  });

  it('stays where it is refused, also for the name of another scenario', async () => {
    await put({ source: unreachable, revision: 0 });
    expect((await post('tiny/draft/publish', { revision: 1 })).status).toBe(422);
    await put({ source: tinyScenario.replace('scenario: tiny', 'scenario: other'), revision: 1 });
    expect((await post('tiny/draft/publish', { revision: 2 })).body.details[0].message).toContain('"other"');
    expect((await get('tiny/draft')).body.revision).toBe(2);
    expect((await api.call('DELETE', '/api/v1/scenarios/tiny/draft', { token })).status).toBe(204);
    expect((await get('tiny/draft')).status).toBe(404);
  });
});

describe('apply', () => {
  it('refuses a scenario that the checks refuse, at its document, and takes it together with the agents it needs', async () => {
    const scenario = { kind: 'scenario', source: searching };
    const alone = await api.apply([scenario]);
    expect([alone.status, alone.body.code]).toEqual([422, 'SCENARIO_INVALID']);
    expect(alone.body.details[0]).toMatchObject({ path: expect.stringMatching(/^documents\.0\.source/), line: 5 });
    expect((await api.apply([scenario, agent])).status).toBe(200);
  });

  it('tells what the checks warn of', async () => {
    const unwired = searching.replace(', queue-limit: end', '');
    const source = unwired.replace('  talk:', '  found:\n    send-message: { text: "$(agent.name) comes" }\n  talk:');
    const report = checkSource(source);
    expect(report.problems.map(({ severity }) => severity)).toEqual(['warning']);
    const { body } = await api.apply([{ kind: 'scenario', source }, agent]);
    expect(body.items[0].warnings).toMatchObject([{ code: report.problems[0]?.code, line: 8 }]);
  });

  it('refuses nothing that is in force already, whatever became of the agents it needs', async () => {
    const scenario = { kind: 'scenario', source: searching };
    await api.apply([scenario, agent]);
    await api.call('DELETE', '/api/v1/users/eve', { token });
    const { status, body } = await api.apply([scenario]);
    expect(status).toBe(200);
    expect(body.items).toMatchObject([{ outcome: 'unchanged', warnings: [{ code: 'nobody-has-the-skills' }] }]);
  });
});
