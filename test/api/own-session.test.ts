import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ADMIN_TOKEN,
  PASSWORD,
  SESSION_IDLE_MS,
  smallConfiguration,
  startApi,
  type TestApi,
} from './support/start-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
});
afterEach(() => api.stop());

const isLoggedIn = async (token: string) => (await api.call('GET', '/api/v1/conversations', { token })).status === 200;
const logIn = (username: string, password: string) =>
  api.call('POST', '/api/v1/session', { body: { username, password }, headers: { 'user-agent': 'a browser' } });

async function idOf(token: string): Promise<string> {
  const { body } = await api.call('GET', '/api/v1/sessions', { token });
  return body.items.find(({ isCurrent }: { isCurrent: boolean }) => isCurrent).id;
}
const revoke = (id: string, token: string) => api.call('DELETE', `/api/v1/sessions/${id}`, { token });
const change = (token: string, body: object) => api.call('PUT', '/api/v1/users/me/password', { token, body });

/** The process dies right after a user was written; what it gives back brings it to life again. */
function dieAfterPut(): () => void {
  const { users } = api.deps.store;
  const real = { ...users };
  users.put = async (user) => {
    await real.put(user);
    throw new Error('kill -9');
  };
  return () => void Object.assign(users, real);
}

describe('an idle session', () => {
  it('is over, while one that is used goes on', async () => {
    const [used, idle] = [await api.logIn('ann'), await api.logIn('ann')];
    for (let step = 0; step < 2; step += 1) {
      api.clock.aheadMs += SESSION_IDLE_MS * 0.55;
      expect(await isLoggedIn(used)).toBe(true);
    }
    expect(await isLoggedIn(idle)).toBe(false);
    expect((await api.call('GET', '/api/v1/sessions', { token: used })).body.items).toHaveLength(1);
    expect(await api.deps.sessions.deleteExpired(api.deps.now())).toBe(1);
  });

  it('is written to once a minute at most', async () => {
    const token = await api.logIn('ann');
    const lastSeenAt = async () => (await api.db.collection('sessions').findOne())?.['lastSeenAt'] as number;
    const before = await lastSeenAt();
    await isLoggedIn(token);
    expect(await lastSeenAt()).toBe(before);
    api.clock.aheadMs += 61_000;
    await isLoggedIn(token);
    expect(await lastSeenAt()).toBeGreaterThan(before);
  });
});

describe('the list of sessions', () => {
  it('shows where a user is logged in, the one that asks marked, and no token', async () => {
    const { body } = await logIn('ann', PASSWORD);
    await api.logIn('ann');
    await api.logIn('sue');
    const { text, body: list } = await api.call('GET', '/api/v1/sessions', { token: body.token });
    expect(list.items).toHaveLength(2);
    const current = list.items.find(({ isCurrent }: { isCurrent: boolean }) => isCurrent);
    expect(current).toMatchObject({ username: 'ann', address: '127.0.0.1', userAgent: 'a browser' });
    const [stored] = await api.db.collection('sessions').find({ id: current.id }).toArray();
    expect(text).not.toContain(String(stored?._id));
    expect(text).not.toContain(body.token);
  });

  it('shows another user to admins only', async () => {
    await api.logIn('ann');
    const [sue, adam] = [await api.logIn('sue'), await api.logIn('adam')];
    const list = (token: string) => api.call('GET', '/api/v1/sessions?username=ann', { token });
    expect((await list(sue)).status).toBe(403);
    expect((await list(adam)).body.items).toHaveLength(1);
    expect((await api.call('GET', '/api/v1/sessions', { token: ADMIN_TOKEN })).body.items).toHaveLength(3);
  });
});

