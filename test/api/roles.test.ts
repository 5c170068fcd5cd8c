import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createReadModel } from '../../adapters/mongo/read-model.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { HttpRoute } from '../../contracts/http-routes/http-route.ts';
import { LIVE_CLOSE } from '../../contracts/live-event.ts';
import { PRIVILEGES, SHIPPED_ROLES, type Privilege } from '../../contracts/privileges.ts';
import { listScopes } from '../../contracts/token-scopes.ts';
import { until } from '../support/until.ts';
import { aConversation } from './support/fake-conversations.ts';
import { ADMIN_TOKEN, PASSWORD, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const all = Object.keys(PRIVILEGES) as Privilege[];
let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
});
afterAll(() => api.stop());

const role = (name: string, privileges: readonly Privilege[]) => ({ kind: 'role', name, privileges: [...privileges] });
const user = (username: string, of: string, more: object = {}) => ({
  kind: 'user',
  username,
  role: of,
  password: PASSWORD,
  ...more,
});

/** A user of a role of their own that has these privileges; gives their token. */
async function begin(name: string, privileges: readonly Privilege[]): Promise<string> {
  const { status, text } = await api.apply([role(`role of ${name}`, privileges), user(name, `role of ${name}`)]);
  expect(status, text).toBe(200);
  return api.logIn(name);
}

const applyAs = (token: string, documents: object[], more: object = {}): ReturnType<TestApi['call']> =>
  api.call('POST', '/api/v1/configuration/apply', { token, body: { documents, ...more } });

const statusOf = async (route: string, token: string): Promise<number> => {
  const [method = '', path = ''] = route.split(' ');
  const url = path.replace(':id', 'c-0').replace(':name', 'none').replace(':username', 'none');
  return (await api.call(method as 'GET', url, { token })).status;
};

describe('a role of the configuration', () => {
  it('lets its users do what it says, and nothing else', async () => {
    const token = await begin('rita', ['read-records', 'see-team-chats']);
    expect((await api.call('GET', '/api/v1/records', { token })).status).toBe(200);
    expect((await api.call('GET', '/api/v1/contacts', { token })).status).toBe(403);
    const { body } = await api.call('GET', '/api/v1/session', { token });
    expect(body).toMatchObject({ role: 'role of rita', takesChats: false });
    expect(new Set(body.privileges)).toEqual(new Set(['read-records', 'see-team-chats']));
  });

  it('is exported as it was written, each privilege once and in the order of the list', async () => {
    await api.apply([role('tidy', ['handle-cases', 'see-contacts', 'handle-cases'])]);
    const { body } = await api.call('GET', '/api/v1/configuration', { token: ADMIN_TOKEN });
    const found = body.documents.find(({ name }: { name: string }) => name === 'tidy');
    expect(found).toEqual(role('tidy', ['see-contacts', 'handle-cases']));
    expect((await api.apply([found])).body.items).toMatchObject([{ kind: 'role', outcome: 'unchanged' }]);
  });

  it('is listed after those that ship', async () => {
    const { body } = await api.call('GET', '/api/v1/roles', { token: ADMIN_TOKEN });
    expect(body.items.slice(0, 4)).toMatchObject(
      ['agent', 'supervisor', 'operator', 'admin'].map((name) => ({ name, isShipped: true })),
    );
    expect(body.items).toContainEqual({ name: 'tidy', privileges: ['see-contacts', 'handle-cases'], isShipped: false });
  });

  it.each(Object.keys(SHIPPED_ROLES))('cannot be called %s', async (name) => {
    const { status, body } = await api.apply([role(name, ['read-reports'])]);
    expect(status).toBe(400);
    expect(body.details).toMatchObject([{ path: 'documents.0.name', message: expect.stringContaining('ships') }]);
  });

  it('takes no privilege that there is not', async () => {
    expect((await api.apply([{ kind: 'role', name: 'odd', privileges: ['fly'] }])).body.details).toMatchObject([
      { path: 'documents.0.privileges.0', remedy: expect.stringContaining('see-contacts') },
    ]);
  });

  it('is asked for where a user names one that there is not, with those there are', async () => {
    const { status, body } = await api.apply([user('uma', 'superviser')]);
    expect(status).toBe(422);
    expect(body.details).toMatchObject([
      { path: 'documents.0.role', message: 'there is no role "superviser"', remedy: expect.stringContaining('tidy') },
    ]);
    expect((await api.apply([user('uma', 'new one'), role('new one', ['see-contacts'])])).status).toBe(200);
  });

  it('is not deleted while users have it, and is once none has', async () => {
    await api.apply([role('short', ['see-contacts']), user('sam', 'short')]);
    const remove = (path: string) => api.call('DELETE', path, { token: ADMIN_TOKEN });
    const refused = await remove('/api/v1/roles/short');
    expect(refused).toMatchObject({ status: 409, body: { code: 'STILL_IN_USE' } });
    expect(refused.body.details).toMatchObject([{ path: 'users.sam', message: expect.stringContaining('"sam"') }]);
    expect((await remove('/api/v1/users/sam')).status).toBe(204);
    expect((await remove('/api/v1/roles/short')).status).toBe(204);
    const { body } = await api.call('GET', '/api/v1/roles', { token: ADMIN_TOKEN });
    expect(body.items.map(({ name }: { name: string }) => name)).not.toContain('short');
  });

  it('is changed field by field, and in the audit with what it was before', async () => {
    await api.apply([role('grow', ['see-contacts'])]);
    const body = { title: 'Growing', privileges: ['see-contacts', 'handle-cases'] };
    const changed = await api.call('PATCH', '/api/v1/roles/grow', { token: ADMIN_TOKEN, body });
    expect(changed).toMatchObject({ status: 200, body: { name: 'grow', ...body, isShipped: false } });
    const audit = await api.call('GET', '/api/v1/audit?limit=5', { token: ADMIN_TOKEN });
    expect(audit.body.items[0]).toMatchObject({
      subject: { kind: 'role', name: 'grow' },
      before: { privileges: ['see-contacts'] },
      after: { title: 'Growing', privileges: ['see-contacts', 'handle-cases'] },
    });
  });

  it('offers chats to whoever answers them, without skills only where they see no others', async () => {
    await api.apply([
      role('desk', ['answer-chats']),
      role('lead', ['answer-chats', 'see-team-chats']),
      user('dora', 'desk'),
      user('lea', 'lead'),
      user('leo', 'lead', { skills: { support: 10 } }),
    ]);
    const configuration = await api.deps.configuration.getFresh();
    const groups = ['dora', 'lea', 'leo'].map((username) => configuration.groupOfUser(username));
    expect(groups).toEqual(['default', undefined, 'default']);
    const { body } = await api.apply([role('mute', ['see-contacts']), user('mia', 'mute', { skills: { support: 1 } })]);
    expect(body.details).toMatchObject([{ path: 'documents.1.skills', message: expect.stringContaining('"mute"') }]);
  });
});

