import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN_TOKEN, PASSWORD, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const STEP_MS = 30_000;
const OWN = '/api/v1/users/me/second-factor';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
});
afterEach(() => api.stop());

const codeOf = (key: string, behindSteps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: api.deps.now() - behindSteps * STEP_MS });
const logIn = (code?: string, password = PASSWORD) =>
  api.call('POST', '/api/v1/session', { body: { username: 'ann', password, ...(code !== undefined && { code }) } });
const begin = async (token: string): Promise<string> =>
  (await api.call('POST', OWN, { token, body: { password: PASSWORD } })).body.key;
const userIdOf = async (name: string): Promise<string> =>
  (await api.deps.configuration.getFresh()).user(name)?.id ?? '';
const nextStep = (): void => void (api.clock.aheadMs += STEP_MS);

/** Ann turns hers on; the step of the first code is used then. */
async function turnOn(token: string): Promise<{ key: string; recoveryCodes: string[] }> {
  const key = await begin(token);
  const { body } = await api.call('PUT', OWN, { token, body: { code: codeOf(key) } });
  nextStep();
  return { key, recoveryCodes: body.recoveryCodes };
}

describe('turning a second factor on', () => {
  it('is told in the list of users once it is in force', async () => {
    const token = await api.logIn('ann');
    const whoHas = async (): Promise<string[]> => {
      const { body } = await api.call('GET', '/api/v1/users', { token: ADMIN_TOKEN });
      const items: { username: string; hasSecondFactor: boolean }[] = body.items;
      return items.flatMap(({ username, hasSecondFactor }) => (hasSecondFactor ? [username] : []));
    };
    await begin(token);
    expect(await whoHas()).toEqual([]);
    await turnOn(token);
    expect(await whoHas()).toEqual(['ann']);
  });

  it('asks for the password, gives a key, and is in force with the first code of it', async () => {
    const token = await api.logIn('ann');
    const refused = await api.call('POST', OWN, { token, body: { password: 'not it' } });
    expect(refused.body).toMatchObject({ code: 'REQUEST_INVALID', details: [{ path: 'password' }] });
    const { body } = await api.call('POST', OWN, { token, body: { password: PASSWORD } });
    expect(body.uri).toContain(`secret=${body.key}`);
    expect(body.uri).toContain('otpauth://totp/Attendant:ann');
    expect((await logIn()).status).toBe(200);
    const wrong = await api.call('PUT', OWN, { token, body: { code: '000000' } });
    expect(wrong.body).toMatchObject({ code: 'REQUEST_INVALID', details: [{ path: 'code' }] });
    const { body: on } = await api.call('PUT', OWN, { token, body: { code: codeOf(body.key) } });
    expect(on.recoveryCodes).toHaveLength(10);
    expect((await api.call('GET', OWN, { token })).body).toMatchObject({ isOn: true, recoveryCodesLeft: 10 });
    expect((await logIn()).body.code).toBe('SECOND_FACTOR_REQUIRED');
  });

  it('ends the other log-ins, and cannot be begun again from any of them', async () => {
    const [token, other] = [await api.logIn('ann'), await api.logIn('ann')];
    await turnOn(token);
    expect((await api.call('GET', OWN, { token: other })).status).toBe(401);
    expect((await api.call('POST', OWN, { token, body: { password: PASSWORD } })).body.code).toBe('SECOND_FACTOR_ON');
  });

  it('is of two windows only what the one that is in force has shown, whatever comes between', async () => {
    const token = await api.logIn('ann');
    const own = api.deps.secondFactors;
    const first = await begin(token);
    // The other window begins while the code of this one is looked at.
    const reallyTurnOn = own.turnOn.bind(own);
    own.turnOn = async (...proof) => {
      own.turnOn = reallyTurnOn;
      await begin(token);
      return reallyTurnOn(...proof);
    };
    const late = await api.call('PUT', OWN, { token, body: { code: codeOf(first) } });
    expect(late.body).toMatchObject({ code: 'REQUEST_INVALID', details: [{ path: 'code' }] });
    expect((await api.call('GET', OWN, { token })).body.isOn).toBe(false);
    const { key } = await turnOn(token);
    expect(await own.begin({ id: await userIdOf('ann'), username: 'ann' }, first, 0)).toBe(false);
    expect((await logIn(codeOf(key))).status).toBe(200);
  });

  it('stores neither key nor recovery codes in clear, and the rotation of keys takes the key along', async () => {
    const { key, recoveryCodes } = await turnOn(await api.logIn('ann'));
    const stored = JSON.stringify(await api.db.collection('second-factors').find().toArray());
    expect(stored).not.toContain(key);
    for (const code of recoveryCodes) expect(stored).not.toContain(code.replaceAll('-', ''));
    const { reEncryptSecrets } = await import('../../adapters/mongo/re-encrypt-secrets.ts');
    const { createSecretBox } = await import('../../adapters/secrets.ts');
    const { failures } = await reEncryptSecrets(api.db, createSecretBox(randomBytes(32)), { dryRun: true });
    expect(failures.map(({ what }) => what)).toContain('second factor of ann');
  });
});