describe('revoking a session', () => {
  it('ends it at once: one of their own for everybody, any for admins', async () => {
    const [lost, kept, adam] = [await api.logIn('ann'), await api.logIn('ann'), await api.logIn('adam')];
    expect((await revoke(await idOf(lost), kept)).status).toBe(204);
    expect([await isLoggedIn(lost), await isLoggedIn(kept)]).toEqual([false, true]);
    const id = await idOf(kept);
    expect((await revoke(id, await api.logIn('sue'))).status).toBe(404);
    expect((await revoke(id, adam)).status).toBe(204);
    expect(await isLoggedIn(kept)).toBe(false);
    const { body } = await api.call('GET', '/api/v1/audit?action=session.revoked', { token: ADMIN_TOKEN });
    expect(body.items[0]).toMatchObject({ by: 'adam', subject: { id, name: 'ann' } });
  });
});

describe("changing one's own password", () => {
  const newPassword = 'a quite different sentence';

  it('ends the other sessions and keeps this one', async () => {
    const [token, other] = [await api.logIn('ann'), await api.logIn('ann')];
    expect((await change(token, { currentPassword: PASSWORD, newPassword })).status).toBe(204);
    expect([await isLoggedIn(token), await isLoggedIn(other)]).toEqual([true, false]);
    expect((await logIn('ann', PASSWORD)).status).toBe(401);
    expect((await logIn('ann', newPassword)).status).toBe(200);
    const { text } = await api.call('GET', '/api/v1/audit?action=password.changed', { token: ADMIN_TOKEN });
    expect(text).toContain('"by":"ann"');
    expect(text).not.toContain('different');
  });

  it('leaves no other session where the process dies right after it, and undoes nothing of an admin’s', async () => {
    const own = await api.logIn('ann');
    const other = await api.logIn('ann');
    const revive = dieAfterPut();
    await change(own, { currentPassword: PASSWORD, newPassword });
    revive();
    api.deps.configuration.invalidate();
    expect(await isLoggedIn(other)).toBe(false);
    expect((await logIn('ann', newPassword)).status).toBe(200);

    const { passwords } = api.deps;
    const real = { ...passwords };
    passwords.hash = async (password) => {
      Object.assign(passwords, real);
      await api.call('PATCH', '/api/v1/users/ann', { token: ADMIN_TOKEN, body: { name: 'Ann Other' } });
      return passwords.hash(password);
    };
    await change(own, { currentPassword: newPassword, newPassword: PASSWORD });
    expect((await api.deps.configuration.getFresh()).user('ann')?.name).toBe('Ann Other');
  });

  it('is ended where an admin gives another one, although the process dies right after that', async () => {
    const token = await api.logIn('ann');
    const revive = dieAfterPut();
    await api.call('PATCH', '/api/v1/users/ann', { token: ADMIN_TOKEN, body: { password: newPassword } });
    revive();
    await api.call('PATCH', '/api/v1/users/ann', { token: ADMIN_TOKEN, body: { password: newPassword } });
    expect(await isLoggedIn(token)).toBe(false);
  });

  it('asks for the current one, and blocks whoever guesses it', async () => {
    const token = await api.logIn('ann');
    const guess = () => change(token, { currentPassword: 'a wrong password', newPassword });
    expect((await guess()).body).toMatchObject({ code: 'REQUEST_INVALID', details: [{ path: 'currentPassword' }] });
    for (let count = 1; count < 10; count += 1) await guess();
    expect((await change(token, { currentPassword: PASSWORD, newPassword })).body.code).toBe('TOO_MANY_ATTEMPTS');
  });

  it.each([
    ['too short', 'x7Kp0qLz93!'],
    ['common', 'password1234'],
    ['a common one in disguise', 'P@ssw0rd1234'],
    ['a run of keys', 'qwertyuiop123'],
    ['the user name over and over', 'ann-ann-ann-ann'],
  ])('refuses one that is %s', async (_why, weak) => {
    const { body } = await change(await api.logIn('ann'), { currentPassword: PASSWORD, newPassword: weak });
    expect(body).toMatchObject({ code: 'REQUEST_INVALID', details: [{ path: 'newPassword' }] });
    expect((await logIn('ann', PASSWORD)).status).toBe(200);
  });

  it('is for users: the admin token has no password', async () => {
    expect((await change(ADMIN_TOKEN, { currentPassword: PASSWORD, newPassword })).status).toBe(403);
  });
});
