import type { AddressInfo } from 'node:net';
import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { StoredPresence } from '../../adapters/mongo/presence-repository.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { HttpRoute } from '../../contracts/http-routes/http-route.ts';
import { LIVE_CLOSE } from '../../contracts/live-event.ts';
import { PRIVILEGES, type Privilege, type Role } from '../../contracts/privileges.ts';
import { until } from '../support/until.ts';
import { ADMIN_TOKEN, PASSWORD, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const OWN = '/api/v1/users/me/second-factor';
const SESSION = '/api/v1/session';
const STEP_MS = 30_000;
const all = Object.keys(PRIVILEGES) as Privilege[];

let api: TestApi;
beforeEach(() => start());
afterEach(() => api.stop());

async function start(secondFactorRoles: readonly Role[] = []): Promise<void> {
  api = await startApi(({ settings }) => ({ settings: { ...settings, secondFactorRoles } }));
  await api.apply(smallConfiguration());
}

/** Starts anew with what the deployment requires. */
async function restart(secondFactorRoles: readonly Role[]): Promise<void> {
  await api.stop();
  await start(secondFactorRoles);
}

const role = (requireSecondFactor?: boolean, privileges: readonly Privilege[] = all) => ({
  kind: 'role',
  name: 'guarded',
  privileges: [...privileges],
  ...(requireSecondFactor !== undefined && { requireSecondFactor }),
});
const user = (username = 'gus') => ({ kind: 'user', username, role: 'guarded', password: PASSWORD });

const apply = async (...documents: object[]): Promise<void> => {
  const { status, text } = await api.apply(documents);
  expect(status, text).toBe(200);
};

const codeOf = (key: string): string =>
  new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: api.deps.now() });
const begin = async (token: string): Promise<string> =>
  (await api.call('POST', OWN, { token, body: { password: PASSWORD } })).body.key;
const logIn = (username: string, code?: string) =>
  api.call('POST', SESSION, { body: { username, password: PASSWORD, ...(code !== undefined && { code }) } });

/** Turns a second factor on in a session; the step of its first code is used then. */
async function turnOn(token: string): Promise<{ key: string; recoveryCodes: string[] }> {
  const key = await begin(token);
  const { status, body, text } = await api.call('PUT', OWN, { token, body: { code: codeOf(key) } });
  expect(status, text).toBe(200);
  api.clock.aheadMs += STEP_MS;
  return { key, recoveryCodes: body.recoveryCodes };
}

const who = async (token: string) => (await api.call('GET', SESSION, { token })).body;
/** What is answered where one of their privileges is asked for. */
const askFor = async (token: string, path = '/api/v1/contacts'): Promise<[number, string | undefined]> => {
  const { status, body } = await api.call('GET', path, { token });
  return [status, body.code];
};
const nameOf = ({ method, path }: HttpRoute): string => `${method} ${path}`;
const urlOf = ({ path }: HttpRoute): string => path.replaceAll(/:\w+/g, 'none');
const MISSING = [403, 'SECOND_FACTOR_MISSING'];
const LET_IN = [200, undefined];

