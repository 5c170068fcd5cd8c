import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensurePeopleIndexes } from '../../adapters/mongo/people/people.ts';
import type { Contact } from '../../contracts/contact.ts';
import { aConversation } from './support/fake-conversations.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
let ann: string;
let sue: string;
let nadia: Contact;
let nadja: Contact;

const onShop = { pageId: 'page-1', psid: 'customer-1' };
const onHelp = { pageId: 'page-2', psid: 'customer-2' };

beforeAll(async () => {
  api = await startApi();
  await ensurePeopleIndexes(api.db);
  await api.apply([
    ...smallConfiguration(),
    { kind: 'contact-field', name: 'tier', title: 'Tier' },
    { kind: 'case-status', name: 'done', isClosed: true, position: 2 },
    { kind: 'case-status', name: 'to do', position: 1 },
  ]);
  [ann, sue] = [await api.logIn('ann'), await api.logIn('sue')];
});
afterAll(() => api.stop());
beforeEach(async () => {
  const names = ['contacts', 'contact-identities', 'conversation-contacts', 'cases', 'audit', 'internal-messages'];
  await Promise.all(names.map((name) => api.db.collection(name).deleteMany({})));
  const { contacts } = api.deps.people;
  nadia = await contacts.recognise(onShop, { firstName: 'Nadia', lastName: 'Rahman' }, 1);
  nadja = await contacts.recognise(onHelp, { firstName: 'Nadja' }, 2);
  api.actors.blocked = [];
  api.conversations.records = [
    aConversation({ ...onShop, conversationId: 'c-1', startedAt: 1000 }),
    aConversation({ ...onHelp, conversationId: 'c-2', startedAt: 2000 }),
    aConversation({ ...onHelp, conversationId: 'c-3', startedAt: 3000, group: 'other' }),
  ];
});

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const callAs = (token: string, [method, url]: [Method, string], body?: object) =>
  api.call(method, `/api/v1/${url}`, { token, ...(body && { body }) });
const call = (method: Method, url: string, body?: object) => callAs(ann, [method, url], body);

const open = (more: object = {}) =>
  call('POST', 'cases', { clientId: 'one', title: 'Broken lamp', conversationId: 'c-1', ...more });

const stays = ({ body: { updatedAt: _updatedAt, ...rest } }: { body: Record<string, unknown> }) => rest;

const add = async (id: string, username: string, at: number) => {
  const userId = (await api.deps.configuration.get()).user(username)?.id ?? '';
  await api.deps.people.internalMessages.add({ id, userId, text: id, conversationId: 'c-1', ...onShop, at });
};

async function audited(): Promise<unknown[]> {
  const { body } = await callAs(ADMIN_TOKEN, ['GET', 'audit']);
  return body.items.map(({ action, by, subject }: Record<string, unknown>) => ({ action, by, subject }));
}

