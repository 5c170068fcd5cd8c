import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureConversationIndexes } from '../../adapters/mongo/conversations-repository.ts';
import { createReadModel } from '../../adapters/mongo/read-model.ts';
import { AppError } from '../../contracts/app-error.ts';
import { changeLabels, MAX_LABELS } from '../../contracts/label.ts';
import { aConversation } from './support/fake-conversations.ts';
import { smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
let ann: string;
let sue: string;

beforeAll(async () => {
  api = await startApi();
  await api.apply([
    ...smallConfiguration(),
    { kind: 'label', name: 'damaged', colour: 'red' },
    { kind: 'label', name: 'returned' },
    { kind: 'label', name: 'old', hidden: true },
  ]);
  [ann, sue] = [await api.logIn('ann'), await api.logIn('sue')];
});
afterAll(() => api.stop());
beforeEach(() => {
  api.conversations.records = [aConversation({ state: 'ended', labels: ['old'] })];
  api.actors.answer = () => {
    throw new AppError('CONVERSATION_ENDED');
  };
});

let commands = 0;
const put = (body: object, token = ann) => {
  commands += 1;
  const clientId = `k-${commands}`;
  return api.call('POST', '/api/v1/conversations/c-1/labels', { token, body: { clientId, ...body } });
};

const list = async (label: string) =>
  (await api.call('GET', `/api/v1/conversations?label=${label}`, { token: sue })).body.items;

describe('labels', () => {
  it('are put on and taken off by the actor of a conversation while it runs', async () => {
    api.actors.answer = () => ({ labels: ['damaged'] });
    expect((await put({ add: ['damaged'] })).body).toEqual({ labels: ['damaged'] });
    expect(api.actors.commands.at(-1)).toMatchObject({ type: 'label', add: ['damaged'], remove: [] });
  });

  it('are put on one that has ended, and lists are filtered by them', async () => {
    expect((await put({ add: ['damaged'], remove: ['old'] })).body).toEqual({ labels: ['damaged'] });
    expect(await list('damaged')).toMatchObject([{ id: 'c-1', labels: ['damaged'] }]);
    expect(await list('returned')).toEqual([]);
  });

  it('that are not configured, or put on nothing any more, are refused with the one that is meant', async () => {
    const { body } = await put({ add: ['damagd', 'old'] });
    expect(body.details).toMatchObject([{ path: 'add.0', remedy: 'Did you mean "damaged"?' }, { path: 'add.1' }]);
    expect((await put({ remove: ['old'] })).body).toEqual({ labels: [] });
    expect((await put({})).status).toBe(400);
  });

  it('are not put on while the last record of an actor that has just ended is on its way', async () => {
    api.conversations.records = [aConversation()];
    expect((await put({ add: ['damaged'] })).body.code).toBe('SERVICE_UNAVAILABLE');
  });

  it('stay in the database under later looks, and are found by their index', async () => {
    await ensureConversationIndexes(api.db);
    const conversations = createReadModel(api.db, Date.now).conversations;
    await conversations.record(aConversation({ state: 'ended' }));
    expect(await conversations.changeLabels('c-1', { add: ['damaged'], remove: [] })).toEqual(['damaged']);
    const { items } = await conversations.listConversations({ label: 'damaged' }, { limit: 5 });
    expect(items.map(({ labels }) => labels)).toEqual([['damaged']]);
    await conversations.record(aConversation({ revision: 2 }));
    expect(await conversations.changeLabels('c-1', { add: ['returned'], remove: [] })).toBeUndefined();
  });

  it('that several put on an ended one at once are all there', async () => {
    const { conversations } = createReadModel(api.db, Date.now);
    await conversations.record(aConversation({ conversationId: 'c-crowd', state: 'ended' }));
    const names = Array.from({ length: 8 }, (_each, index) => `l-${index}`);
    await Promise.all(names.map((name) => conversations.changeLabels('c-crowd', { add: [name], remove: [] })));
    const record = await conversations.findConversation('c-crowd');
    expect(record?.labels?.toSorted()).toEqual(names);
  });

  it('are bounded in number', () => {
    const many = Array.from({ length: MAX_LABELS }, (_, index) => `l-${index}`);
    expect(changeLabels(many, { add: ['more'], remove: [] })).toEqual(many);
    expect(changeLabels(many, { add: ['more', 'l-3'], remove: ['l-0'] })).toEqual([...many.slice(1), 'more']);
  });
});