describe('a session that a password alone has opened, of a role that requires a second factor', () => {
  const guarded = Object.values<HttpRoute>(httpRoutes).filter(({ access }) => access !== 'public');

  it('is refused by every route but those that lead out of it', async () => {
    await apply(role(true), user());
    const token = await api.logIn('gus');
    const answered: string[] = [];
    for (const route of guarded) {
      // It would end the session.
      if (route === httpRoutes.logOut) continue;
      const { status, body } = await api.call(route.method, urlOf(route), { token });
      if (body?.code === 'SECOND_FACTOR_MISSING') expect(status, nameOf(route)).toBe(403);
      else answered.push(nameOf(route));
    }
    expect(answered).toEqual([
      'GET /api/v1/session',
      'PUT /api/v1/users/me/password',
      'GET /api/v1/users/me/second-factor',
      'POST /api/v1/users/me/second-factor',
      'PUT /api/v1/users/me/second-factor',
    ]);
    expect((await api.call('DELETE', SESSION, { token })).status).toBe(204);
    expect((await api.call('GET', SESSION, { token })).status).toBe(401);
  });

  it('tells what it needs, and that it may do nothing', async () => {
    await apply(role(true), user());
    const token = await api.logIn('gus');
    expect(await who(token)).toMatchObject({
      username: 'gus',
      needsSecondFactor: true,
      privileges: [],
      takesChats: false,
    });
    expect((await api.call('GET', OWN, { token })).body).toMatchObject({ isOn: false, isRequired: true });
    const refused = await api.call('GET', '/api/v1/contacts', { token });
    expect(refused.body.message).toContain('POST /api/v1/users/me/second-factor');
  });

  it('is secured by turning one on, and so is a later one by its code or a recovery code', async () => {
    await apply(role(true), user());
    const token = await api.logIn('gus');
    expect(await askFor(token)).toEqual(MISSING);
    const { key, recoveryCodes } = await turnOn(token);
    expect(await askFor(token)).toEqual(LET_IN);
    expect((await who(token)).privileges).toHaveLength(all.length);
    expect((await logIn('gus')).body.code).toBe('SECOND_FACTOR_REQUIRED');
    for (const code of [codeOf(key), recoveryCodes[0] ?? '']) {
      const { body } = await logIn('gus', code);
      expect(await who(body.token)).toMatchObject({ needsSecondFactor: false });
      expect(await askFor(body.token)).toEqual(LET_IN);
    }
  });

  it('is not secured where the process dies before that is written: a code of the new factor lets in', async () => {
    await apply(role(true), user());
    const token = await api.logIn('gus');
    const key = await begin(token);
    api.deps.sessions.secure = async () => Promise.reject(new Error('killed'));
    expect((await api.call('PUT', OWN, { token, body: { code: codeOf(key) } })).status).toBe(500);
    expect(await askFor(token)).toEqual(MISSING);
    expect((await api.call('GET', OWN, { token })).body).toMatchObject({ isOn: true });
    expect((await api.call('POST', OWN, { token, body: { password: PASSWORD } })).body.code).toBe('SECOND_FACTOR_ON');
    api.clock.aheadMs += STEP_MS;
    const { body } = await logIn('gus', codeOf(key));
    expect(await askFor(body.token)).toEqual(LET_IN);
  });

  it('changes its password, and lacks the second factor as before', async () => {
    await apply(role(true), user());
    const token = await api.logIn('gus');
    const body = { currentPassword: PASSWORD, newPassword: 'another horse, another battery' };
    expect((await api.call('PUT', '/api/v1/users/me/password', { token, body })).status).toBe(204);
    expect(await askFor(token)).toEqual(MISSING);
  });

  it('leaves the state and the lease of its agent alone, also when it ends', async () => {
    await apply(role(false, ['answer-chats']), user());
    const [gus, ann] = [await api.logIn('gus'), await api.logIn('ann')];
    for (const token of [gus, ann]) {
      const { status } = await api.call('PUT', '/api/v1/agents/me/state', { token, body: { state: 'ready' } });
      expect(status).toBe(200);
    }
    await apply(role(true, ['answer-chats']));
    api.clock.aheadMs += 60_000;
    const renewed = api.deps.now() + api.deps.settings.presenceLeaseMs;
    expect(await who(gus)).toMatchObject({ needsSecondFactor: true });
    expect((await api.call('DELETE', SESSION, { token: gus })).status).toBe(204);
    expect((await who(ann)).username).toBe('ann');
    const leaseOf = async (_id: string): Promise<number> =>
      (await api.db.collection<StoredPresence>('presence').findOne({ _id }))?.leaseUntil ?? 0;
    await until('the call of the other agent shows', async () => (await leaseOf('ann')) >= renewed);
    expect(await leaseOf('gus')).toBeLessThan(renewed);
    expect(await api.deps.presence.find('gus')).toMatchObject({ state: 'ready' });
    expect(await api.deps.presence.find('ann')).toMatchObject({ state: 'ready' });
  });
});

describe('a role that begins to require a second factor', () => {
  it('takes everything from sessions of a password alone at once, and nothing from those with a code', async () => {
    await apply(role(), user('gus'), user('guy'));
    const [bare, secured] = [await api.logIn('gus'), await api.logIn('guy')];
    await turnOn(secured);
    expect([await askFor(bare), await askFor(secured)]).toEqual([LET_IN, LET_IN]);
    await apply(role(true));
    expect([await askFor(bare), await askFor(secured)]).toEqual([MISSING, LET_IN]);
    await apply(role(false));
    expect(await askFor(bare)).toEqual(LET_IN);
  });

  it('closes the sockets of the former, which do not come back before they are secured, and leaves the others', async () => {
    await apply(role(), user('gus'), user('guy'));
    const [bare, secured] = [await api.logIn('gus'), await api.logIn('guy')];
    await turnOn(secured);
    const [first, second] = [await listen(bare), await listen(secured)];
    await apply(role(true));
    await until('the first is closed', () => first.code !== undefined);
    expect(first.code).toBe(LIVE_CLOSE.privilegesChanged);
    expect((await refusedSocket(bare)).status).toBe(403);
    await api.deps.live.tell([alert]);
    await until('the second hears', () => second.types.includes('alert.raised'));
    expect(first.types).not.toContain('alert.raised');
    expect(second.code).toBeUndefined();
    await turnOn(bare);
    const again = await listen(bare);
    await api.deps.live.tell([alert]);
    await until('it hears', () => again.types.includes('alert.raised'));
    for (const { socket } of [second, again]) socket.terminate();
  });
});

