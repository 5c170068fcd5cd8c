import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN_TOKEN, PASSWORD, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
let sue: string;
let sam: string;
const SAM = { kind: 'user', username: 'sam', role: 'supervisor', skills: {}, password: PASSWORD };

beforeAll(async () => {
  api = await startApi();
  await api.apply([...smallConfiguration(), SAM]);
  [sue, sam] = [await api.logIn('sue'), await api.logIn('sam')];
});
afterAll(() => api.stop());
beforeEach(async () => {
  await api.db.collection('saved-searches').deleteMany({});
});

const put = (token: string, name: string, body: object) =>
  api.call('PUT', `/api/v1/saved-searches/${encodeURIComponent(name)}`, { token, body });
const remove = (token: string, name: string) =>
  api.call('DELETE', `/api/v1/saved-searches/${encodeURIComponent(name)}`, { token });
const listed = async (token: string) => (await api.call('GET', '/api/v1/saved-searches', { token })).body.items;

describe('a saved search', () => {
  it('is kept under its name, whole, and written anew under the same one', async () => {
    const refunds = { filter: { words: 'refund', service: 'support' }, period: 'week', isShared: false };
    expect((await put(sue, 'Refunds / week', refunds)).body).toMatchObject({
      ...refunds,
      name: 'Refunds / week',
      owner: { username: 'sue' },
      isOwn: true,
    });
    await put(sue, 'Refunds / week', { filter: { words: 'money back' }, isShared: false });
    expect(await listed(sue)).toMatchObject([{ name: 'Refunds / week', filter: { words: 'money back' } }]);
    expect((await listed(sue))[0]).not.toHaveProperty('period');
  });

  it('is seen by others only while it is shared, and changed by its owner alone', async () => {
    await put(sue, 'mine', { filter: { ended: 'abandoned' }, isShared: false });
    await put(sue, 'ours', { filter: { ended: 'abandoned' }, isShared: true });
    expect(await listed(sam)).toMatchObject([{ name: 'ours', isOwn: false, owner: { username: 'sue' } }]);
    expect((await remove(sam, 'ours')).status).toBe(404);
    // Under the same name Sam keeps one of his own.
    await put(sam, 'ours', { filter: {}, isShared: false });
    expect((await listed(sam)).map(({ isOwn }: { isOwn: boolean }) => isOwn).toSorted()).toEqual([false, true]);
    await put(sue, 'ours', { filter: { ended: 'abandoned' }, isShared: false });
    expect(await listed(sam)).toMatchObject([{ name: 'ours', isOwn: true }]);
    expect((await remove(sue, 'ours')).status).toBe(204);
    expect(await listed(sue)).toMatchObject([{ name: 'mine' }]);
  });

  it('is refused where it cannot be asked: two kinds of time, a filter that there is not, the hundred-and-first', async () => {
    const both = { filter: { from: '2026-11-01T00:00:00Z' }, period: 'week', isShared: false };
    expect((await put(sue, 'both', both)).body).toMatchObject({ code: 'REQUEST_INVALID' });
    const unknown = { filter: { colour: 'red' }, isShared: false };
    expect((await put(sue, 'unknown', unknown)).body).toMatchObject({ code: 'REQUEST_INVALID' });
    const many = Array.from({ length: 100 }, (_each, index) => `search ${index}`);
    for (const name of many) expect((await put(sue, name, { filter: {}, isShared: false })).status).toBe(200);
    expect((await put(sue, 'one more', { filter: {}, isShared: false })).body.code).toBe('TOO_MANY_SAVED_SEARCHES');
    expect((await put(sue, 'search 7', { filter: {}, isShared: true })).status).toBe(200);
  });

  it('goes with its owner: who has their name later finds none', async () => {
    await put(sam, 'ours', { filter: {}, isShared: true });
    expect((await api.call('DELETE', '/api/v1/users/sam', { token: ADMIN_TOKEN })).status).toBe(204);
    expect(await listed(sue)).toEqual([]);
    await api.apply([SAM]);
    sam = await api.logIn('sam');
    expect(await listed(sam)).toEqual([]);
  });
});
