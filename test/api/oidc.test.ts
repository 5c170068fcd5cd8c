import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOidcProvider } from '../../adapters/oidc/oidc-provider.ts';
import { toOidcSettings, type GroupRole } from '../../adapters/oidc/oidc-settings.ts';
import type { Role } from '../../contracts/privileges.ts';
import { logInAtProvider, startOidcProvider, type TestOidcProvider } from '../support/oidc-provider.ts';
import { PASSWORD, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const PUBLIC_URL = 'http://console.example';
const CALLBACK = `${PUBLIC_URL}/api/v1/oidc/callback`;

let provider: TestOidcProvider;
let api: TestApi;
beforeAll(async () => {
  provider = await startOidcProvider(CALLBACK);
});
afterAll(() => provider.stop());
beforeEach(() => provider.people.clear());
afterEach(() => api.stop());

async function start({
  roles = [],
  hasLocalLogIn = true,
  secondFactorRoles = [],
}: { roles?: GroupRole[]; hasLocalLogIn?: boolean; secondFactorRoles?: Role[] } = {}) {
  const settings = toOidcSettings({
    issuer: provider.issuer,
    clientId: provider.client.id,
    clientSecret: provider.client.secret,
    publicUrl: PUBLIC_URL,
    name: 'Halden ID',
    scope: 'openid profile email',
    usernameClaim: 'preferred_username',
    groupsClaim: 'groups',
    roles,
  });
  api = await startApi((deps) => ({
    settings: { ...deps.settings, publicUrl: PUBLIC_URL, hasLocalLogIn, secondFactorRoles },
    oidc: settings && createOidcProvider(settings),
  }));
  await api.apply(smallConfiguration());
}

const ROLES: GroupRole[] = [
  { group: 'desk', role: 'agent' },
  { group: 'it', role: 'admin' },
];

type Jar = Map<string, string>;

/** Calls as a browser does, with the cookies it was given. */
async function browse(jar: Jar, url: string) {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await api.call('GET', url, { headers: { cookie } });
  for (const set of [response.headers['set-cookie'] ?? []].flat() as string[]) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
    jar.set(name, value);
  }
  return response;
}

/** The whole way of a browser; gives where it ends and the cookies. */
async function logIn(subject: string, to = '/chats'): Promise<{ location: string; jar: Jar }> {
  const jar: Jar = new Map();
  const begun = await browse(jar, `/api/v1/oidc?to=${encodeURIComponent(to)}`);
  expect(begun.status).toBe(302);
  const back = await logInAtProvider(String(begun.headers['location']), subject);
  const finished = await browse(jar, back.replace(PUBLIC_URL, ''));
  return { location: String(finished.headers['location']), jar };
}

const whoIs = async (jar: Jar) => (await browse(jar, '/api/v1/session')).body;
const userOf = async (username: string) => (await api.deps.configuration.getFresh()).user(username);