describe('logging in with a second factor', () => {
  it('takes the code of now once, and none that was used', async () => {
    const { key } = await turnOn(await api.logIn('ann'));
    const code = codeOf(key);
    expect((await logIn(code)).status).toBe(200);
    expect((await logIn(code)).body.code).toBe('SECOND_FACTOR_INVALID');
    expect((await logIn(codeOf(key, 1))).body.code).toBe('SECOND_FACTOR_INVALID');
    nextStep();
    expect((await logIn(codeOf(key))).status).toBe(200);
  });

  it('takes one code for one of two who enter it at the same moment', async () => {
    const { key } = await turnOn(await api.logIn('ann'));
    const code = codeOf(key);
    const statuses = (await Promise.all([logIn(code), logIn(code)])).map(({ status }) => status);
    expect(statuses).toHaveLength(2);
    expect(new Set(statuses)).toEqual(new Set([200, 401]));
  });

  it('takes codes of half a minute before and after, and none of a minute ago', async () => {
    const { key } = await turnOn(await api.logIn('ann'));
    nextStep();
    nextStep();
    expect((await logIn(codeOf(key, 2))).body.code).toBe('SECOND_FACTOR_INVALID');
    expect((await logIn(codeOf(key, 1))).status).toBe(200);
    expect((await logIn(codeOf(key, -1))).status).toBe(200);
  });

  it('tells of the second factor only to who knows the password', async () => {
    await turnOn(await api.logIn('ann'));
    expect((await logIn(undefined, 'a wrong one')).body.code).toBe('CREDENTIALS_INVALID');
  });

  it('takes each recovery code once, however it is typed, and says in the audit that it was one', async () => {
    const token = await api.logIn('ann');
    const { recoveryCodes } = await turnOn(token);
    const [first = ''] = recoveryCodes;
    const typed = ` ${first.replaceAll('-', ' ').toUpperCase()} `;
    expect((await logIn(typed)).status).toBe(200);
    expect((await logIn(first)).body.code).toBe('SECOND_FACTOR_INVALID');
    expect((await api.call('GET', OWN, { token })).body.recoveryCodesLeft).toBe(9);
    const { body } = await api.call('GET', '/api/v1/audit?action=session.opened', { token: ADMIN_TOKEN });
    expect(body.items[0]).toMatchObject({ by: 'ann', subject: { secondFactor: 'recovery-code' } });
  });

  it('blocks whoever guesses codes, from every address, and forgives no guess for a right password', async () => {
    const { key } = await turnOn(await api.logIn('ann'));
    for (let count = 0; count < 10; count += 1) {
      expect((await logIn('123456')).body.code).toBe('SECOND_FACTOR_INVALID');
      expect((await logIn()).body.code).toBe('SECOND_FACTOR_REQUIRED');
    }
    expect((await logIn(codeOf(key))).body.code).toBe('TOO_MANY_ATTEMPTS');
    api.clock.aheadMs += 61_000;
    expect((await logIn(codeOf(key))).status).toBe(200);
    const { body } = await api.call('GET', '/api/v1/audit?action=session.refused', { token: ADMIN_TOKEN });
    expect(body.items).toHaveLength(10);
  });
});

describe('turning a second factor off', () => {
  it('asks for the password', async () => {
    const token = await api.logIn('ann');
    await turnOn(token);
    const off = (password: string) => api.call('POST', `${OWN}/off`, { token, body: { password } });
    expect((await off('not it')).body.details).toMatchObject([{ path: 'password' }]);
    expect((await off(PASSWORD)).status).toBe(204);
    expect((await off(PASSWORD)).status).toBe(404);
    expect((await logIn()).status).toBe(200);
    const { text } = await api.call('GET', '/api/v1/audit', { token: ADMIN_TOKEN });
    expect(text).toContain('second-factor.turned-on');
    expect(text).toContain('second-factor.turned-off');
  });

  it('is done by an admin for whoever has lost everything, and recorded', async () => {
    await turnOn(await api.logIn('ann'));
    const reset = async (username: string) =>
      api.call('DELETE', `/api/v1/users/${username}/second-factor`, { token: await api.logIn('adam') });
    expect((await reset('ann')).status).toBe(204);
    expect((await reset('ann')).status).toBe(404);
    expect((await reset('nobody')).status).toBe(404);
    expect((await logIn()).status).toBe(200);
    const { body } = await api.call('GET', '/api/v1/audit?action=second-factor.reset', { token: ADMIN_TOKEN });
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({ by: 'adam', subject: { name: 'ann' } });
  });

  it('goes with its user: another one of the name begins without', async () => {
    await turnOn(await api.logIn('ann'));
    await api.call('DELETE', '/api/v1/users/ann', { token: ADMIN_TOKEN });
    expect(await api.db.collection('second-factors').countDocuments()).toBe(0);
  });
});
