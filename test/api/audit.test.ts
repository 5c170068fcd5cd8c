import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntryView } from '../../contracts/audit-schema.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
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
  await api.apply(smallConfiguration());
});
afterEach(() => api.stop());

async function entries(query = ''): Promise<AuditEntryView[]> {
  const { status, body } = await api.call('GET', `/api/v1/audit?${query}`, { token: ADMIN_TOKEN });
  expect(status).toBe(200);
  return body.items;
}
const change = (path: string, body: object, token = ADMIN_TOKEN) =>
  api.call('PATCH', `/api/v1/${path}`, { token, body });

const record = {
  conversationId: 'c-1',
  pageId: 'page-1',
  psid: 'zacharias',
  group: 'default',
  state: 'ended',
  servedBy: [],
} as unknown as ConversationRecord;

describe('the audit of configuration', () => {
  it('has an entry for everything that was created, by whom and from where', async () => {
    const created = await entries('action=configuration.created');
    expect(created).toHaveLength(smallConfiguration().length);
    for (const entry of created) {
      expect(entry).toMatchObject({ by: 'admin token', address: '127.0.0.1', before: null });
    }
    const ann = created.find(({ subject }) => subject['name'] === 'ann');
    expect(ann).toMatchObject({
      subject: { kind: 'user' },
      after: { role: 'agent', skills: { support: 80 }, slots: 2, password: '***' },
    });
  });

  it('shows the fields that changed, before and after, whatever their names hold', async () => {
    const token = await api.logIn('adam');
    await change('users/ann', { slots: 4, skills: { 'c++.$x': 5 } }, token);
    expect((await entries('action=configuration.changed'))[0]).toMatchObject({
      by: 'adam',
      subject: { kind: 'user', name: 'ann' },
      before: { slots: 2, skills: { support: 80 } },
      after: { slots: 4, skills: { 'c++.$x': 5 } },
    });
    const [{ before, after } = { before: null, after: null }] = await entries('name=ann');
    expect([before, after].map((fields) => Object.keys(fields ?? {}).toSorted())).toEqual([
      ['skills', 'slots'],
      ['skills', 'slots'],
    ]);
  });

  it('tells that a secret changed and never which it is', async () => {
    await api.apply([{ kind: 'secret', name: 'crm', value: 'an-old-secret' }]);
    await change('secrets/crm', { value: 'a-new-secret' });
    await change('accounts/shop', { pageToken: 'EAAB-2', appSecret: 'app-secret-2' });
    await change('users/ann', { password: 'a quite different sentence' });
    const changed = await entries('action=configuration.changed');
    expect(changed.map(({ after }) => after)).toEqual([
      { password: '***' },
      { pageToken: '***', appSecret: '***' },
      { value: '***' },
    ]);
    const stored = JSON.stringify(await api.db.collection('audit').find().toArray());
    expect(stored).not.toMatch(/EAAB|app-secret|-secret|quite different|argon2|v-1/);
  });

  it('has what was deleted, published and rolled back', async () => {
    const publish = (source: string) =>
      api.call('POST', '/api/v1/scenarios/publish', { token: ADMIN_TOKEN, body: { source } });
    const { body } = await publish(tinyScenario.replace('Hello', 'Good day'));
    await api.call('POST', '/api/v1/scenarios/tiny/rollback', { token: ADMIN_TOKEN, body: {} });
    await api.call('DELETE', '/api/v1/users/ann', { token: ADMIN_TOKEN });
    const [deleted, rolledBack, published] = await entries();
    expect(deleted).toMatchObject({ action: 'configuration.deleted', subject: { name: 'ann' }, after: null });
    expect(deleted?.before).toMatchObject({ name: 'Ann', password: '***' });
    expect(rolledBack).toMatchObject({ before: { version: body.publication.version }, after: { isRollback: true } });
    expect(published).toMatchObject({ subject: { kind: 'scenario', name: 'tiny' }, before: { number: 1 } });
  });

  it('has nothing of what changed nothing, was refused, or was a dry run', async () => {
    const before = await entries();
    await api.apply(smallConfiguration());
    await api.apply([{ kind: 'service', name: 'new', skills: [] }], { dryRun: true });
    await api.apply([{ kind: 'service', name: 'new', skills: [], hours: 'none' }]);
    expect(await entries()).toEqual(before);
  });

  it('is written before the change: where it cannot be, nothing changes', async () => {
    await api.stop();
    api = await startApi((deps) => ({
      audit: { ...deps.audit, record: () => Promise.reject(new Error('the audit is away')) },
    }));
    expect((await api.apply(smallConfiguration())).status).toBe(500);
    expect((await api.deps.store.accounts.list()).length).toBe(0);
  });
});