describe('a contact', () => {
  it('is found, read and changed by an agent; the audit names the fields and nothing that is in them', async () => {
    const changed = await call('PATCH', `contacts/${nadia.id}`, {
      company: 'Rahman Studio',
      emails: ['nadia@rahman.example'],
      tags: ['Trade customer', 'Göteborg'],
      custom: { tier: 'gold' },
      consent: 'given',
    });
    expect(changed.status).toBe(200);
    const found = await call('GET', 'contacts?query=gote%20nad');
    expect(found.body.items).toMatchObject([{ id: nadia.id, name: 'Nadia Rahman', isBlocked: false }]);
    const { body } = await call('GET', `contacts/${nadia.id}`);
    expect(body).toMatchObject({
      name: 'Nadia Rahman',
      company: 'Rahman Studio',
      custom: { tier: 'gold' },
      consent: { state: 'given', by: 'ann' },
      identities: [{ ...onShop, account: 'shop' }],
      merges: [],
    });
    expect(await audited()).toEqual([
      {
        action: 'contact.changed',
        by: 'ann',
        subject: { id: nadia.id, fields: 'company, emails, tags, custom, consent' },
      },
    ]);
    const cleared = await call('PATCH', `contacts/${nadia.id}`, { company: null, custom: { tier: null } });
    expect(cleared.body.company).toBeUndefined();
    expect(cleared.body.custom).toEqual({});
  });

  it('takes no field that the configuration does not know, and says which one is meant', async () => {
    const { status, body } = await call('PATCH', `contacts/${nadia.id}`, { custom: { teir: 'gold' } });
    expect(status).toBe(400);
    expect(body.details[0]).toMatchObject({ path: 'custom.teir', remedy: 'Did you mean "tier"?' });
    expect((await call('PATCH', `contacts/${nadia.id}`, { emails: ['nadia'] })).status).toBe(400);
    expect((await call('GET', 'contacts/nobody')).body.code).toBe('CONTACT_NOT_FOUND');
  });

  it('of two Pages is merged, shows the history of both, and is given back', async () => {
    const before = [await call('GET', `contacts/${nadia.id}`), await call('GET', `contacts/${nadja.id}`)];
    const merged = await call('POST', `contacts/${nadia.id}/merge`, { contactId: nadja.id });
    expect(merged.body).toMatchObject({ id: nadia.id, merges: [{ contactId: nadja.id, by: 'ann' }] });
    expect((await call('GET', `contacts/${nadja.id}`)).body.id).toBe(nadia.id);
    const mine = await call('GET', `contacts/${nadja.id}/conversations`);
    // Conversations of another group are not an agent's to see.
    expect(mine.body.items.map(({ id }: { id: string }) => id)).toEqual(['c-2', 'c-1']);
    expect(mine.body.items[0].contact).toMatchObject({ id: nadia.id, name: 'Nadia Rahman' });
    const all = await callAs(sue, ['GET', `contacts/${nadja.id}/conversations`]);
    expect(all.body.items).toHaveLength(3);
    await call('POST', `contacts/${nadia.id}/unmerge`, { contactId: nadja.id });
    const after = [await call('GET', `contacts/${nadia.id}`), await call('GET', `contacts/${nadja.id}`)];
    expect(after.map(stays)).toEqual(before.map(stays));
    expect((await call('POST', `contacts/${nadia.id}/unmerge`, { contactId: nadja.id })).body.code).toBe(
      'CONTACT_NOT_MERGED',
    );
    expect(await audited()).toMatchObject([
      { action: 'contact.unmerged', subject: { id: nadia.id, contactId: nadja.id } },
      { action: 'contact.merged', subject: { id: nadia.id, contactId: nadja.id } },
    ]);
  });

  it('is not merged with itself or with nobody', async () => {
    const self = await call('POST', `contacts/${nadia.id}/merge`, { contactId: nadia.id });
    expect(self.body.details[0].path).toBe('contactId');
    const none = await call('POST', `contacts/${nadia.id}/merge`, { contactId: 'nobody' });
    expect(none.body.code).toBe('CONTACT_NOT_FOUND');
  });

  it('is blocked on every Page, which ends what runs there, and unblocked', async () => {
    await call('POST', `contacts/${nadia.id}/merge`, { contactId: nadja.id });
    const { body } = await call('PUT', `contacts/${nadia.id}/block`, { reason: 'threats' });
    expect(body).toMatchObject({ isBlocked: true, block: { by: 'ann', reason: 'threats' } });
    expect(api.actors.blocked.flat()).toEqual(expect.arrayContaining([onShop, onHelp]));
    expect((await call('GET', 'contacts?isBlocked=true')).body.items).toHaveLength(1);
    expect((await call('DELETE', `contacts/${nadia.id}/block`)).body.isBlocked).toBe(false);
  });

  it('who is blocked blocks whom it is merged into', async () => {
    await call('PUT', `contacts/${nadja.id}/block`, {});
    api.actors.blocked = [];
    const { body } = await call('POST', `contacts/${nadia.id}/merge`, { contactId: nadja.id });
    expect(body.isBlocked).toBe(true);
    expect(api.actors.blocked).toHaveLength(2);
  });
});

