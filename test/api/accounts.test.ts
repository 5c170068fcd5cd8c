import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPageWatch } from '../../api/accounts/watch-pages.ts';
import { createPageInspector } from '../../adapters/messenger/page-inspector.ts';
import type { CheckResult } from '../../contracts/account-check-schema.ts';
import { startSimulator, type StartedSimulator } from '../support/start-simulator.ts';
import { until } from '../support/until.ts';
import { pageBody, postWebhook } from './support/post-webhook.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const PAGE = {
  pageId: 'page-1',
  name: 'Shop',
  appId: '77',
  appSecret: 'app-secret-1',
  pageToken: 'EAAB-1',
  webhookUrl: 'http://127.0.0.1:9/clientweb/fb/webhook',
};

let simulator: StartedSimulator;
let api: TestApi;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

beforeEach(async () => {
  await simulator.control('DELETE', 'faults');
  await simulator.control('POST', 'pages', PAGE);
  const inspector = createPageInspector({ graphUrl: simulator.url, graphVersion: 'v26.0', timeoutMs: 1000 });
  api = await startApi(() => ({ inspector }));
  await api.apply(smallConfiguration());
});
afterEach(() => api.stop());

const test = (body: object = {}, token = ADMIN_TOKEN) =>
  api.call('POST', '/api/v1/accounts/shop/test', { token, body });
const checksOf = async (body: object = {}): Promise<Record<string, CheckResult>> => {
  const answer = await test(body);
  expect(answer.status).toBe(200);
  return Object.fromEntries(answer.body.checks.map((check: CheckResult) => [check.check, check]));
};
const statesOf = async (body: object = {}) =>
  Object.fromEntries(Object.entries(await checksOf(body)).map(([check, { state }]) => [check, state]));

function postEvent(pageId: string, secret = PAGE.appSecret) {
  const event = {
    sender: { id: 'c-1' },
    recipient: { id: pageId },
    timestamp: Date.now(),
    message: { mid: 'm-1', text: 'hi' },
  };
  return postWebhook(api, pageBody(pageId, event), secret);
}