describe('the audit of people', () => {
  it('has log-ins, refused ones, and log-outs, with the address', async () => {
    await api.call('POST', '/api/v1/session', { body: { username: 'ann', password: 'a wrong password' } });
    await api.call('POST', '/api/v1/session', { body: { username: 'nobody', password: PASSWORD } });
    const token = await api.logIn('ann');
    await api.call('DELETE', '/api/v1/session', { token });
    const found = (await entries()).slice(0, 4).map(({ action, by, address }) => [action, by, address]);
    expect(found).toEqual([
      ['session.closed', 'ann', '127.0.0.1'],
      ['session.opened', 'ann', '127.0.0.1'],
      ['session.refused', 'nobody', '127.0.0.1'],
      ['session.refused', 'ann', '127.0.0.1'],
    ]);
    expect(JSON.stringify(await entries())).not.toContain('wrong password');
  });

  it('has who read whose transcript, once an hour, and finds it by the customer', async () => {
    api.conversations.records.push(record);
    const token = await api.logIn('sue');
    const read = () => api.call('GET', '/api/v1/conversations/c-1/messages', { token });
    for (let count = 0; count < 3; count += 1) expect((await read()).status).toBe(200);
    const found = await entries('pageId=page-1&psid=zacharias');
    expect(found).toMatchObject([
      { action: 'transcript.read', by: 'sue', subject: { conversationId: 'c-1', account: 'shop' } },
    ]);
    expect(JSON.stringify(found)).not.toContain('zacharias');
    api.clock.aheadMs += 3_600_000;
    const again = await api.logIn('sue');
    await api.call('GET', '/api/v1/conversations/c-1/messages', { token: again });
    expect(await entries('conversationId=c-1')).toHaveLength(2);
  });

  it('shows no transcript where the reading cannot be recorded', async () => {
    await api.stop();
    api = await startApi((deps) => ({
      audit: { ...deps.audit, recordOnce: () => Promise.reject(new Error('the audit is away')) },
    }));
    await api.apply(smallConfiguration());
    api.conversations.records.push(record);
    const { status } = await api.call('GET', '/api/v1/conversations/c-1/messages', { token: ADMIN_TOKEN });
    expect(status).toBe(500);
  });

  it('has exports, of customers and of the configuration', async () => {
    await api.db.collection('customers').insertOne({ _id: 'page-1:zacharias' as never, firstName: 'Z' });
    const exported = await api.call('GET', '/api/v1/customers/page-1/zacharias/export', { token: ADMIN_TOKEN });
    expect(exported.status).toBe(200);
    await api.call('GET', '/api/v1/configuration', { token: ADMIN_TOKEN });
    expect((await entries()).slice(0, 2).map(({ action }) => action)).toEqual([
      'configuration.exported',
      'customer.exported',
    ]);
    expect(await entries('action=customer.exported&pageId=page-1&psid=zacharias')).toHaveLength(1);
  });
});

describe('GET /api/v1/audit', () => {
  it('gives every entry once, page by page, newest first', async () => {
    const seen: string[] = [];
    let cursor = '';
    for (;;) {
      const query = `limit=3${cursor && `&cursor=${cursor}`}`;
      const { body } = await api.call('GET', `/api/v1/audit?${query}`, { token: ADMIN_TOKEN });
      seen.push(...body.items.map(({ id }: AuditEntryView) => id));
      if (body.next === null) break;
      cursor = body.next;
    }
    expect(new Set(seen).size).toBe(smallConfiguration().length);
    expect(seen).toHaveLength(smallConfiguration().length);
  });

  it('is limited by time, and a PSID needs its Page', async () => {
    const { body } = await api.call('GET', '/api/v1/audit?psid=x', { token: ADMIN_TOKEN });
    expect(body).toMatchObject({ code: 'REQUEST_INVALID', details: [{ path: 'querystring.pageId' }] });
    const now = new Date(Date.now() + 1000).toISOString();
    expect(await entries(`from=${now}`)).toEqual([]);
    expect(await entries(`to=${now}`)).not.toEqual([]);
  });
});