describe('logging in at a provider', () => {
  it('is told as a way in, and lets a user in by the name that the provider tells', async () => {
    await start();
    provider.people.set('p-1', { preferred_username: 'ann' });
    const methods = await api.call('GET', '/api/v1/session/methods');
    expect(methods.body).toEqual({ hasPasswords: true, provider: { name: 'Halden ID' } });
    const { location, jar } = await logIn('p-1');
    expect(location).toBe('/chats');
    expect(await whoIs(jar)).toMatchObject({ username: 'ann', role: 'agent' });
    const audit = await api.db.collection('audit').findOne({ action: 'session.opened', by: 'ann' });
    expect(audit?.['subject']).toEqual({ provider: 'Halden ID' });
  });

  it('makes a user of whom a group gives a role, and follows their groups from then on', async () => {
    await start({ roles: ROLES });
    provider.people.set('p-2', { preferred_username: 'nia', name: 'Nia Odu', groups: ['desk', 'sports'] });
    expect(await whoIs((await logIn('p-2')).jar)).toMatchObject({ username: 'nia', name: 'Nia Odu', role: 'agent' });
    provider.people.set('p-2', { preferred_username: 'nia', groups: ['desk', 'it'] });
    expect(await whoIs((await logIn('p-2')).jar)).toMatchObject({ username: 'nia', role: 'admin' });
    const changes = await api.db.collection('audit').find({ 'subject.name': 'nia' }).sort({ at: 1 }).toArray();
    expect(changes.map(({ action }) => action)).toEqual(['configuration.created', 'configuration.changed']);
  });

  it('gives a role of one’s own, and lets nobody in by one that is none; the last of the list counts', async () => {
    await start({ roles: [...ROLES, { group: 'graders', role: 'quality' }] });
    provider.people.set('p-2', { preferred_username: 'nia', groups: ['graders', 'desk'] });
    expect((await logIn('p-2')).location).toBe('/login?sso=no-role');
    await api.apply([...smallConfiguration(), { kind: 'role', name: 'quality', privileges: ['grade-chats'] }]);
    expect(await whoIs((await logIn('p-2')).jar)).toMatchObject({ role: 'quality', privileges: ['grade-chats'] });
  });

  it('knows a person by what never changes of them: another of the same user name is not let in as them', async () => {
    await start();
    provider.people.set('p-1', { preferred_username: 'ann' });
    await logIn('p-1');
    provider.people.set('p-9', { preferred_username: 'ann' });
    expect((await logIn('p-9')).location).toBe('/login?sso=other-person');
    provider.people.set('p-1', { preferred_username: 'ann.new' });
    expect(await whoIs((await logIn('p-1')).jar)).toMatchObject({ username: 'ann' });
  });

  it('binds anew where the user is no more', async () => {
    await start({ roles: ROLES });
    provider.people.set('p-2', { preferred_username: 'nia', groups: ['desk'] });
    await logIn('p-2');
    await api.call('DELETE', '/api/v1/users/nia', { token: await api.logIn('adam') });
    const { jar } = await logIn('p-2');
    expect(await whoIs(jar)).toMatchObject({ username: 'nia', role: 'agent' });
  });

  it.each([
    ['no-user', [], { preferred_username: 'stranger' }],
    ['no-username', [], { name: 'Nameless' }],
    ['no-username', [], { preferred_username: 'not a user name' }],
    ['no-role', ROLES, { preferred_username: 'ann', groups: ['sports'] }],
  ] as const)('says %s to whom it cannot let in, and writes it down', async (why, roles, person) => {
    await start({ roles: [...roles] });
    provider.people.set('p-3', person);
    const { location, jar } = await logIn('p-3');
    expect(location).toBe(`/login?sso=${why}`);
    expect((await browse(jar, '/api/v1/session')).status).toBe(401);
    expect(await api.db.collection('audit').countDocuments({ action: 'session.refused' })).toBe(1);
    expect(await userOf('stranger')).toBeUndefined();
  });

  it('takes an answer only in the browser that began, once, and within ten minutes', async () => {
    await start();
    provider.people.set('p-1', { preferred_username: 'ann' });
    const jar: Jar = new Map();
    const begun = await browse(jar, '/api/v1/oidc');
    const back = (await logInAtProvider(String(begun.headers['location']), 'p-1')).replace(PUBLIC_URL, '');
    expect((await browse(new Map(), back)).headers['location']).toBe('/login?sso=expired');
    const other: Jar = new Map();
    await browse(other, '/api/v1/oidc');
    expect((await browse(other, back)).headers['location']).toBe('/login?sso=refused');
    const again: Jar = new Map(jar);
    expect((await browse(jar, back)).headers['location']).toBe('/');
    expect((await browse(again, back)).headers['location']).toBe('/login?sso=refused');
    api.clock.aheadMs += 11 * 60_000;
    expect((await browse(again, back)).headers['location']).toBe('/login?sso=expired');
  });

  it.each(['//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example', '/a b'])(
    'leads to the console and never to %s',
    async (to) => {
      await start();
      provider.people.set('p-1', { preferred_username: 'ann' });
      expect((await logIn('p-1', to)).location).toBe('/');
    },
  );

  it('is enough where a role requires a second factor, and turns none on here, where nobody would ask for it', async () => {
    await start({ secondFactorRoles: ['agent'] });
    provider.people.set('p-1', { preferred_username: 'ann' });
    const { jar } = await logIn('p-1');
    expect(await whoIs(jar)).toMatchObject({ username: 'ann', needsSecondFactor: false, takesChats: true });
    const own = '/api/v1/users/me/second-factor';
    expect((await browse(jar, own)).body).toEqual({
      isOn: false,
      isRequired: true,
      isByProvider: true,
      recoveryCodesLeft: 0,
    });
    const headers = { cookie: [...jar].map((pair) => pair.join('=')).join('; '), 'sec-fetch-site': 'same-origin' };
    const refused = await api.call('POST', own, { headers, body: { password: PASSWORD } });
    expect(refused).toMatchObject({ status: 409, body: { code: 'SECOND_FACTOR_AT_PROVIDER' } });
    // The same person, by the password that they know.
    const token = await api.logIn('ann');
    expect((await api.call('GET', '/api/v1/session', { token })).body).toMatchObject({ needsSecondFactor: true });
    expect((await api.call('POST', own, { token, body: { password: PASSWORD } })).status).toBe(200);
  });

  it('is the only way in where passwords are switched off', async () => {
    await start({ hasLocalLogIn: false });
    const refused = await api.call('POST', '/api/v1/session', { body: { username: 'ann', password: PASSWORD } });
    expect(refused).toMatchObject({ status: 403, body: { code: 'LOCAL_LOG_IN_OFF' } });
    provider.people.set('p-1', { preferred_username: 'ann' });
    expect(await whoIs((await logIn('p-1')).jar)).toMatchObject({ username: 'ann' });
  });

  it('says that the provider is away, and works when it is back, without a new start', async () => {
    await provider.stop();
    await start();
    expect((await api.call('GET', '/api/v1/oidc')).body.code).toBe('OIDC_UNAVAILABLE');
    provider = await startOidcProvider(CALLBACK, Number(new URL(provider.issuer).port));
    expect((await api.call('GET', '/api/v1/oidc')).status).toBe(302);
  });

  it('is not there where no provider is set up', async () => {
    api = await startApi();
    expect((await api.call('GET', '/api/v1/oidc')).status).toBe(404);
    expect((await api.call('GET', '/api/v1/session/methods')).body).toEqual({ hasPasswords: true });
  });
});
