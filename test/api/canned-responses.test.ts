import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aConversation } from './support/fake-conversations.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
let ann: string;
let sue: string;

const canned = (name: string, text: string, more: object = {}) => ({ kind: 'canned-response', name, text, ...more });

beforeAll(async () => {
  api = await startApi();
  await api.apply([
    ...smallConfiguration(),
    { kind: 'service', name: 'returns', skills: [] },
    canned('pickup-time', 'The driver comes on $(date), $(customer.firstName|there).', { folder: 'Returns' }),
    canned('label', 'Print the label.', { services: ['returns'] }),
    canned('greeting', 'Hi $(customer.firstName), I am $(agent.name).', { services: ['support'] }),
  ]);
  [ann, sue] = [await api.logIn('ann'), await api.logIn('sue')];
});
afterAll(() => api.stop());
beforeEach(async () => {
  await api.db.collection('own-canned-responses').deleteMany({});
  api.actors.answer = ({ clientId }) => ({ id: clientId, at: 1 });
  api.conversations.records = [
    aConversation({
      conversationId: 'c-1',
      service: 'support',
      openedWith: JSON.stringify({ variables: { customer: { firstName: 'Nadia' } } }),
    }),
  ];
});

const list = async (token: string, query: Record<string, string> = {}) =>
  (await api.call('GET', `/api/v1/agents/me/canned-responses?${String(new URLSearchParams(query))}`, { token })).body;
const namesOf = ({ items }: { items: { name: string }[] }) => items.map(({ name }) => name);
const send = (clientId: string, body: object) =>
  api.call('POST', '/api/v1/conversations/c-1/messages', { token: ann, body: { clientId, ...body } });
const put = (token: string, name: string, body: object) =>
  api.call('PUT', `/api/v1/agents/me/canned-responses/${encodeURIComponent(name)}`, { token, body });

describe('canned responses of the configuration', () => {
  it('are listed, searched, and narrowed to a service', async () => {
    expect(namesOf(await list(ann))).toEqual(['greeting', 'label', 'pickup-time']);
    expect(namesOf(await list(ann, { service: 'returns' }))).toEqual(['label', 'pickup-time']);
    expect(namesOf(await list(ann, { query: '/pick' }))).toEqual(['pickup-time']);
  });

  it('are filled for a conversation, of whose service they are; what is left is told', async () => {
    const { items, values } = await list(ann, { conversationId: 'c-1' });
    expect(items.map(({ name, filled }: { name: string; filled: unknown }) => ({ name, filled }))).toEqual([
      { name: 'greeting', filled: { text: 'Hi Nadia, I am Ann.', unfilled: [] } },
      { name: 'pickup-time', filled: { text: 'The driver comes on $(date), Nadia.', unfilled: ['date'] } },
    ]);
    expect(values).toMatchObject({ 'customer.firstName': 'Nadia', 'service.name': 'support' });
  });

  it('are applied, changed, exported and deleted; a service that one names stays', async () => {
    const wrong = await api.apply([canned('two words', ' '), canned('x', 'x', { services: ['retuns'] })]);
    expect(wrong.status).toBe(400);
    const unknown = await api.apply([canned('x', 'x', { services: ['retuns'] })]);
    expect(unknown.body.details).toMatchObject([{ path: 'documents.0.services.0', remedy: 'Did you mean "returns"?' }]);
    const used = await api.call('DELETE', '/api/v1/services/returns', { token: ADMIN_TOKEN });
    expect([used.status, used.body.details[0].path]).toEqual([409, 'canned-responses.label']);
    const changed = await api.call('PATCH', '/api/v1/canned-responses/label', {
      token: ADMIN_TOKEN,
      body: { text: 'Print it.', services: null },
    });
    expect(changed.body).toEqual({ name: 'label', text: 'Print it.' });
    const { body } = await api.call('GET', '/api/v1/configuration', { token: ADMIN_TOKEN });
    expect(body.documents).toContainEqual({ kind: 'canned-response', name: 'label', text: 'Print it.' });
    expect((await api.call('DELETE', '/api/v1/canned-responses/label', { token: ADMIN_TOKEN })).status).toBe(204);
    expect(namesOf(await list(ann))).not.toContain('label');
  });
});