describe('testing the connection of an account', () => {
  it('finds everything in order, says what cannot be known, and misses a first event', async () => {
    expect(await statesOf()).toEqual({
      entry: 'ok',
      token: 'ok',
      'app-secret': 'ok',
      'token-lifetime': 'ok',
      permissions: 'ok',
      'app-mode': 'not-run',
      'app-subscription': 'ok',
      'page-subscription': 'ok',
      'message-echoes': 'ok',
      'last-event': 'warning',
      'conversation-routing': 'ok',
      'page-profile': 'ok',
    });
  });

  it('has a remedy for each result that is not in order, and no secret in any', async () => {
    await simulator.control('POST', 'pages', {
      ...PAGE,
      subscribedFields: [],
      appFields: ['messages'],
      permissions: ['x'],
    });
    const { body, text } = await test();
    const bad = body.checks.filter(({ state }: CheckResult) => state === 'failed' || state === 'warning');
    expect(bad.length).toBeGreaterThan(4);
    for (const check of bad) expect(check.remedy).toMatch(/\w{3,}/);
    expect(text).not.toMatch(/EAAB-1|app-secret-1/);
  });

  it('names a token that Meta refuses, and does not run what needs one', async () => {
    await simulator.control('POST', 'pages', { ...PAGE, pageToken: 'another' });
    expect(await statesOf()).toMatchObject({ token: 'failed', 'app-secret': 'not-run', permissions: 'not-run' });
  });

  it('tells the token of another Page', async () => {
    await simulator.control('POST', 'pages', { ...PAGE, pageToken: 'another' });
    await simulator.control('POST', 'pages', { ...PAGE, pageId: 'page-9', name: 'Other' });
    const { token } = await checksOf();
    expect(token).toMatchObject({
      state: 'failed',
      message: 'The token is that of "Other" (page-9), not of Page page-1.',
    });
    await simulator.control('POST', 'pages', { ...PAGE, pageId: 'page-9', pageToken: 'of page 9' });
  });

  it('tells a wrong app secret from a wrong token', async () => {
    await simulator.control('POST', 'pages', { ...PAGE, appSecret: 'changed at Meta' });
    expect(await statesOf()).toMatchObject({ token: 'ok', 'app-secret': 'failed', permissions: 'not-run' });
  });

  it('warns of a token that expires soon, and of permissions that are missing', async () => {
    const tokenExpiresAt = Date.now() + 86_400_000;
    await simulator.control('POST', 'pages', { ...PAGE, tokenExpiresAt, permissions: ['pages_messaging'] });
    expect(await statesOf()).toMatchObject({ 'token-lifetime': 'warning', permissions: 'warning' });
    await simulator.control('POST', 'pages', { ...PAGE, permissions: ['pages_show_list'] });
    expect(await statesOf()).toMatchObject({ permissions: 'failed' });
  });

  it('subscribes what is missing when asked, keeping what is there', async () => {
    await simulator.control('POST', 'pages', { ...PAGE, subscribedFields: ['messages'] });
    expect(await statesOf()).toMatchObject({ 'page-subscription': 'failed', 'message-echoes': 'failed' });
    const asked = await statesOf({ subscribe: true });
    expect(asked).toMatchObject({ 'page-subscription': 'ok', 'message-echoes': 'ok' });
    expect(await statesOf()).toMatchObject({ 'page-subscription': 'ok', 'message-echoes': 'ok' });
  });

  it('says which app webhook leads elsewhere, and that several apps share the Page', async () => {
    const webhookUrl = 'http://127.0.0.1:9/old-bot';
    await simulator.control('POST', 'pages', { ...PAGE, webhookUrl, otherApps: ['88'] });
    const checks = await checksOf();
    expect(checks['app-subscription']?.message).toContain('/old-bot');
    expect(checks['conversation-routing']).toMatchObject({ state: 'warning' });
  });

  const faults = {
    me: { token: 'failed' },
    app: { 'token-lifetime': 'not-run', permissions: 'not-run', 'app-subscription': 'not-run', token: 'ok' },
    'debug-token': { 'token-lifetime': 'not-run', permissions: 'not-run', 'app-subscription': 'ok' },
    subscriptions: { 'app-subscription': 'not-run', permissions: 'ok' },
    'subscribed-apps': { 'page-subscription': 'not-run', 'message-echoes': 'not-run', permissions: 'ok' },
    routing: { 'conversation-routing': 'not-run', permissions: 'ok' },
  };
  it.each(Object.entries(faults))('goes on where Graph refuses %s, and says why', async (call, expected) => {
    await simulator.control('POST', 'faults', { kind: 'graph', call, code: 200, message: 'No right to this' });
    const { body } = await test();
    const states = Object.fromEntries(body.checks.map(({ check, state }: CheckResult) => [check, state]));
    expect(states).toMatchObject(expected);
    expect(JSON.stringify(body)).toContain('No right to this');
  });

  it('says that Graph is out of reach', async () => {
    const inspector = createPageInspector({
      graphUrl: 'http://127.0.0.1:65001',
      graphVersion: 'v26.0',
      timeoutMs: 500,
    });
    const away = await startApi(() => ({ inspector }));
    await away.apply(smallConfiguration());
    const { body } = await away.call('POST', '/api/v1/accounts/shop/test', { token: ADMIN_TOKEN, body: {} });
    expect(body.checks[1]).toMatchObject({
      check: 'token',
      state: 'failed',
      message: 'Graph gave no answer: ECONNREFUSED',
    });
    await away.stop();
  });

  it('knows when the last event of the Page came', async () => {
    expect((await postEvent('page-1')).status).toBe(200);
    await until('the time of the event', async () => (await statesOf())['last-event'] === 'ok');
    api.clock.aheadMs = 25 * 3_600_000;
    expect(await statesOf()).toMatchObject({ 'last-event': 'warning' });
  });

  it('is open to a supervisor, who may not subscribe', async () => {
    const token = await api.logIn('sue');
    expect((await test({}, token)).status).toBe(200);
    expect((await test({ subscribe: true }, token)).status).toBe(403);
  });

  it('does not know an account that is not there', async () => {
    const { status, body } = await api.call('POST', '/api/v1/accounts/none/test', { token: ADMIN_TOKEN, body: {} });
    expect([status, body.code]).toEqual([404, 'NOT_FOUND']);
  });
});

