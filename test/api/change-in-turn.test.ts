import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeInTurn } from '../../api/configuration/change-in-turn.ts';
import { ADMIN_TOKEN, PASSWORD, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
  await api.apply([...smallConfiguration(), { kind: 'user', username: 'eve', role: 'admin', password: PASSWORD }]);
});
afterEach(() => api.stop());

const demote = (username: string) => api.apply([{ kind: 'user', username, role: 'supervisor' }]);
const remove = (username: string) => api.call('DELETE', `/api/v1/users/${username}`, { token: ADMIN_TOKEN });
const change = (path: string, body: object) => api.call('PATCH', `/api/v1/${path}`, { token: ADMIN_TOKEN, body });
const takeTurn = async (by: string): Promise<void> => {
  const now = api.deps.now();
  const revision = await api.deps.store.getRevision();
  expect(await api.deps.store.takeTurn(revision, { by, now, until: now + 15_000 })).toBe(true);
};

describe('two changes of the configuration at once', () => {
  it.each([
    ['both taken their role', demote, demote],
    ['both deleted', remove, remove],
    ['one of each', demote, remove],
  ])('leave one of the last two who may manage users: %s', async (_how, one, other) => {
    const answers = await Promise.all([one('adam'), other('eve')]);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    const users = await api.deps.store.users.list();
    expect(users.filter(({ role }) => role === 'admin')).toHaveLength(1);
  });

  it('of different fields of one item are both kept', async () => {
    await Promise.all([change('users/ann', { slots: 7 }), change('users/ann', { name: 'Annabel' })]);
    const [ann] = (await api.deps.store.users.list()).filter(({ username }) => username === 'ann');
    expect(ann).toMatchObject({ slots: 7, name: 'Annabel' });
  });

  it('come one after the other', async () => {
    await takeTurn('another process');
    const revision = await api.deps.store.getRevision();
    const changing = demote('eve');
    await api.deps.store.users.put({ ...(await userOf('ann')), name: 'Annabel' });
    await api.deps.store.endTurn('another process');
    expect((await changing).body.revision).toBeGreaterThan(revision + 1);
    expect(await userOf('ann')).toMatchObject({ name: 'Annabel' });
  });
});

async function userOf(username: string) {
  const user = (await api.deps.store.users.list()).find((each) => each.username === username);
  if (!user) throw new Error(`There is no user ${username}`);
  return user;
}

describe('a process that dies in the middle of a change', () => {
  it('keeps nobody from theirs for longer than its turn', async () => {
    await takeTurn('a dead process');
    api.clock.aheadMs += 15_001;
    expect((await demote('eve')).status).toBe(200);
  });

  it('and turns out to be alive after all writes no more where others went on', async () => {
    const writing = changeInTurn(
      api.deps,
      async () => undefined,
      async (_plan, keepTurn) => {
        await keepTurn();
        api.clock.aheadMs += 15_001;
        await takeTurn('another process');
        await keepTurn();
      },
    );
    await expect(writing).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    // The turn of the other is theirs still.
    expect(await api.deps.store.isTurnTaken(api.deps.now())).toBe(true);
  });
});
