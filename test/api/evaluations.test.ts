import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReadModel, ensureReadModelIndexes, type ReadModel } from '../../adapters/mongo/read-model.ts';
import { createCustomerData } from '../../adapters/mongo/customer-data.ts';
import type { EvaluationView } from '../../contracts/evaluation-schema.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { aConversation } from './support/fake-conversations.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

// Sessions go by the clock of MongoDB as well.
const NOW = Date.now() - 3_600_000;
const HOUR = 3_600_000;
const PASSWORD = 'correct horse battery';
const GOOD = [
  { question: 'Greets by name', value: 'yes' },
  { question: 'Understands', value: 4 },
];
const form = (questions: object[] = []) => ({
  kind: 'evaluation-form',
  name: 'Chat quality',
  questions: [
    { area: 'Opening', question: 'Greets by name', type: 'yes-no', weight: 20, autoFail: true },
    { area: 'Solving', question: 'Understands', type: 'scale', weight: 80 },
    ...questions,
  ],
});

let at = NOW;
let api: TestApi;
let model: ReadModel;
let sue: string;
let ted: string;
let ann: string;
let bob: string;

beforeAll(async () => {
  api = await startApi(() => ({ now: () => at }));
  await ensureReadModelIndexes(api.db);
  const agent = { kind: 'user', role: 'agent', skills: { support: 50 }, password: PASSWORD } as const;
  const supervisor = { kind: 'user', role: 'supervisor', skills: {}, password: PASSWORD } as const;
  const applied = await api.apply([
    ...smallConfiguration(),
    { ...agent, username: 'bob', name: 'Bob' },
    { ...supervisor, username: 'ted', name: 'Ted' },
    { kind: 'team', name: 'north', members: ['bob'], supervisors: ['ted'] },
    form(),
  ]);
  expect(applied.status).toBe(200);
  model = createReadModel(api.db, () => at);
  // What was before there was an agent of the name is not theirs.
  at += HOUR;
  [sue, ted, ann, bob] = (await Promise.all(['sue', 'ted', 'ann', 'bob'].map((name) => api.logIn(name)))) as [
    string,
    string,
    string,
    string,
  ];
});
afterAll(() => api.stop());

async function keep(conversationId: string, changes: Partial<ConversationRecord> = {}): Promise<void> {
  const segments = [
    { number: 1, agent: 'ann', from: at - HOUR, to: at - HOUR / 2 },
    { number: 2, agent: 'bob', from: at - HOUR / 2, to: at },
  ];
  const ended = { startedAt: at - HOUR, state: 'ended' as const, endedAt: at, servedBy: ['ann', 'bob'], segments };
  const record = aConversation({ pageId: 'page-1', psid: 'ada', conversationId, ...ended, ...changes });
  api.conversations.records.push(record);
  await model.conversations.record(record);
}

const post = (path: string, token: string, body: object) => api.call('POST', `/api/v1/${path}`, { token, body });
const begin = (id: string, token: string, segment = 1) =>
  post(`conversations/${id}/evaluations`, token, { segment, form: 'Chat quality' });
const save = (id: string, token: string, body: object) => api.call('PUT', `/api/v1/evaluations/${id}`, { token, body });

/** One that its agent sees. */
async function finished(conversationId: string, segment = 1): Promise<{ id: string; revision: number }> {
  await keep(conversationId);
  const { id } = (await begin(conversationId, sue, segment)).body;
  await save(id, sue, { revision: 1, answers: GOOD, comment: 'Warm.', remarks: [{ messageId: 'm1', text: 'Short.' }] });
  const { status, body } = await post(`evaluations/${id}/finish`, sue, { revision: 2 });
  expect([status, body.score]).toEqual([200, 80]);
  return { id, revision: body.revision };
}