describe('a case', () => {
  it('is opened once by an agent, with the first open status and the contact of the conversation', async () => {
    const { body } = await open();
    expect(body).toMatchObject({
      title: 'Broken lamp',
      status: 'to do',
      isOpen: true,
      priority: 'normal',
      createdBy: 'ann',
      contact: { id: nadia.id },
      conversationIds: ['c-1'],
    });
    expect(body.number).toBeGreaterThanOrEqual(1001);
    expect((await open()).body).toEqual(body);
    expect((await call('GET', 'cases')).body.items).toHaveLength(1);
  });

  it('rises in number', async () => {
    const [one, two] = [await open(), await open({ clientId: 'two' })];
    expect(two.body.number).toBeGreaterThan(one.body.number);
  });

  it('is seen by the next agent in every conversation of the person, until it is closed', async () => {
    const { body: made } = await open();
    await call('POST', `contacts/${nadja.id}/merge`, { contactId: nadia.id });
    const shown = await call('GET', 'conversations/c-2');
    expect(shown.body.contact).toMatchObject({ id: nadja.id, name: 'Nadja' });
    expect(shown.body.cases).toMatchObject([{ id: made.id, number: made.number, title: 'Broken lamp', isOpen: true }]);
    await call('PATCH', `cases/${made.id}`, { status: 'done' });
    expect((await call('GET', 'conversations/c-2')).body.cases).toEqual([]);
    // The conversation that it is about shows it all the same.
    expect((await call('GET', 'conversations/c-1')).body.cases).toMatchObject([{ isOpen: false }]);
  });

  it('that a scenario attached is shown with the conversation', async () => {
    const { body: made } = await open({ conversationId: undefined });
    api.conversations.records = [aConversation({ annotations: { cases: [made.id] } })];
    expect((await call('GET', 'conversations/c-1')).body.cases).toMatchObject([{ id: made.id }]);
  });

  it('keeps who changed what, and comments, each once', async () => {
    const { body: made } = await open();
    await call('PATCH', `cases/${made.id}`, { owner: 'sue', priority: 'high' });
    const comment = { clientId: 'k', text: 'Called, no answer.' };
    await callAs(sue, ['POST', `cases/${made.id}/comments`], comment);
    await callAs(sue, ['POST', `cases/${made.id}/comments`], comment);
    await call('POST', `cases/${made.id}/conversations`, { conversationId: 'c-2' });
    const { body } = await call('GET', `cases/${made.id}`);
    expect(body.comments).toMatchObject([{ by: 'sue', text: 'Called, no answer.' }]);
    expect(body.changes).toMatchObject([
      { by: 'ann', field: 'priority', from: 'normal', to: 'high' },
      { by: 'ann', field: 'owner', to: 'sue' },
      { by: 'ann', field: 'conversation', to: 'c-2' },
    ]);
    const { body: cleared } = await call('PATCH', `cases/${made.id}`, { owner: null });
    expect(cleared.owner).toBeUndefined();
    expect(cleared.changes.at(-1)).toMatchObject({ field: 'owner', from: 'sue' });
  });

  it.each([
    ['query=brok', 1],
    ['query=nothing', 0],
    ['isOpen=true', 1],
    ['isOpen=false', 0],
    ['status=done', 0],
    ['owner=ann', 1],
  ])('is looked for by %s', async (query, count) => {
    await open({ owner: 'ann' });
    expect((await call('GET', `cases?${query}`)).body.items).toHaveLength(count);
  });

  it('is looked for by its contact, and by its number', async () => {
    const { body: made } = await open();
    expect((await call('GET', `cases?contactId=${nadia.id}`)).body.items).toHaveLength(1);
    expect((await call('GET', `cases?contactId=${nadja.id}`)).body.items).toHaveLength(0);
    expect((await call('GET', `cases?query=${made.number}`)).body.items).toHaveLength(1);
  });

  it.each([
    [{ status: 'open' }, 'status', 'It may be "to do", "done".'],
    [{ owner: 'an' }, 'owner', 'Did you mean "ann"?'],
  ])('is not opened with %j', async (wrong, path, remedy) => {
    const { status, body } = await open(wrong);
    expect(status).toBe(400);
    expect(body.details).toMatchObject([{ path, remedy }]);
  });

  it('is not opened on a conversation that the agent may not see', async () => {
    expect((await open({ conversationId: 'c-3' })).body.code).toBe('CONVERSATION_NOT_FOUND');
  });
});

describe('internal messages', () => {
  it('are read by whom they are for, newest first, and marked as read', async () => {
    await add('one', 'ann', 1);
    await add('two', 'ann', 2);
    await add('other', 'sue', 3);
    const { body } = await call('GET', 'internal-messages');
    expect(body).toMatchObject({ items: [{ id: 'two' }, { id: 'one' }], unread: 2 });
    expect((await call('POST', 'internal-messages/one/read')).status).toBe(204);
    expect((await call('POST', 'internal-messages/other/read')).status).toBe(404);
    const unread = await call('GET', 'internal-messages?isUnread=true');
    expect(unread.body).toMatchObject({ items: [{ id: 'two' }], unread: 1 });
  });
});

describe('the data of a person', () => {
  it('is given out and erased on every Page that they were merged from, with contact and cases', async () => {
    await call('POST', `contacts/${nadia.id}/merge`, { contactId: nadja.id });
    await call('POST', 'cases', { clientId: 'one', title: 'Broken lamp', conversationId: 'c-1' });
    const exported = await callAs(ADMIN_TOKEN, ['GET', 'customers/page-1/customer-1/export']);
    const { collections } = exported.body;
    expect(collections.contacts).toHaveLength(2);
    expect(collections['contact-identities']).toHaveLength(2);
    expect(collections.cases).toMatchObject([{ title: 'Broken lamp' }]);
    const erased = await callAs(ADMIN_TOKEN, ['DELETE', 'customers/page-1/customer-1']);
    expect(erased.body.documents).toMatchObject({ contacts: 2, 'contact-identities': 2, cases: 1 });
    expect(await Promise.all(['contacts', 'cases'].map((name) => api.db.collection(name).countDocuments()))).toEqual([
      0, 0,
    ]);
  });

  it('is taken out of a contact that it was merged into, where that one stays', async () => {
    await call('PATCH', `contacts/${nadja.id}`, { company: 'Rahman Studio' });
    await call('POST', `contacts/${nadia.id}/merge`, { contactId: nadja.id });
    await api.deps.customerData.erase(onHelp);
    const { body } = await call('GET', `contacts/${nadia.id}`);
    expect(body.company).toBeUndefined();
    expect(body.identities).toMatchObject([onShop]);
  });
});
