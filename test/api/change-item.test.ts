import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN_TOKEN, PASSWORD, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
  await api.apply([
    ...smallConfiguration(),
    { kind: 'hours', name: 'office', open: [{ days: ['mon'], from: '09:00', to: '17:00' }] },
    { kind: 'secret', name: 'crm', value: 'old' },
    { kind: 'bot', name: 'faq', url: 'https://bot.example.com/', token: 'crm' },
  ]);
});
afterEach(() => api.stop());

const change = (path: string, body: object) => api.call('PATCH', `/api/v1/${path}`, { token: ADMIN_TOKEN, body });
const logIn = (username: string, password: string) =>
  api.call('POST', '/api/v1/session', { body: { username, password } });

describe('changing one item', () => {
  it.each([
    ['accounts/shop', { onUnknown: 'resend', attachmentDays: 7 }],
    ['services/support', { skills: ['support'], hours: 'office' }],
    ['entries/front-door', { onError: 'Sorry.', hours: 'office' }],
    ['users/ann', { skills: { support: 10, 'c++.$x': 5 }, slots: 4 }],
    ['hours/office', { timeZone: 'Europe/Berlin' }],
    ['bots/faq', { url: 'https://other.example.com/' }],
  ])('%s changes what is named and keeps the rest', async (path, body) => {
    const [noun = '', name = ''] = path.split('/');
    const find = async (): Promise<object> => {
      const { items } = (await api.call('GET', `/api/v1/${noun}`, { token: ADMIN_TOKEN })).body;
      const found = items.find((item: { name: string; username?: string }) => (item.username ?? item.name) === name);
      // What the list of users tells beyond the item.
      const { hasSecondFactor: _hasSecondFactor, ...item } = found;
      return item;
    };
    const before = await find();
    const changed = await change(path, body);
    expect([changed.status, changed.body]).toEqual([200, { ...before, ...body }]);
    expect(await find()).toEqual({ ...before, ...body });
  });

  it('takes an optional field away by null', async () => {
    expect((await change('bots/faq', { token: null })).body).toEqual({ name: 'faq', url: 'https://bot.example.com/' });
    expect((await change('users/ann', { slots: null })).body.slots).toBe(1);
    for (const [path, body] of [
      ['bots/faq', { url: null }],
      ['accounts/shop', { pageToken: null }],
      ['users/ann', { password: null }],
    ] as const) {
      expect((await change(path, body)).body.code).toBe('REQUEST_INVALID');
    }
  });

  it('needs no secret and no password, and keeps those there are', async () => {
    const token = await api.logIn('ann');
    await change('users/ann', { slots: 3 });
    await change('accounts/shop', { pageUsername: 'shop' });
    expect((await api.call('GET', '/api/v1/agents/me/state', { token })).status).toBe(200);
    expect((await logIn('ann', PASSWORD)).status).toBe(200);
    expect((await api.deps.store.accounts.list())[0]).toMatchObject({
      pageToken: 'EAAB-1',
      appSecret: 'app-secret-1',
      verifyToken: 'v-1',
      pageUsername: 'shop',
    });
  });

  it('changes a password and a secret, which no answer shows', async () => {
    const token = await api.logIn('ann');
    expect((await change('users/ann', { password: 'a quite different sentence' })).text).not.toContain('different');
    expect((await api.call('GET', '/api/v1/agents/me/state', { token })).status).toBe(401);
    expect((await logIn('ann', 'a quite different sentence')).status).toBe(200);
    expect((await change('secrets/crm', { value: 'new' })).body).toEqual({ name: 'crm' });
    expect(await api.deps.store.secrets.list()).toEqual([{ name: 'crm', value: 'new' }]);
  });

  it('tells the dispatchers', async () => {
    await change('users/ann', { slots: 7 });
    expect(api.actors.configurations.at(-1)).toMatchObject(['default', { agents: [{ username: 'ann', slots: 7 }] }]);
  });

  it('refuses what apply refuses, by the name of the field', async () => {
    const { status, body } = await change('entries/front-door', { service: 'suport' });
    expect([status, body.code, body.details[0].path]).toEqual([422, 'CONFIGURATION_INVALID', 'service']);
    expect((await change('users/ann', { slots: 0 })).body.details[0].path).toBe('slots');
    expect((await change('users/ann', { username: 'bob' })).body.details[0].path).toBe('username');
    expect((await change('users/nobody', { slots: 1 })).body.message).toBe('There is no user "nobody".');
  });
});