describe('grading', () => {
  it('is of one agent’s stretch, by the form as it was when the draft was begun', async () => {
    await keep('one');
    const first = await begin('one', sue);
    expect(first.body).toMatchObject({
      agent: { username: 'ann', name: 'Ann' },
      form: { name: 'Chat quality', version: 1 },
      state: 'draft',
      score: null,
      revision: 1,
    });
    await api.apply([form([{ area: 'Solving', question: 'Says what is next', type: 'yes-no' }])]);
    const second = await begin('one', sue, 2);
    expect(second.body.form).toMatchObject({ version: 2 });
    expect(second.body.form.questions).toHaveLength(3);
    await api.apply([form()]);
    await keep('again');
    expect((await begin('again', sue)).body.form.version).toBe(1);
    const { body } = await api.call('GET', '/api/v1/conversations/one/evaluations', { token: sue });
    expect(
      body.items.map(({ agent, form: { questions } }: EvaluationView) => [agent.username, questions.length]),
    ).toEqual([
      ['ann', 2],
      ['bob', 3],
    ]);
    expect(body.segments.map(({ number }: { number: number }) => number)).toEqual([1, 2]);
  });

  it('scores a draft as it is saved, and finishes it with every question answered only', async () => {
    await keep('two');
    const { id } = (await begin('two', sue)).body;
    const saved = await save(id, sue, { revision: 1, answers: [{ question: 'Understands', value: 3 }] });
    expect([saved.body.score, saved.body.revision]).toEqual([50, 2]);
    const refused = await post(`evaluations/${id}/finish`, sue, { revision: 2 });
    expect([refused.status, refused.body.details[0].path]).toEqual([400, 'answers.Greets by name']);
    const unknown = await save(id, sue, { revision: 2, answers: [{ question: 'Sings', value: 'yes' }] });
    expect([unknown.status, unknown.body.details[0].path]).toEqual([400, 'answers.0.question']);
    const failed = await save(id, sue, { revision: 2, answers: [{ ...GOOD[0], value: 'no' }, GOOD[1]] });
    expect(failed.body).toMatchObject({ score: 0, isFailed: true, revision: 3 });
  });

  it('tells the second of two graders that the first was there, and loses nothing of the first', async () => {
    await keep('three');
    const { id } = (await begin('three', sue)).body;
    expect((await begin('three', ADMIN_TOKEN)).body.code).toBe('EVALUATION_EXISTS');
    expect((await begin('three', sue)).body.id).toBe(id);
    const saves = await Promise.all(
      [sue, ADMIN_TOKEN].map((token, index) =>
        save(id, token, { revision: 1, answers: [{ question: 'Understands', value: index + 1 }] }),
      ),
    );
    expect(saves.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
    const won = saves.find(({ status }) => status === 200);
    const lost = saves.find(({ status }) => status === 409);
    expect(lost?.body).toMatchObject({ code: 'EVALUATION_CHANGED', details: [{ path: 'revision' }] });
    const { body } = await api.call('GET', `/api/v1/evaluations/${id}`, { token: sue });
    expect([body.answers, body.revision]).toEqual([won?.body.answers, 2]);
  });

  it('is for those who look after the agent, and nobody grades themselves', async () => {
    await keep('four');
    expect((await begin('four', ted, 1)).status).toBe(400);
    const own = await begin('four', ted, 2);
    expect(own.status).toBe(200);
    const { id } = (await begin('four', sue, 1)).body;
    expect((await save(id, ted, { revision: 1, answers: [] })).body.code).toBe('EVALUATION_NOT_FOUND');
    expect((await api.call('GET', `/api/v1/evaluations/${id}`, { token: ted })).status).toBe(404);
    const { body } = await api.call('GET', '/api/v1/evaluations?limit=200', { token: ted });
    expect(new Set(body.items.map(({ agent }: EvaluationView) => agent.username))).toEqual(new Set(['bob']));
    await keep('fives', { segments: [{ number: 1, agent: 'sue', from: at - HOUR, to: at }], servedBy: ['sue'] });
    expect((await begin('fives', sue)).status).toBe(400);
  });

  it('lets a draft be thrown away, and nothing that is finished', async () => {
    await keep('six');
    const { id } = (await begin('six', sue)).body;
    expect((await api.call('DELETE', `/api/v1/evaluations/${id}`, { token: sue })).status).toBe(204);
    expect((await api.call('GET', `/api/v1/evaluations/${id}`, { token: sue })).status).toBe(404);
    const kept = await finished('seven');
    const refused = await api.call('DELETE', `/api/v1/evaluations/${kept.id}`, { token: sue });
    expect(refused.body.code).toBe('EVALUATION_SETTLED');
  });
});

describe('the agent of a stretch', () => {
  it('sees their own finished evaluations, no drafts, and nobody else’s', async () => {
    const { id } = await finished('own');
    await keep('own-draft');
    const draft = (await begin('own-draft', sue)).body;
    const listed = await api.call('GET', '/api/v1/agents/me/evaluations', { token: ann });
    const ids = listed.body.items.map((each: { id: string }) => each.id);
    expect(ids).toContain(id);
    expect(ids).not.toContain(draft.id);
    expect((await api.call('GET', `/api/v1/evaluations/${draft.id}`, { token: ann })).status).toBe(404);
    expect((await api.call('GET', `/api/v1/evaluations/${id}`, { token: bob })).status).toBe(404);
    const shown = await api.call('GET', `/api/v1/evaluations/${id}`, { token: ann });
    expect(shown.body).toMatchObject({ score: 80, comment: 'Warm.', remarks: [{ messageId: 'm1', text: 'Short.' }] });
  });

  it('confirms once', async () => {
    const { id, revision } = await finished('confirmed');
    expect((await post(`evaluations/${id}/confirm`, bob, { revision })).status).toBe(404);
    const confirmed = await post(`evaluations/${id}/confirm`, ann, { revision });
    expect(confirmed.body.state).toBe('confirmed');
    const again = await post(`evaluations/${id}/dispute`, ann, { revision: revision + 1, text: 'No' });
    expect(again.body.code).toBe('EVALUATION_SETTLED');
  });

  it('disputes, and a reviewer lets the grade stand or gives other answers; the history keeps each score', async () => {
    const one = await finished('disputed');
    const dispute = await post(`evaluations/${one.id}/dispute`, ann, { revision: one.revision, text: 'I did greet.' });
    expect(dispute.body.state).toBe('disputed');
    const decided = await post(`evaluations/${one.id}/decision`, sue, {
      outcome: 'changed',
      revision: one.revision + 1,
      text: 'You are right.',
      answers: [GOOD[0], { question: 'Understands', value: 5 }],
    });
    expect(decided.body).toMatchObject({ state: 'decided', score: 100 });
    expect(
      decided.body.steps.map(({ did, by, score }: EvaluationView['steps'][number]) => [did, by.username, score]),
    ).toEqual([
      ['finished', 'sue', 80],
      ['disputed', 'ann', 80],
      ['changed', 'sue', 100],
    ]);
    const other = await finished('upheld');
    await post(`evaluations/${other.id}/dispute`, ann, { revision: other.revision, text: 'No.' });
    const upheld = await post(`evaluations/${other.id}/decision`, sue, {
      outcome: 'upheld',
      revision: other.revision + 1,
      text: 'It stands.',
    });
    expect(upheld.body).toMatchObject({ state: 'decided', score: 80 });
  });
});

const search = async (query: string): Promise<string[]> =>
  (await api.call('GET', `/api/v1/records?limit=200&${query}`, { token: ADMIN_TOKEN })).body.items.map(
    ({ id }: { id: string }) => id,
  );

describe('what evaluations are found by', () => {
  it('are records, by whether there is one and by its score', async () => {
    await finished('found');
    await keep('not-graded');
    await keep('nobodys', { servedBy: [], segments: [] });
    // Marks wait two seconds; the api makes them by its own clock.
    at = Date.now() + 3000;
    await model.records.indexer.work();
    expect(await search('evaluated=yes')).toContain('found');
    expect(await search('evaluated=no')).toEqual(expect.arrayContaining(['not-graded', 'own-draft']));
    expect(await search('evaluated=no')).not.toContain('nobodys');
    expect(await search('evaluationScore=80-89')).toContain('found');
    expect(await search('evaluationScore=81-89')).not.toContain('found');
    const refused = await api.call('GET', '/api/v1/records?evaluationScore=90-10', { token: ADMIN_TOKEN });
    expect(refused.body.details[0].path).toBe('querystring.evaluationScore');
  });

  it('are counted by the reports, and every change is in the audit', async () => {
    const range = `from=${new Date(at - 24 * HOUR).toISOString()}&to=${new Date(at + HOUR).toISOString()}&bucket=all`;
    const report = await api.call('GET', `/api/v1/reports/evaluations?${range}`, { token: ADMIN_TOKEN });
    const { items } = (await api.call('GET', '/api/v1/evaluations?limit=200', { token: ADMIN_TOKEN })).body;
    const published = items.filter(({ state }: EvaluationView) => state !== 'draft');
    expect(report.body.totals.graded).toBe(published.length);
    expect(report.body.totals.disputed).toBe(2);
    const behind = await api.call('GET', `/api/v1/reports/evaluations/conversations?${range}&figure=regraded`, {
      token: ADMIN_TOKEN,
    });
    expect(behind.body.items.map(({ id }: { id: string }) => id)).toEqual(['disputed']);
    const audit = await api.call('GET', '/api/v1/audit?limit=200', { token: ADMIN_TOKEN });
    const actions = audit.body.items.map(({ action }: { action: string }) => action);
    for (const did of ['begun', 'saved', 'finished', 'disputed', 'decided', 'confirmed', 'discarded'])
      expect(actions).toContain(`evaluation.${did}`);
  });
});

describe('an erasure', () => {
  it('takes the evaluations of the person’s conversations with them', async () => {
    const psid = 'to-be-erased';
    await keep('erased', { psid });
    const { id } = (await begin('erased', sue)).body;
    const { secrets, fileStore } = api.deps;
    const data = createCustomerData({ db: api.db, secrets, fileStore });
    const exported = await data.export({ pageId: 'page-1', psid });
    expect(exported?.['evaluations']).toHaveLength(1);
    expect((await data.erase({ pageId: 'page-1', psid }))['evaluations']).toBe(1);
    expect((await api.call('GET', `/api/v1/evaluations/${id}`, { token: ADMIN_TOKEN })).status).toBe(404);
  });
});
