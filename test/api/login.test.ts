import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../../adapters/mongo/configuration/configuration-items.ts';
import { createLoginQueue } from '../../api/session/login-queue.ts';
import { PASSWORD, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const ATTACKER = '203.0.113.9';

let api: TestApi;

beforeEach(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
});
afterEach(() => api.stop());

/** Logs in from an address; `cookie` as the browser keeps it. */
async function logIn(caller: { username: string; password?: string; from?: string; cookie?: string }) {
  const { username, password = PASSWORD, from = '198.51.100.7', cookie } = caller;
  const headers = cookie === undefined ? {} : { cookie };
  const request = { method: 'POST', url: '/api/v1/session', remoteAddress: from, headers } as const;
  const answer = await api.app.inject({ ...request, payload: { username, password } });
  const cookies = answer.cookies.map(({ name, value }) => `${name}=${value}`);
  return { status: answer.statusCode, cookie: cookies.find((each) => each.includes('attendant_device')) };
}

const fail = (username: string, from: string) => logIn({ username, password: 'not the password', from });

describe('log-ins', () => {
  it('are refused for an address that fails under many names', async () => {
    for (let attempt = 0; attempt < 50; attempt += 1) await fail(`stranger-${attempt}`, ATTACKER);
    expect((await logIn({ username: 'ann', from: ATTACKER })).status).toBe(429);
    expect((await logIn({ username: 'ann' })).status).toBe(200);
  });

  it('count the addresses of one IPv6 network together', async () => {
    for (let attempt = 0; attempt < 50; attempt += 1) await fail(`stranger-${attempt}`, `2001:db8:1:2::${attempt}`);
    expect((await logIn({ username: 'ann', from: '2001:db8:1:2:ffff::1' })).status).toBe(429);
    expect((await logIn({ username: 'ann', from: '2001:db8:1:3::1' })).status).toBe(200);
  });

  it('let a user in on their own device although strangers at their address failed under their name', async () => {
    const { cookie = '' } = await logIn({ username: 'ann', from: ATTACKER });
    for (let attempt = 0; attempt < 60; attempt += 1) await fail('ann', ATTACKER);
    expect((await logIn({ username: 'ann', from: ATTACKER })).status).toBe(429);
    expect((await logIn({ username: 'ann', from: ATTACKER, cookie })).status).toBe(200);
  });

  it('take a device for one user only, and a made up one for none', async () => {
    const { cookie = '' } = await logIn({ username: 'ann', from: ATTACKER });
    for (let attempt = 0; attempt < 10; attempt += 1) await fail('sue', ATTACKER);
    expect((await logIn({ username: 'sue', from: ATTACKER, cookie })).status).toBe(429);
    const forged = { username: 'sue', from: ATTACKER, cookie: 'attendant_device=abc.def' };
    expect((await logIn(forged)).status).toBe(429);
  });

  it('block longer each time', async () => {
    const failTenTimes = async (): Promise<void> => {
      for (let attempt = 0; attempt < 10; attempt += 1) await fail('ann', ATTACKER);
    };
    await failTenTimes();
    api.clock.aheadMs += 60_001;
    expect((await fail('ann', ATTACKER)).status).toBe(401);
    await failTenTimes();
    api.clock.aheadMs += 60_001;
    expect((await logIn({ username: 'ann', from: ATTACKER })).status).toBe(429);
    api.clock.aheadMs += 60_001;
    expect((await logIn({ username: 'ann', from: ATTACKER })).status).toBe(200);
  });
});

describe('what another process has just changed', () => {
  const SECRET = 'a password that is new';

  /** Writes a user past the cache of this process, which has just looked. */
  async function writeElsewhere(change: Partial<User>): Promise<void> {
    const passwordHash = await api.deps.passwords.hash(SECRET);
    const ann = (await api.deps.configuration.getFresh()).user('ann');
    if (!ann) throw new Error('there is no ann');
    await api.deps.store.users.put({ ...ann, passwordHash, ...change });
    await api.deps.store.raiseRevision();
  }

  it('lets a new user in', async () => {
    await writeElsewhere({ username: 'nina', id: 'nina' });
    expect((await logIn({ username: 'nina', password: SECRET })).status).toBe(200);
  });

  it('lets nobody in with a password that is no longer one', async () => {
    await writeElsewhere({});
    expect((await logIn({ username: 'ann', password: PASSWORD })).status).toBe(401);
    expect((await logIn({ username: 'ann', password: SECRET })).status).toBe(200);
  });
});

/** Work that ends when it is told to, and notes when it began. */
function createWork() {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const work = (name: string) => () => {
    begun.push(name);
    return new Promise<void>((resolve) => ends.push(resolve));
  };
  const endOne = async (): Promise<void> => {
    ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, work, endOne };
}

describe('the queue of log-ins', () => {
  it('gives turns to addresses, not to calls, and lets known devices go first', async () => {
    const queue = createLoginQueue(1);
    const { begun, work, endOne } = createWork();
    const enter = (key: string, isKnown = false) => void queue.run({ key, isKnown }, work(key));
    for (let index = 0; index < 4; index += 1) enter('crowd');
    enter('one');
    enter('device', true);
    for (let index = 0; index < 6; index += 1) await endOne();
    expect(begun).toEqual(['crowd', 'device', 'crowd', 'one', 'crowd', 'crowd']);
  });

  it('refuses the ninth of one address and the 65th stranger, and still takes a known device', async () => {
    const queue = createLoginQueue(1);
    const { work } = createWork();
    const enter = (key: string, isKnown = false) => queue.run({ key, isKnown }, work(key));
    void enter('running');
    for (let index = 0; index < 8; index += 1) void enter('crowd');
    await expect(enter('crowd')).rejects.toThrow('Too many failed log-ins');
    for (let index = 0; index < 56; index += 1) void enter(`address-${index}`);
    await expect(enter('one more')).rejects.toThrow('Too many failed log-ins');
    const known = enter('device', true);
    expect(await Promise.race([known.then(() => 'ended'), Promise.resolve('waits')])).toBe('waits');
  });
});