const alerts = async () =>
  (await api.call('GET', '/api/v1/alerts?state=open', { token: ADMIN_TOKEN })).body.items.map(
    ({ kind }: { kind: string }) => kind,
  );
const watch = async (): Promise<void> => {
  api.clock.aheadMs += 11 * 60_000;
  await createPageWatch(api.deps).tick();
};

const profileCheck = async (body: object = {}) => (await checksOf(body))['page-profile'];

describe('the watchdog of a Page', () => {
  it('subscribes a Page again that Meta has unsubscribed, and tells', async () => {
    await simulator.control('POST', 'pages', { ...PAGE, subscribedFields: [] });
    await watch();
    expect(await alerts()).toEqual(['resubscribed']);
    expect((await statesOf())['page-subscription']).toBe('ok');
  });

  it('tells of a dead token once, and that it works again', async () => {
    await simulator.control('POST', 'pages', { ...PAGE, pageToken: 'another' });
    await watch();
    await watch();
    expect(await alerts()).toEqual(['token']);
    await simulator.control('POST', 'pages', PAGE);
    await watch();
    expect(await alerts()).toEqual([]);
  });

  it('tells of silence where there were events before', async () => {
    await watch();
    expect(await alerts()).toEqual([]);
    await postEvent('page-1');
    await until('the note', async () => (await api.deps.pages.find('page-1')).lastEventAt);
    api.clock.aheadMs += 25 * 3_600_000;
    await watch();
    expect(await alerts()).toEqual(['silence']);
  });

  it('is one process at a time for each Page', async () => {
    await simulator.control('POST', 'pages', { ...PAGE, pageToken: 'another' });
    await Promise.all([createPageWatch(api.deps).tick(), createPageWatch(api.deps).tick()]);
    const { body } = await api.call('GET', '/api/v1/alerts', { token: ADMIN_TOKEN });
    expect(body.items).toMatchObject([{ kind: 'token', count: 1 }]);
  });
});

describe('the page profile of an account', () => {
  const profile = {
    getStarted: 'START',
    greeting: [{ text: 'Hello {{user_first_name}}' }],
    iceBreakers: [{ questions: [{ question: 'Opening hours?', payload: 'HOURS' }] }],
    persistentMenu: [
      {
        items: [
          { title: 'Orders', payload: 'ORDERS' },
          { title: 'Shop', url: 'https://example.com/' },
        ],
      },
    ],
  };
  const [account] = smallConfiguration();
  const applyProfile = async (wanted: object | undefined): Promise<number> =>
    (await api.apply([{ ...account, ...(wanted && { profile: wanted }) }])).status;
  it('is written when the account is applied', async () => {
    expect(await applyProfile(profile)).toBe(200);
    await until('the profile', async () => (await profileCheck())?.state === 'ok');
    expect(await profileCheck()).toMatchObject({ message: 'The page profile is the one of the account.' });
  });

  it('shows what differs, with the remedy, and takes away what the account does not have', async () => {
    await applyProfile(profile);
    await until('the profile', async () => (await profileCheck())?.state === 'ok');
    await simulator.control('POST', 'pages', { ...PAGE });
    expect(await profileCheck()).toMatchObject({ state: 'failed', remedy: expect.stringContaining('--subscribe') });
    expect(await profileCheck({ subscribe: true })).toMatchObject({ state: 'ok' });
    await applyProfile({ greeting: profile.greeting });
    await until('the change', async () => (await profileCheck())?.state === 'ok');
  });

  it('refuses a menu without Get Started, a fifth question and a text without default', async () => {
    expect(await applyProfile({ persistentMenu: profile.persistentMenu })).toBe(400);
    const questions = Array.from({ length: 5 }, (_, index) => ({ question: `q${index}`, payload: 'p' }));
    expect(await applyProfile({ iceBreakers: [{ questions }] })).toBe(400);
    expect(await applyProfile({ greeting: [{ locale: 'de_DE', text: 'Hallo' }] })).toBe(400);
  });
});