describe("an agent's own canned responses", () => {
  it('are written, written anew and deleted by their name, and seen by nobody else', async () => {
    expect((await put(ann, 'pickup-label', { text: 'Tape it.', folder: 'Mine' })).body).toEqual({
      name: 'pickup-label',
      text: 'Tape it.',
      folder: 'Mine',
    });
    await put(ann, 'pickup-label', { text: 'Tape it over.' });
    const [own] = (await list(ann, { query: 'tape' })).items;
    expect(own).toMatchObject({ name: 'pickup-label', owner: 'own', text: 'Tape it over.' });
    expect(own).not.toHaveProperty('folder');
    expect(namesOf(await list(sue, { query: 'tape' }))).toEqual([]);
    const path = '/api/v1/agents/me/canned-responses/pickup-label';
    expect((await api.call('DELETE', path, { token: sue })).status).toBe(404);
    expect((await api.call('DELETE', path, { token: ann })).status).toBe(204);
    expect((await api.call('DELETE', path, { token: ann })).body.code).toBe('NOT_FOUND');
  });

  it('are bounded in number; one that is there can still be changed', async () => {
    const { userId } = { userId: (await api.deps.configuration.get()).user('ann')?.id ?? '' };
    const many = Array.from({ length: 500 }, (_, index) => ({
      _id: `${userId}:n${index}` as never,
      userId,
      name: `n${index}`,
      text: 'x',
    }));
    await api.db.collection('own-canned-responses').insertMany(many);
    expect((await put(ann, 'more', { text: 'x' })).body.code).toBe('TOO_MANY_CANNED_RESPONSES');
    expect((await put(ann, 'n7', { text: 'y' })).status).toBe(200);
  });

  it('go with their user', async () => {
    await api.apply([{ kind: 'user', username: 'bob', role: 'agent', skills: {}, password: 'correct horse battery' }]);
    await put(await api.logIn('bob'), 'mine', { text: 'x' });
    await api.call('DELETE', '/api/v1/users/bob', { token: ADMIN_TOKEN });
    expect(await api.db.collection('own-canned-responses').countDocuments()).toBe(0);
  });
});

describe('a message of an agent, begun with a canned response or not', () => {
  it('is refused while placeholders are left in it, naming them', async () => {
    const cannedResponse = { name: 'pickup-time', owner: 'shared' };
    const refused = await send('m-1', { text: 'On $(date) or {{day}}', cannedResponse });
    expect([refused.status, refused.body.code]).toEqual([422, 'PLACEHOLDERS_UNFILLED']);
    expect(refused.body.details[0].message).toContain('date, day');
    expect((await send('m-2', { text: 'On Monday', cannedResponse })).status).toBe(200);
  });

  it('takes quick replies and a place, which becomes a card that opens a map', async () => {
    const attachments = [{ type: 'location', title: 'Lindholmsallén 12', lat: 57.7066, long: 11.9384 }];
    const quickReplies = [{ title: 'Morning', payload: 'AM' }];
    expect((await send('m-9', { text: 'Here?', attachments, quickReplies })).status).toBe(200);
    const url = 'https://www.google.com/maps/search/?api=1&query=57.7066,11.9384';
    const elements = [{ title: 'Lindholmsallén 12', subtitle: '57.7066, 11.9384', url }];
    expect(api.actors.commands.at(-1)).toMatchObject({
      quickReplies,
      attachments: [{ type: 'template', template: { kind: 'generic', elements } }],
    });
    expect((await send('m-10', { text: 'x', quickReplies: [{ title: 'x'.repeat(21), payload: 'A' }] })).status).toBe(
      400,
    );
  });

  it('and one that was not may say what it likes', async () => {
    expect((await send('m-3', { text: 'Write $(date) into the form' })).status).toBe(200);
  });
});
