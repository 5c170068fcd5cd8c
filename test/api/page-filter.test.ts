import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aConversation } from './support/fake-conversations.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
  api.conversations.records = [
    aConversation({ conversationId: 'here', pageId: 'page-1' }),
    aConversation({ conversationId: 'of-a-deleted-account', pageId: 'page-9' }),
  ];
});
afterAll(() => api.stop());

const get = (path: string) => api.call('GET', `/api/v1/${path}`, { token: ADMIN_TOKEN });
const listed = async (query: string): Promise<string[]> =>
  (await get(`conversations?${query}`)).body.items.map(({ id }: { id: string }) => id);

describe('a list of one Page', () => {
  it('takes the name of the account, the id of the Page, or both', async () => {
    expect(await listed('account=shop')).toEqual(['here']);
    expect(await listed('pageId=page-1')).toEqual(['here']);
    expect(await listed('account=shop&pageId=page-1')).toEqual(['here']);
  });

  it('takes a Page whose account was deleted', async () => {
    expect(await listed('pageId=page-9')).toEqual(['of-a-deleted-account']);
  });

  it('holds everything without a filter', async () => {
    expect((await listed('')).toSorted()).toEqual(['here', 'of-a-deleted-account']);
  });

  const refusals = [
    { what: 'an unknown name', query: 'account=shopp', path: 'account', remedy: 'GET /api/v1/accounts' },
    { what: 'a Page id as a name', query: 'account=page-1', path: 'account', remedy: 'give it as pageId' },
    { what: 'a name as a Page id', query: 'pageId=shop', path: 'pageId', remedy: 'Give it as account' },
    { what: "another's Page", query: 'account=shop&pageId=page-9', path: 'pageId', remedy: 'one of the two' },
  ];
  const lists = ['conversations?', 'alerts?', 'dead-letters?', 'ledger/parts?status=failed&'];
  const cases = lists.flatMap((list) => refusals.map((refusal) => ({ list, ...refusal })));

  it.each(cases)('$list refuses $what with the remedy', async ({ list, query, path, remedy }) => {
    const { status, body } = await get(`${list}${query}`);
    expect([status, body.code]).toEqual([400, 'REQUEST_INVALID']);
    expect(body.details).toMatchObject([{ path: `querystring.${path}`, remedy: expect.stringContaining(remedy) }]);
  });
});