describe('an entry whose scenario needs inputs', () => {
  const branded =
    'attendant: 2\nscenario: branded\ninputs: { brand: text }\nblocks: { a: { log: { text: $(brand) } } }\n';
  const needsBrand = {
    path: 'scenario',
    message: 'scenario "branded" needs $(brand), which an entry does not give',
    remedy:
      'Name a scenario that starts this one and gives it, or say "optional: true" in its inputs and read $(brand|…).',
  };

  it('is refused where it is changed alone, by name and by version', async () => {
    const { body } = await api.apply([{ kind: 'scenario', source: branded }]);
    expect((await change('entries/front-door', { scenario: 'branded' })).body.details).toEqual([needsBrand]);
    const pinned = `branded@${body.items[0].version.slice(0, 12)}`;
    expect((await change('entries/front-door', { scenario: pinned })).body.details).toEqual([
      { ...needsBrand, message: needsBrand.message.replace('branded', pinned) },
    ]);
    const [, , , entry] = smallConfiguration();
    const together = await api.apply([
      { kind: 'scenario', source: branded },
      { ...entry, scenario: 'branded' },
    ]);
    expect(together.body.details).toEqual([{ ...needsBrand, path: 'documents.1.scenario' }]);
  });

  it('is told once, at the scenario, where both are new', async () => {
    const [, , , entry] = smallConfiguration();
    const { body } = await api.apply([
      { kind: 'scenario', source: branded },
      { ...entry, scenario: 'branded' },
    ]);
    expect(body.details.map(({ path }: { path: string }) => path)).toEqual(['documents.0.source.inputs.brand']);
  });

  it('is no matter where the scenario says that they may be left out', async () => {
    await api.apply([
      {
        kind: 'scenario',
        source: branded.replace('text }', '{ type: text, optional: true } }').replace('$(brand)', '$(brand|us)'),
      },
    ]);
    expect((await change('entries/front-door', { scenario: 'branded' })).status).toBe(200);
  });
});

describe('texts of an entry in several languages', () => {
  const spoken =
    'attendant: 2\nscenario: spoken\nlanguages: [en, de]\nlanguage: $(item.referral.ref|en)\nblocks: { a: { send-message: { text: { en: Hi, de: Hallo } } } }\n';

  it('are refused where they lack one that its scenario speaks, and come back as they were written', async () => {
    await api.apply([{ kind: 'scenario', source: spoken }]);
    const { status, body } = await change('entries/front-door', { scenario: 'spoken', onError: { en: 'Sorry' } });
    expect([status, body.details]).toEqual([
      422,
      [{ path: 'onError', message: 'is missing in de, which scenario "spoken" speaks', remedy: 'Add de: ….' }],
    ]);
    const onError = { en: 'Sorry', de: 'Verzeihung' };
    expect((await change('entries/front-door', { scenario: 'spoken', onError })).status).toBe(200);
    const { body: whole } = await api.call('GET', '/api/v1/configuration', { token: ADMIN_TOKEN });
    expect(whole.documents).toContainEqual(expect.objectContaining({ kind: 'entry', name: 'front-door', onError }));
  });
});

describe('applying without secrets', () => {
  it('keeps those that are stored', async () => {
    const { body } = await api.apply([
      { kind: 'account', name: 'shop', pageId: 'page-1' },
      { kind: 'user', username: 'ann', name: 'Ann', role: 'agent', skills: { support: 80 }, slots: 2 },
      { kind: 'secret', name: 'crm' },
    ]);
    expect(body.items.map(({ outcome }: { outcome: string }) => outcome)).toEqual(Array(3).fill('unchanged'));
  });
});