describe('a second factor that a role requires', () => {
  it('is not turned off, before the role requires it no more', async () => {
    await apply(role(true), user());
    const token = await api.logIn('gus');
    await turnOn(token);
    const off = () => api.call('POST', `${OWN}/off`, { token, body: { password: PASSWORD } });
    expect((await off()).body.code).toBe('SECOND_FACTOR_REQUIRED_BY_ROLE');
    await apply(role(false));
    expect((await off()).status).toBe(204);
    expect(await askFor(token)).toEqual(LET_IN);
    await apply(role(true));
    expect(await askFor(token)).toEqual(MISSING);
  });

  it('is reset by whoever manages users: the sessions that it opened lack it, also after another was turned on', async () => {
    await apply(role(true), user());
    const token = await api.logIn('gus');
    await turnOn(token);
    const socket = await listen(token);
    const reset = () => api.call('DELETE', '/api/v1/users/gus/second-factor', { token: ADMIN_TOKEN });
    expect((await reset()).status).toBe(204);
    expect(await askFor(token)).toEqual(MISSING);
    // The heart finds it.
    await until('the socket is closed', () => socket.code !== undefined);
    expect(socket.code).toBe(LIVE_CLOSE.privilegesChanged);
    const other = await api.logIn('gus');
    await turnOn(other);
    expect([await askFor(token), await askFor(other)]).toEqual([[401, 'UNAUTHENTICATED'], LET_IN]);
  });
});

describe('the roles that ship', () => {
  it('require one where the deployment says so, and the list of roles tells', async () => {
    await restart(['admin']);
    const token = await api.logIn('adam');
    expect(await askFor(token, '/api/v1/audit')).toEqual(MISSING);
    expect((await who(await api.logIn('sue'))).needsSecondFactor).toBe(false);
    const { body } = await api.call('GET', '/api/v1/roles', { token: ADMIN_TOKEN });
    const required = body.items.filter((each: { requireSecondFactor?: boolean }) => each.requireSecondFactor);
    expect(required.map(({ name }: { name: string }) => name)).toEqual(['admin']);
    await turnOn(token);
    expect(await askFor(token, '/api/v1/audit')).toEqual(LET_IN);
  });

  it('leave tokens of programs and the admin token as they are; a token is made in a secured session', async () => {
    await restart(['admin']);
    const make = (token: string) =>
      api.call('POST', '/api/v1/tokens', { token, body: { name: 'job', scopes: ['read:audit'], expiresInDays: 1 } });
    const adam = await api.logIn('adam');
    expect((await make(adam)).body.code).toBe('SECOND_FACTOR_MISSING');
    await turnOn(adam);
    const { body } = await make(adam);
    await api.call('DELETE', '/api/v1/users/adam/second-factor', { token: ADMIN_TOKEN });
    expect(await askFor(adam, '/api/v1/audit')).toEqual(MISSING);
    expect(await askFor(body.token, '/api/v1/audit')).toEqual(LET_IN);
  });
});

describe('requireSecondFactor of a role', () => {
  it('is exported as it was written, shown in the list, and changed field by field', async () => {
    const written = role(true, ['see-contacts']);
    await apply(written);
    const { body } = await api.call('GET', '/api/v1/configuration', { token: ADMIN_TOKEN });
    const found = body.documents.find(({ name }: { name: string }) => name === 'guarded');
    expect(found).toEqual(written);
    expect((await api.apply([found])).body.items).toMatchObject([{ kind: 'role', outcome: 'unchanged' }]);
    const change = { requireSecondFactor: false };
    const changed = await api.call('PATCH', '/api/v1/roles/guarded', { token: ADMIN_TOKEN, body: change });
    expect(changed.body).toMatchObject({ name: 'guarded', privileges: ['see-contacts'], requireSecondFactor: false });
    const { body: audit } = await api.call('GET', '/api/v1/audit?limit=1', { token: ADMIN_TOKEN });
    expect(audit.items[0]).toMatchObject({
      before: { requireSecondFactor: true },
      after: { requireSecondFactor: false },
    });
  });
});

const alert = {
  type: 'alert.raised' as const,
  kind: 'part-unknown' as const,
  subject: 's',
  message: 'm',
  remedy: 'r',
};

interface Heard {
  socket: WebSocket;
  types: string[];
  /** How it was closed. */
  code?: number;
}

async function open(token: string): Promise<WebSocket> {
  if (!api.app.server.listening) await api.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = api.app.server.address() as AddressInfo;
  return new WebSocket(`ws://127.0.0.1:${port}/api/v1/events`, { headers: { authorization: `Bearer ${token}` } });
}

/** A socket that is ready. */
async function listen(token: string): Promise<Heard> {
  const socket = await open(token);
  const heard: Heard = { socket, types: [] };
  socket.on('message', (data: Buffer) => heard.types.push((JSON.parse(data.toString()) as { type: string }).type));
  socket.on('close', (code) => (heard.code = code));
  await until('it is ready', () => heard.types.includes('ready'));
  return heard;
}

/** What a socket that is not let in is answered. */
async function refusedSocket(token: string): Promise<{ status: number | undefined }> {
  const socket = await open(token);
  return new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.on('unexpected-response', (_request, { statusCode }) => {
      socket.terminate();
      resolve({ status: statusCode });
    });
  });
}
