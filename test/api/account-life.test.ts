import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pageBody, postWebhook } from './support/post-webhook.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
});
afterEach(() => api.stop());

const sibling = { kind: 'account', name: 'cafe', pageId: 'page-2', pageToken: 't', appSecret: 'app-secret-1' };
const list = async (noun: string) => (await api.call('GET', `/api/v1/${noun}`, { token: ADMIN_TOKEN })).body.items;
const remove = (path: string) => api.call('DELETE', `/api/v1/${path}`, { token: ADMIN_TOKEN });
const setEnabled = (enabled: boolean) =>
  api.call('PATCH', '/api/v1/accounts/shop', { token: ADMIN_TOKEN, body: { enabled } });

async function postEvent(pageId: string): Promise<number> {
  const event = {
    sender: { id: 'c-1' },
    recipient: { id: pageId },
    timestamp: Date.now(),
    message: { mid: `m-${Math.random()}`, text: 'hi' },
  };
  return (await postWebhook(api, pageBody(pageId, event))).status;
}

async function verify(): Promise<number> {
  const query = 'hub.mode=subscribe&hub.verify_token=v-1&hub.challenge=7';
  return (await api.call('GET', `/clientweb/fb/webhook?${query}`)).status;
}

describe('a disabled account', () => {
  it('has a secret that verifies no webhook, and a verify token that is nobody’s', async () => {
    expect([await postEvent('page-1'), await verify()]).toEqual([200, 200]);
    expect((await setEnabled(false)).body).toMatchObject({ name: 'shop', enabled: false });
    expect([await postEvent('page-1'), await verify()]).toEqual([401, 403]);
    expect(api.actors.delivered).toHaveLength(1);
  });

  it('changes nothing by events that another account of the same app vouches for; they are counted', async () => {
    await api.apply([sibling]);
    await setEnabled(false);
    expect([await postEvent('page-1'), await postEvent('page-2')]).toEqual([200, 200]);
    expect(api.actors.delivered.map(([{ pageId }]) => pageId)).toEqual(['page-2']);
    const metrics = await api.deps.registry.metrics();
    expect(metrics).toContain('attendant_webhook_events_total{outcome="user_message",result="disabled-account"} 1');
  });

  it('works again once it is enabled, with the secrets it had', async () => {
    await setEnabled(false);
    expect((await setEnabled(true)).body.enabled).toBe(true);
    expect(await postEvent('page-1')).toBe(200);
  });

  it('stays disabled where a file says nothing about it', async () => {
    const [account] = smallConfiguration();
    await api.apply([{ ...account, enabled: false }]);
    expect((await api.apply([account])).body.items[0].outcome).toBe('unchanged');
    expect((await list('accounts'))[0].enabled).toBe(false);
    expect((await api.apply([{ ...account, enabled: true }])).body.items[0].outcome).toBe('changed');
    expect((await list('accounts'))[0].enabled).toBe(true);
  });
});

describe('deleting', () => {
  it('refuses an account that an entry and a service use, naming both', async () => {
    await api.apply([{ kind: 'service', name: 'outreach', skills: [], account: 'shop' }]);
    const { status, body } = await remove('accounts/shop');
    expect([status, body.code]).toEqual([409, 'STILL_IN_USE']);
    const messages = body.details.map(({ message }: { message: string }) => message);
    expect(messages).toEqual(['is used by entry "front-door"', 'is used by service "outreach"']);
    expect(await list('accounts')).toHaveLength(1);
  });

  it('refuses a service that an entry uses', async () => {
    expect((await remove('services/support')).body.details[0].path).toBe('entries.front-door');
  });

  it('takes everything away in the order of use, and then knows nothing of it', async () => {
    for (const path of ['entries/front-door', 'services/support', 'accounts/shop', 'users/ann']) {
      expect((await remove(path)).status).toBe(204);
      expect((await remove(path)).status).toBe(404);
    }
    expect([await list('entries'), await list('services'), await list('accounts')]).toEqual([[], [], []]);
    expect(await postEvent('page-1')).toBe(401);
  });

  it('leaves nothing of a user where the process dies right after it', async () => {
    const token = await api.logIn('ann');
    await api.call('PUT', '/api/v1/agents/me/state', { token, body: { state: 'ready' } });
    expect(await api.db.collection('presence').countDocuments()).toBe(1);
    const { users } = api.deps.store;
    const real = { ...users };
    users.delete = async (username) => {
      await real.delete(username);
      throw new Error('kill -9');
    };
    await remove('users/ann');
    Object.assign(users, real);
    expect((await remove('users/ann')).status).toBe(404);
    expect(await api.db.collection('sessions').countDocuments({ username: 'ann' })).toBe(0);
    expect(await api.db.collection('presence').countDocuments()).toBe(0);
  });

  it('ends the sessions of a deleted user and tells the dispatcher', async () => {
    const token = await api.logIn('ann');
    await remove('users/ann');
    expect((await api.call('GET', '/api/v1/agents/me/state', { token })).status).toBe(401);
    const [group, configuration] = api.actors.configurations.at(-1) ?? [];
    expect([group, configuration?.agents]).toEqual(['default', []]);
  });
});
