import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ADMIN_TOKEN,
  PASSWORD,
  smallConfiguration,
  startApi,
  tinyScenario,
  type TestApi,
} from './support/start-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.stop());

const outcomes = (body: { items: { outcome: string }[] }): string[] => body.items.map(({ outcome }) => outcome);
const list = async (noun: string) => (await api.call('GET', `/api/v1/${noun}`, { token: ADMIN_TOKEN })).body.items;
const account = (name: string, pageId: string) => ({ kind: 'account', name, pageId, pageToken: 't', appSecret: 's' });
const entry = (name: string, changes: object = {}) => ({
  kind: 'entry',
  name,
  account: 'shop',
  scenario: 'tiny',
  service: 'support',
  ...changes,
});
const user = (username: string, changes: object = {}) => ({
  kind: 'user',
  username,
  role: 'agent',
  skills: { support: 10 },
  password: PASSWORD,
  ...changes,
});

describe('apply', () => {
  it('creates everything, and then finds it unchanged', async () => {
    expect(outcomes((await api.apply(smallConfiguration())).body)).toEqual(smallConfiguration().map(() => 'created'));
    expect(outcomes((await api.apply(smallConfiguration())).body)).toEqual(smallConfiguration().map(() => 'unchanged'));
  });

  it('tells what changed', async () => {
    await api.apply(smallConfiguration());
    const { body } = await api.apply([
      { kind: 'service', name: 'support', skills: ['support'] },
      { kind: 'scenario', source: tinyScenario.replace('Hello', 'Good day') },
      user('ann', { name: 'Ann', skills: { support: 80 }, slots: 2 }),
      entry('front-door', { inactivityTimeout: '10m' }),
    ]);
    expect(outcomes(body)).toEqual(['changed', 'changed', 'unchanged', 'changed']);
    expect((await list('entries'))[0].inactivityTimeoutMs).toBe(600_000);
  });

  it('generates a verify token, shows it once and keeps it', async () => {
    const created = (await api.apply([account('shop', 'page-1')])).body.items[0];
    expect(created.verifyToken).toMatch(/^[\w-]{32}$/);
    const repeated = (await api.apply([account('shop', 'page-1')])).body.items[0];
    expect([repeated.outcome, repeated.verifyToken]).toEqual(['unchanged', undefined]);
  });

  it('changes nothing in a dry run', async () => {
    const { body } = await api.apply(smallConfiguration(), { dryRun: true });
    expect([body.dryRun, new Set(outcomes(body))]).toEqual([true, new Set(['created'])]);
    expect(await list('accounts')).toEqual([]);
    expect(api.actors.configurations).toEqual([]);
  });

  it('lists everything without secrets, which lie encrypted', async () => {
    await api.apply(smallConfiguration());
    expect(await list('accounts')).toEqual([{ name: 'shop', pageId: 'page-1', onUnknown: 'hold', enabled: true }]);
    expect(await list('users')).toContainEqual({
      id: expect.any(String),
      username: 'ann',
      name: 'Ann',
      role: 'agent',
      skills: { support: 80 },
      slots: 2,
      hasSecondFactor: false,
    });
    expect(await list('services')).toEqual([{ name: 'support', skills: ['support', 'billing'], group: 'default' }]);
    expect(await list('scenarios')).toMatchObject([{ name: 'tiny', version: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    const stored = JSON.stringify(await api.db.collection('accounts').find().toArray());
    expect(stored).toContain('v2.');
    for (const secret of ['EAAB-1', 'app-secret-1', 'v-1"']) expect(stored).not.toContain(secret);
  });

  it('tells each group its agents with a rising revision', async () => {
    await api.apply([...smallConfiguration(), { kind: 'service', name: 'sales', skills: ['sales'], group: 'sales' }]);
    const [first, second] = api.actors.configurations;
    expect(first).toMatchObject([
      'default',
      { agents: [{ username: 'ann', name: 'Ann', skills: { support: 80 }, slots: 2 }] },
    ]);
    expect(second).toMatchObject(['sales', { agents: [] }]);
    await api.apply([user('ann', { slots: 3 })]);
    expect(api.actors.configurations.at(-1)?.[1].revision).toBeGreaterThan(first?.[1].revision ?? Infinity);
  });

  it('takes an agent who moves to another group along with their state', async () => {
    await api.apply([...smallConfiguration(), { kind: 'service', name: 'sales', skills: ['sales'], group: 'sales' }]);
    await api.call('PUT', '/api/v1/agents/me/state', { token: await api.logIn('ann'), body: { state: 'ready' } });
    await api.apply([user('ann', { skills: { sales: 5 } })]);
    expect(api.actors.agentStates.at(-1)).toMatchObject(['sales', { username: 'ann', state: 'ready' }]);
  });

  it('takes an agent who was in no group for a while along with their state', async () => {
    await api.apply(smallConfiguration());
    await api.call('PUT', '/api/v1/agents/me/state', { token: await api.logIn('ann'), body: { state: 'ready' } });
    await api.apply([user('ann', { role: 'supervisor', skills: {} })]);
    const told = api.actors.agentStates.length;
    await api.apply([user('ann')]);
    expect(api.actors.agentStates.slice(told)).toMatchObject([['default', { username: 'ann', state: 'ready' }]]);
  });

  it('moves an account from one entry to another in one go', async () => {
    await api.apply([...smallConfiguration(), account('second', 'page-2')]);
    const moved = await api.apply([entry('back-door'), entry('front-door', { account: 'second' })]);
    expect(outcomes(moved.body)).toEqual(['created', 'changed']);
  });

  it('pins an entry to a version by its first twelve digits', async () => {
    await api.apply(smallConfiguration());
    const { version } = (await list('scenarios'))[0];
    await api.apply([entry('front-door', { scenario: `tiny@${version.slice(0, 12)}` })]);
    await api.apply([{ kind: 'scenario', source: tinyScenario.replace('Hello', 'Good day') }]);
    const snapshot = await api.deps.configuration.get();
    const pinned = snapshot.entryForPage('page-1');
    expect(pinned && snapshot.scenarioVersionFor(pinned)).toBe(version);
    expect((await api.deps.store.scenarios.findByVersion(version))?.document.scenario).toBe('tiny');
  });
});

describe('hours, secrets, bots and models', () => {
  const hours = {
    kind: 'hours',
    name: 'office',
    timeZone: 'Europe/Berlin',
    open: [{ days: ['mon', 'fri'], from: '09:00', to: '17:00' }],
    closedOn: ['2026-12-25', { date: '2026-12-24', from: '14:00' }],
  };
  const secret = { kind: 'secret', name: 'crm', value: 'a-token-of-the-crm' };
  const bot = { kind: 'bot', name: 'faq', url: 'https://bot.example.com/ask', token: 'crm' };

  const model = { kind: 'model', name: 'gpt', url: 'https://api.example.com/v1', model: 'gpt-5', token: 'crm' };

  it('are applied, found unchanged and listed, a secret by its name only, and lie encrypted', async () => {
    const documents = [hours, secret, bot, model];
    expect(outcomes((await api.apply(documents)).body)).toEqual(documents.map(() => 'created'));
    expect(outcomes((await api.apply(documents)).body)).toEqual(documents.map(() => 'unchanged'));
    const { kind: _kind, ...shown } = model;
    expect(await list('models')).toEqual([shown]);
    expect(await list('hours')).toMatchObject([{ name: 'office', open: [{ days: [1, 5] }] }]);
    expect(await list('secrets')).toEqual([{ name: 'crm' }]);
    expect(await list('bots')).toEqual([{ name: 'faq', url: 'https://bot.example.com/ask', token: 'crm' }]);
    const stored = JSON.stringify(await api.db.collection('secrets').find().toArray());
    expect(stored).not.toContain('a-token-of-the-crm');
    expect(api.logLines.join('')).not.toContain('a-token-of-the-crm');
  });

  it('are not deleted while something refers to them', async () => {
    await api.apply([...smallConfiguration(), hours, secret, bot, model]);
    await api.apply([entry('front-door', { hours: 'office' })]);
    for (const [url, holder] of [
      ['hours/office', 'entry "front-door"'],
      ['secrets/crm', 'bot "faq"'],
    ] as const) {
      const { status, body } = await api.call('DELETE', `/api/v1/${url}`, { token: ADMIN_TOKEN });
      expect([status, body.details[0].message]).toEqual([409, `is used by ${holder}`]);
    }
    expect((await api.call('DELETE', '/api/v1/bots/faq', { token: ADMIN_TOKEN })).status).toBe(204);
    const held = await api.call('DELETE', '/api/v1/secrets/crm', { token: ADMIN_TOKEN });
    expect(held.body.details[0].message).toBe('is used by model "gpt"');
    expect((await api.call('DELETE', '/api/v1/models/gpt', { token: ADMIN_TOKEN })).status).toBe(204);
    expect((await api.call('DELETE', '/api/v1/secrets/crm', { token: ADMIN_TOKEN })).status).toBe(204);
  });
});

interface Refusal {
  why: string;
  documents: unknown[];
  path: string;
  message: string;
}

const refusals: Refusal[] = [
  {
    why: 'a Page in a second entry',
    documents: [entry('back-door')],
    path: 'documents.0.account',
    message: 'entry "front-door"',
  },
  {
    why: 'a Page as outbound account of a second service',
    documents: [
      { kind: 'service', name: 'one', skills: [], account: 'shop' },
      { kind: 'service', name: 'two', skills: [], account: 'shop' },
    ],
    path: 'documents.1.account',
    message: 'service "one"',
  },
  {
    why: 'a Page under two names',
    documents: [account('copy', 'page-1')],
    path: 'documents.0.pageId',
    message: 'account "shop"',
  },
  {
    why: 'a name for two Pages',
    documents: [account('shop', 'page-2')],
    path: 'documents.0.name',
    message: 'Page page-1',
  },
  {
    why: 'an unknown account',
    documents: [entry('x', { account: 'shopp' })],
    path: 'documents.0.account',
    message: 'no account',
  },
  {
    why: 'unknown hours',
    documents: [entry('front-door', { hours: 'ofice' })],
    path: 'documents.0.hours',
    message: 'no hours',
  },
  {
    why: 'an unknown secret of a bot',
    documents: [{ kind: 'bot', name: 'faq', url: 'https://bot.example.com', token: 'none' }],
    path: 'documents.0.token',
    message: 'no secret',
  },
  {
    why: 'an unknown service',
    documents: [entry('front-door', { service: 'none' })],
    path: 'documents.0.service',
    message: 'no service',
  },
  {
    why: 'an unknown scenario',
    documents: [entry('front-door', { scenario: 'none' })],
    path: 'documents.0.scenario',
    message: 'no scenario',
  },
  {
    why: 'an unknown pinned version',
    documents: [entry('front-door', { scenario: 'tiny@0123456789ab' })],
    path: 'documents.0.scenario',
    message: 'no version',
  },
  {
    why: 'an agent of two groups',
    documents: [
      { kind: 'service', name: 'sales', skills: ['sales'], group: 'sales' },
      user('ann', { skills: { support: 1, sales: 1 } }),
    ],
    path: 'documents.1.skills',
    message: 'service "support" of group "default" and service "sales" of group "sales"',
  },
  {
    why: 'an item described twice',
    documents: [user('bob'), user('bob')],
    path: 'documents.1',
    message: 'documents.0',
  },
  {
    why: 'a new account without its secret',
    documents: [{ ...account('a', 'p'), appSecret: undefined }],
    path: 'documents.0.appSecret',
    message: 'is missing',
  },
  {
    why: 'a new user without a password',
    documents: [user('bob', { password: undefined })],
    path: 'documents.0.password',
    message: 'is missing',
  },
  {
    why: 'a common password',
    documents: [user('bob', { password: 'P@ssw0rd1234' })],
    path: 'documents.0.password',
    message: 'easy to guess',
  },
  {
    why: 'a new secret without its value',
    documents: [{ kind: 'secret', name: 'crm' }],
    path: 'documents.0.value',
    message: 'is missing',
  },
  {
    why: 'skills of an admin',
    documents: [user('root', { role: 'admin' })],
    path: 'documents.0.skills',
    message: 'takes no chats',
  },
  {
    why: 'what follows a silence that is off',
    documents: [entry('front-door', { agentSilence: 'off', onAgentSilence: 'queue' })],
    path: 'documents.0.onAgentSilence',
    message: 'switches off',
  },
  {
    why: 'an endless inactivity',
    documents: [entry('front-door', { inactivityTimeout: '90d' })],
    path: 'documents.0.inactivityTimeout',
    message: 'waited',
  },
];

describe('apply refuses', () => {
  it.each(refusals)(
    '$why, names the place and the remedy, and changes nothing',
    async ({ documents, path, message }) => {
      await api.apply(smallConfiguration());
      const { revision } = await api.deps.configuration.get();
      const { status, body } = await api.apply([account('innocent', 'page-7'), ...documents]);
      const shifted = path.replace(/\d+/, (index) => String(Number(index) + 1));
      expect([status, body.code]).toEqual([422, 'CONFIGURATION_INVALID']);
      const problem = body.details.find((detail: { path: string }) => detail.path === shifted);
      expect(problem?.message).toContain(message.replace('documents.0', 'documents.1'));
      expect(problem?.remedy).toMatch(/\w/);
      expect(await list('accounts')).toHaveLength(1);
      expect((await api.deps.configuration.refreshNow()).revision).toBe(revision);
    },
  );

  it.each([
    ['a password too short', user('bob', { password: 'short' }), 'documents.0.password'],
    ['an unknown key', { ...account('a', 'p'), pageTokn: 'x' }, 'documents.0.pageTokn'],
    ['a number for a Page id', { ...account('a', 'p'), pageId: 123 }, 'documents.0.pageId'],
    ['a skill level out of range', user('bob', { skills: { x: 101 } }), 'documents.0.skills.x'],
    ['a zone that is none', { kind: 'hours', name: 'h', timeZone: 'Mars/Base', open: [] }, 'documents.0.timeZone'],
    ['an unknown kind', { kind: 'acount' }, 'documents.0.kind'],
  ])('%s by its place', async (_name, document, path) => {
    const { status, body } = await api.apply([document]);
    expect([status, body.code, body.details[0].path]).toEqual([400, 'REQUEST_INVALID', path]);
    expect(body.details[0].remedy).toMatch(/\w/);
  });

  it('a scenario with an unreachable block, by line and column', async () => {
    const source = `${tinyScenario}  lost:\n    exit: {}\n`;
    const { status, body } = await api.apply([{ kind: 'scenario', source }]);
    expect([status, body.code]).toEqual([422, 'SCENARIO_INVALID']);
    expect(body.details[0]).toMatchObject({ line: 8, path: expect.stringContaining('documents.0.source') });
    expect(await list('scenarios')).toEqual([]);
  });

  it('to say that all went well while dispatchers cannot be told, and mends it when repeated', async () => {
    api.actors.isAway = true;
    expect((await api.apply(smallConfiguration())).status).toBe(503);
    api.actors.isAway = false;
    expect(new Set(outcomes((await api.apply(smallConfiguration())).body))).toEqual(new Set(['unchanged']));
    expect(api.actors.configurations).toHaveLength(1);
  });
});