describe('a change of a role', () => {
  it('holds for the next call of a session that is open', async () => {
    const token = await begin('nora', ['see-contacts']);
    const read = (path: string) => api.call('GET', path, { token });
    expect([(await read('/api/v1/contacts')).status, (await read('/api/v1/reports')).status]).toEqual([200, 403]);
    await api.apply([role('role of nora', ['read-reports', 'see-team-chats'])]);
    expect([(await read('/api/v1/contacts')).status, (await read('/api/v1/reports')).status]).toEqual([403, 200]);
    await api.apply([user('nora', 'agent')]);
    expect((await read('/api/v1/session')).body).toMatchObject({ role: 'agent', takesChats: true });
  });

  it('closes the sockets of those who have it, and leaves the others open', async () => {
    const [changed, other] = [await begin('olga', ['handle-alerts']), await begin('pam', ['handle-alerts'])];
    await api.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = api.app.server.address() as AddressInfo;
    const [first, second] = [changed, other].map((token) => {
      const headers = { authorization: `Bearer ${token}` };
      const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/events`, { headers });
      const heard = { socket, types: [] as string[], code: undefined as number | undefined };
      socket.on('message', (data: Buffer) => heard.types.push((JSON.parse(data.toString()) as { type: string }).type));
      socket.on('close', (code) => (heard.code = code));
      return heard;
    });
    if (!first || !second) throw new Error('there are two');
    await until('both are ready', () => first.types.includes('ready') && second.types.includes('ready'));
    await api.apply([role('role of olga', ['read-reports'])]);
    const alert = {
      type: 'alert.raised' as const,
      kind: 'part-unknown' as const,
      subject: 's',
      message: 'm',
      remedy: 'r',
    };
    await api.deps.live.tell([alert]);
    await until('the first is closed', () => first.code !== undefined);
    await until('the second hears', () => second.types.includes('alert.raised'));
    expect(first.code).toBe(LIVE_CLOSE.privilegesChanged);
    expect(first.types).not.toContain('alert.raised');
    expect(second.code).toBeUndefined();
    second.socket.terminate();
  });
});

describe('who gives what', () => {
  it('changes users and roles with manage-users, everything else with edit-configuration', async () => {
    const people = await begin('paul', ['manage-users', 'see-contacts']);
    const things = await begin('tina', ['edit-configuration']);
    const label = { kind: 'label', name: 'VIP' };
    const own = [role('pauls', ['see-contacts']), user('peggy', 'pauls')];
    expect((await applyAs(people, own)).status).toBe(200);
    expect(await applyAs(people, [label])).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect((await applyAs(things, [label])).status).toBe(200);
    const refused = await applyAs(things, [label, user('pia', 'pauls')]);
    expect(refused.status).toBe(403);
    expect(refused.body.details).toMatchObject([
      { path: 'documents.1', message: 'changes user "pia", which needs the privilege manage-users' },
    ]);
    expect((await applyAs(things, [label, user('pia', 'pauls')], { dryRun: true })).status).toBe(403);
    // What changes nothing may stand in the files of both.
    expect((await applyAs(things, [label, ...own])).status).toBe(200);
    const { body } = await api.call('GET', '/api/v1/configuration/items', { token: people });
    expect(new Set(body.items.map(({ kind }: { kind: string }) => kind))).toEqual(new Set(['user', 'role']));
    expect((await api.call('GET', '/api/v1/configuration', { token: people })).status).toBe(403);
  });

  it('gives and takes only what they have themselves', async () => {
    const token = await begin('vera', ['manage-users', 'see-contacts', 'handle-cases']);
    const granted = await applyAs(token, [role('small', ['see-contacts']), user('sven', 'small')]);
    expect(granted.status).toBe(200);
    const more = await applyAs(token, [role('small', ['see-contacts', 'read-audit'])]);
    expect(more.status).toBe(403);
    expect(more.body.details).toMatchObject([
      { path: 'documents.0.privileges', message: expect.stringContaining('read-audit') },
    ]);
    const admin = await applyAs(token, [user('sven', 'admin')]);
    expect(admin.body.details).toMatchObject([
      { path: 'documents.0.role', message: expect.stringContaining('operate') },
    ]);
    // Whoever sets an admin's password would be an admin.
    expect((await applyAs(token, [{ ...user('adam', 'admin'), password: `${PASSWORD} anew` }])).status).toBe(403);
    expect((await applyAs(token, [user('adam', 'small')])).status).toBe(403);
    const calls = [
      ['PATCH', '/api/v1/users/adam', { name: 'Somebody' }],
      ['DELETE', '/api/v1/users/adam', undefined],
      ['DELETE', '/api/v1/users/adam/second-factor', undefined],
      ['PATCH', '/api/v1/users/vera', { role: 'admin' }],
    ] as const;
    for (const [method, path, body] of calls)
      expect((await api.call(method, path, { token, ...(body && { body }) })).status, `${method} ${path}`).toBe(403);
    expect((await api.call('DELETE', '/api/v1/users/sven', { token })).status).toBe(204);
    expect((await api.call('DELETE', '/api/v1/roles/small', { token })).status).toBe(204);
  });

  it('gives what is done with chats where they see every chat, and else where they have it', async () => {
    const chats: Privilege[] = ['answer-chats', 'pick-from-queue', 'see-team-chats', 'monitor-chats'];
    const seesAll = await begin('wanda', ['manage-users', 'see-all-chats']);
    const seesNone = await begin('xena', ['manage-users']);
    expect((await applyAs(seesAll, [role('chatting', chats)])).status).toBe(200);
    const refused = await applyAs(seesNone, [role('chatting too', chats)]);
    expect(refused.status).toBe(403);
    for (const each of chats) expect(refused.body.details[0].message).toContain(each);
    const adam = await api.logIn('adam');
    expect(
      (
        await applyAs(
          adam,
          [user('new agent', 'agent')].map((each) => ({ ...each, username: 'anew' })),
        )
      ).status,
    ).toBe(200);
  });

  it('makes a token for nothing that they may not do', async () => {
    const make = (token: string, scopes: string[]) =>
      api.call('POST', '/api/v1/tokens', { token, body: { name: 'job', scopes, expiresInDays: 1 } });
    const scopes = listScopes().map(({ scope }) => scope);
    const bare = await begin('yara', ['manage-tokens']);
    const asked = ['read:conversations', 'write:configuration', 'read:records', 'read:audit', 'read:files'];
    expect(scopes).toEqual(expect.arrayContaining(asked));
    for (const scope of asked) {
      const { status, body } = await make(bare, [scope]);
      expect(status, scope).toBe(403);
      expect(body.details).toMatchObject([{ path: 'scopes.0' }]);
    }
    const auditor = await begin('zoe', ['manage-tokens', 'read-audit', 'read-records']);
    expect((await make(auditor, ['read:audit'])).status).toBe(200);
    // A token is kept to no team, and its maker may be.
    expect((await make(auditor, ['read:records'])).body.details[0].message).toContain('see-all-chats');
    // One that manages users could make an admin.
    const people = await begin('ylva', ['manage-tokens', 'manage-users', 'edit-configuration', 'read-configuration']);
    expect((await make(people, ['write:configuration'])).status).toBe(403);
    expect((await make(await api.logIn('adam'), scopes)).status).toBe(200);
  });
});

describe('the last user who may manage users', () => {
  let small: TestApi;
  beforeAll(async () => {
    small = await startApi();
    await small.apply([user('ann', 'agent'), user('adam', 'admin')]);
  });
  afterAll(() => small.stop());

  it('keeps that privilege and is not deleted, until somebody else has it', async () => {
    const remove = () => small.call('DELETE', '/api/v1/users/adam', { token: ADMIN_TOKEN });
    const last = { message: expect.stringContaining('user "adam" is the last') };
    expect((await small.apply([user('adam', 'supervisor')])).body.details).toMatchObject([
      { path: 'documents.0.role', ...last },
    ]);
    expect((await remove()).body).toMatchObject({ code: 'STILL_IN_USE', details: [{ path: 'users.adam', ...last }] });
    expect((await small.apply([role('people', ['manage-users']), user('pat', 'people')])).status).toBe(200);
    expect((await small.apply([user('adam', 'supervisor')])).status).toBe(200);
    const { body } = await small.apply([role('people', ['see-contacts'])]);
    expect(body.details).toMatchObject([
      { path: 'documents.0.privileges', message: expect.stringContaining('user "pat" is the last') },
    ]);
    expect((await small.apply([role('people', ['see-contacts']), user('adam', 'admin')])).status).toBe(200);
  });
});

describe('each route', () => {
  const tokens = new Map<string, string>();
  /** Privileges of which one opens a route, each row once for all routes that ask for the same. */
  const rows = Object.values<HttpRoute>(httpRoutes).flatMap(({ method, path, access }) =>
    typeof access === 'string' ? [] : [{ route: `${method} ${path}`, access: [...access] }],
  );

  async function tokenFor(privileges: readonly Privilege[]): Promise<string> {
    const key = privileges.join(' ');
    const username = `walker-${tokens.size}`;
    const token = tokens.get(key) ?? (await begin(username, privileges));
    tokens.set(key, token);
    return token;
  }

  it.each(rows)('$route is opened by one of its privileges, and by all the others together not', async (row) => {
    for (const privilege of row.access) {
      expect([200, 204, 400, 404, 426], privilege).toContain(await statusOf(row.route, await tokenFor([privilege])));
    }
    const others = all.filter((privilege) => !row.access.includes(privilege));
    expect(await statusOf(row.route, await tokenFor(others))).toBe(403);
  });
});

describe('whoever watches and sees no chats', () => {
  it('counts them all, and is shown none of them', async () => {
    const token = await begin('olaf', ['see-live-overview', 'read-reports']);
    const seer = await begin('sina', ['see-live-overview', 'see-team-chats']);
    const { conversations } = createReadModel(api.db, Date.now);
    const waits = { conversationId: 'waits', psid: 'w', state: 'queued' as const, queuedAt: Date.now() - 60_000 };
    await conversations.record(
      aConversation({ ...waits, service: 'support', group: 'default', routedBy: ['default'] }),
    );
    const look = async (as: string) => (await api.call('GET', '/api/v1/live-overview', { token: as })).body;
    expect(await look(token)).toMatchObject({ waiting: 1, queue: [] });
    expect(await look(seer)).toMatchObject({ waiting: 1, queue: [{ conversation: { id: 'waits' } }] });
  });
});
